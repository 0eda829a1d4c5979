"""What the papers of a nomination have in common: names, letterhead and signature of the unit on their day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from commendations.models import JointProposal, Nomination
from commendations.queries import catalogue
from commendations.rules.award_names import AwardName, with_place_names
from emulation.communes.models import CommuneIdentity
from emulation.documents.blocks.letterhead import Letterhead, Signature
from emulation.legal import current
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.requirements import award_decider
from villages.models import Unit

UNITS_WITHOUT_LETTERHEAD = (Unit.VILLAGE, Unit.OFFICE)
"""Kinds of units without a letterhead: a village has no seal, the office is part of the committee."""
UNDER_THE_COMMITTEE = (Unit.SCHOOL, Unit.STATION)
"""Kinds of units that belong to the committee of the commune where there is no district (from 01/7/2025)."""
NOMINEE_KIND_WORDS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}
SIGN_WITH_NAME = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True)
class NominationPaperData:
    """Data of both papers on the day they are made; cached because many blocks use the same names."""

    nomination: Nomination
    on: date
    joint: JointProposal | None = None  # for the paper of a unit that joins the case

    @property
    def unit(self) -> Unit:
        """The unit whose paper it is."""
        return self.joint.unit if self.joint else self.nomination.unit

    @property
    def enclosed(self) -> str:
        """What is enclosed with the request: the first unit writes the report."""
        return "" if self.joint else " (có báo cáo thành tích kèm theo)"

    @cached_property
    def law(self) -> Law:
        return current.law_for(self.nomination.commune_id)

    @cached_property
    def identity(self) -> CommuneIdentity:
        return self.nomination.commune.identity_on(self.on)

    @cached_property
    def unit_name(self) -> str:
        return self.unit.name_on(self.on)

    @cached_property
    def proposers(self) -> str:
        """The unit and those that propose the nominee together with it: "Thôn 1 và Hội Phụ nữ"."""
        joined = (row.unit for row in self.nomination.joint_proposals.all() if row.is_joined)
        names = [unit.name_on(self.on) for unit in (self.nomination.unit, *joined) if unit != self.unit]
        return " và ".join([", ".join([self.unit_name, *names[:-1]]), names[-1]]) if names else self.unit_name

    @cached_property
    def nominee_name(self) -> str:
        """The nominee; of a collective the name of that day."""
        collective = self.nomination.collective
        return collective.name_on(self.on) if collective else self.nomination.nominee_name

    @property
    def chair(self) -> str:
        return f"Chủ tịch Ủy ban nhân dân {self.identity.name}"

    @cached_property
    def award(self) -> AwardName:
        """The requested award, with the commune, district or province that grants it."""
        return catalogue.award_name_on(self.law, self.nomination.award_code, self.on, self.identity)

    @property
    def requested(self) -> str:
        """ "danh hiệu “Lao động tiên tiến” năm 2026"; "Giấy khen của Chủ tịch Ủy ban nhân dân xã Bình Lương"."""
        return self.award.quoted(self.nomination.award_year)

    @cached_property
    def superior(self) -> str:
        """The higher authority that decides, if the commune only forwards the proposal: "Chủ tịch … tỉnh Thanh Hóa"."""
        decider = award_decider(self.law, self.nomination.award_code, self.on)
        if decider.here != catalogue.DECIDED_ABOVE:
            return ""
        return with_place_names(decider.label, **catalogue.commune_place_names(self.identity))

    @cached_property
    def form_number(self) -> str:
        """The number of the prescribed form of the report, "" where the statutes have none that is confirmed."""
        case = self.nomination
        value = self.law.find(f"{case.award_code}.report_form", self.on, case.nominee_kind, case.kind)
        return str(value.content) if value and value.confirmed else ""

    @cached_property
    def place_line(self) -> str:
        """Thôn 1, xã Bình Lương, huyện Như Xuân, tỉnh Thanh Hóa; without the unit if it is not a village."""
        identity = self.identity
        resident = self.nomination.person or self.nomination.household
        home = resident.unit_on(self.on) if resident else self.unit
        unit = home.name_on(self.on) if home.kind == Unit.VILLAGE else ""
        return ", ".join(part for part in (unit, identity.name, identity.district, identity.province) if part)

    def letterhead(self) -> Letterhead:
        """The unit's own letterhead, below the committee that it belongs to; only the Quốc hiệu for units without one."""
        place = self.identity.place_name
        kind = self.unit.kind
        if kind in UNITS_WITHOUT_LETTERHEAD:
            return Letterhead(place=place, year=self.on.year)
        belongs = kind in UNDER_THE_COMMITTEE and not self.identity.district
        parent = self.identity.issuer if belongs else ""
        return Letterhead(issuer="\n".join(self.unit_lines), parent=parent, place=place, year=self.on.year)

    @property
    def unit_lines(self) -> list[str]:
        """The unit in capitals, with the place on a line of its own: "TRẠM Y TẾ", "XÃ BÌNH LƯƠNG"; "THÔN 1"."""
        place = self.identity.place_name.upper()
        unit = self.unit_name.upper()
        beginning = f" XÃ {place}" if f" XÃ {place}" in unit else f" {place}"
        return unit.replace(beginning, f"\n{beginning.strip()}").split("\n")

    def head(self) -> Signature:
        """Signature of the unit's head on that day; the name is left blank if there is none.

        An acting head signs as "Q." (NĐ 30/2020/NĐ-CP), a deputy with a blank name in the place of a head who is the nominee.
        """
        unit = self.unit
        title = unit.head_title.upper()
        rows = unit.appointments.filter(Q(ends_on=None) | Q(ends_on__gte=self.on), starts_on__lte=self.on)
        row = rows.select_related("person").order_by("-starts_on").first()
        if row is None:
            return Signature((*self.signed_for, title), "", SIGN_WITH_NAME)
        if ("person", row.person.kept_id) == self.nomination.nominee_identity:
            return Signature((*self.signed_for, f"KT. {title}", f"PHÓ {title}"), "", SIGN_WITH_NAME)
        acting_title = f"Q. {title}" if row.acting else title
        return Signature((*self.signed_for, acting_title), row.person.full_name, "")

    @property
    def signed_for(self) -> tuple[str, ...]:
        """The collective for which the head of an organisation signs: "TM. BAN THƯỜNG VỤ"; () of other units."""
        if self.unit.kind != Unit.ORGANISATION:
            return ()
        return current.organisation_signature_lines(self.nomination.commune_id, self.unit_name, self.on)
