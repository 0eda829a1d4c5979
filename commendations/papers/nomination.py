"""Báo cáo thành tích and giấy đề nghị (a tờ trình for units with a letterhead). Restricted data is never printed."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Q

from commendations.models import JointProposal, Nomination
from commendations.papers.award_list import nominee_columns
from commendations.papers.minutes import hour_in_words
from commendations.queries import catalogue
from commendations.queries.nomination import past_awards_in_register
from commendations.rules.award_names import AwardName, with_place_names
from commendations.rules.past_awards import PastAwardLine, past_award_tables
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import date_in_words, lower_first, upper_first
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Heading,
    HeadingLevel,
    KeyValue,
    LegalBasisLine,
    Paragraph,
    Table,
    TableColumn,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import Letterhead, Signature, date_or_blank
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.engines import layout
from emulation.legal import current
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.requirements import award_decider
from villages.models import Person, Unit

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

        A deputy signs in the place of a head who is the nominee, with a blank name.
        """
        unit = self.unit
        title = unit.head_title.upper()
        rows = unit.appointments.filter(Q(ends_on=None) | Q(ends_on__gte=self.on), starts_on__lte=self.on)
        row = rows.select_related("person").order_by("-starts_on").first()
        if row is None:
            return Signature((*self.signed_for, title), "", SIGN_WITH_NAME)
        if ("person", row.person.kept_id) == self.nomination.nominee_identity:
            return Signature((*self.signed_for, f"KT. {title}", f"PHÓ {title}"), "", SIGN_WITH_NAME)
        return Signature((*self.signed_for, title), row.person.full_name, "")

    @property
    def signed_for(self) -> tuple[str, ...]:
        """The collective for which the head of an organisation signs: "TM. BAN THƯỜNG VỤ"; () of other units."""
        if self.unit.kind != Unit.ORGANISATION:
            return ()
        return current.organisation_signature_lines(self.nomination.commune_id, self.unit_name, self.on)


# ── báo cáo thành tích ───────────────────────────────────────────────────────────────────────────
def achievement_report(nomination: Nomination, on: date) -> Paper:
    """Báo cáo thành tích of a person, a household or a collective; a summary for khen thưởng đột xuất."""
    case = NominationPaperData(nomination, on)
    kind = nomination.nominee_kind
    describe_nominee = {"person": _person, "household": _household, "collective": _collective}[kind]
    plain_letterhead = Letterhead(place=case.identity.place_name, year=on.year)
    summary = "TÓM TẮT " if nomination.kind == "DX" else ""
    return Paper(
        kind="bao_cao_thanh_tich",
        letterhead=case.letterhead() if _reports_itself(nomination) else plain_letterhead,
        doc_type=f"BÁO CÁO {summary}THÀNH TÍCH",
        subject=f"Đề nghị tặng {case.requested}",
        body=(*describe_nominee(case), *_deeds(nomination), *_past(nomination, on)),
        signatures=_report_signatures(case, kind),
        note=case.form_number,
        one_page=True,
    )


def _reports_itself(nomination: Nomination) -> bool:
    """Whether the nominee is the proposing unit, whose head signs alone."""
    return nomination.collective_id == nomination.unit_id


def _person(case: NominationPaperData) -> tuple[Block, ...]:
    person = case.nomination.person
    assert person is not None
    return (
        Heading(HeadingLevel.roman, 1, "SƠ LƯỢC LÝ LỊCH"),
        KeyValue("Họ và tên", person.full_name.upper()),
        *_sex_and_birth_year(person),
        KeyValue("Nơi thường trú", case.place_line if person.unit.kind == Unit.VILLAGE else ""),
        KeyValue("Đơn vị công tác, sinh hoạt", person.unit_on(case.on).name_on(case.on)),
        KeyValue("Chức vụ, nghề nghiệp", person.post_on(case.on)),
        KeyValue("Trình độ chuyên môn"),
    )


def _sex_and_birth_year(person: Person) -> tuple[KeyValue, ...]:
    """One line; two if one of them is filled in by hand."""
    if person.sex and person.birth_year:
        return (KeyValue("Giới tính", f"{person.get_sex_display()}; năm sinh: {person.birth_year}"),)
    return KeyValue("Giới tính", person.get_sex_display()), KeyValue("Năm sinh", str(person.birth_year or ""))


def _household(case: NominationPaperData) -> tuple[Block, ...]:
    household = case.nomination.household
    assert household is not None
    members = household.members.filter(is_active=True).count()
    return (
        Heading(HeadingLevel.roman, 1, "SƠ LƯỢC VỀ HỘ GIA ĐÌNH"),
        KeyValue("Họ và tên chủ hộ", household.head_name.upper()),
        KeyValue("Địa chỉ", ", ".join(part for part in (household.address, case.place_line) if part)),
        KeyValue("Số thành viên trong hộ", str(members or "")),
        KeyValue("Nghề nghiệp, nguồn thu nhập chính"),
    )


def _collective(case: NominationPaperData) -> tuple[Block, ...]:
    return (
        Heading(HeadingLevel.roman, 1, "ĐẶC ĐIỂM, TÌNH HÌNH"),
        KeyValue("Tên tập thể", case.nominee_name),
        KeyValue("Địa chỉ", upper_first(case.place_line)),
        KeyValue("Đặc điểm, tình hình chung"),
    )


DUTIES_HEADINGS = {
    "person": "Quyền hạn, nhiệm vụ được giao",
    "household": "Công việc, trách nhiệm của gia đình",
    "collective": "Chức năng, nhiệm vụ được giao",
}


def _deeds(nomination: Nomination) -> tuple[Block, ...]:
    body: list[Block] = [Heading(HeadingLevel.roman, 2, "THÀNH TÍCH ĐẠT ĐƯỢC")]
    number = 1
    if nomination.duties:
        heading = DUTIES_HEADINGS[nomination.nominee_kind]
        body += [Heading(HeadingLevel.number, number, heading), *typed_paragraphs(nomination.duties)]
        number += 1
    field = nomination.field_name
    in_field = f" trong lĩnh vực {field[:1].lower()}{field[1:]}" if field else ""
    body.append(Heading(HeadingLevel.number, number, f"Thành tích đạt được{in_field}"))
    start = nomination.period_from
    end = nomination.period_to
    if start and end:
        at = f"{hour_in_words(nomination.deed_time)}, " if nomination.deed_time else ""
        days = f"{at}{date_in_words(end)}" if start == end else f"từ {date_in_words(start)} đến {date_in_words(end)}"
        body.append(Paragraph(f"Thời gian lập thành tích: {days}."))
    body += typed_paragraphs(nomination.deed)
    return tuple(body)


def _past(nomination: Nomination, on: date) -> tuple[Block, ...]:
    titles, forms = past_award_tables(nomination.past_awards, past_awards_in_register(nomination, before=on))
    return (
        Heading(HeadingLevel.roman, 3, "CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"),
        *_awards_table(1, "Danh hiệu thi đua", titles),
        *_awards_table(2, "Hình thức khen thưởng", forms),
    )


def _awards_table(number: int, title: str, rows: list[PastAwardLine]) -> tuple[Block, ...]:
    """The awards under their heading; one line without any. The column promises the issuing body if every row names it."""
    if not rows:
        return (Paragraph("chưa có.", lead=f"{number}. {title}:"),)
    issuers = "; cơ quan ban hành" if all(row.names_issuer for row in rows) else ""
    columns = (
        TableColumn("Năm", 12),
        TableColumn(title, 38),
        TableColumn(f"Số, ngày, tháng, năm của quyết định{issuers}", 50),
    )
    return (
        Heading(HeadingLevel.number, number, title),
        Table(columns, tuple(row.row for row in rows), numbered=False),
    )


def _report_signatures(case: NominationPaperData, kind: str) -> tuple[Signature, ...]:
    head = case.head()
    nomination = case.nomination
    if _reports_itself(nomination):
        return (head,)
    confirms = Signature((*_confirmed_by(case.unit_lines), *head.capacity), head.name, head.note)
    if kind == "household":
        return confirms, Signature(("ĐẠI DIỆN HỘ GIA ĐÌNH",), nomination.household.head_name)
    if kind == "collective":
        return confirms, Signature(("ĐẠI DIỆN TẬP THỂ",), "", SIGN_WITH_NAME)
    return confirms, Signature(("NGƯỜI BÁO CÁO",), nomination.person.full_name)


def _confirmed_by(unit_lines: list[str]) -> list[str]:
    """ "XÁC NHẬN CỦA TRẠM Y TẾ", "XÃ BÌNH LƯƠNG"; a long name of the unit is on a line of its own."""
    unit, *place = unit_lines
    line = f"XÁC NHẬN CỦA {unit}"
    fits = layout.longest_line_width((line,), layout.BODY_PT, bold=True) < layout.TEXT_WIDTH / 2
    return [line, *place] if fits else ["XÁC NHẬN CỦA", unit, *place]


# ── giấy đề nghị, tờ trình ───────────────────────────────────────────────────────────────────────
def commendation_request(nomination: Nomination, on: date) -> Paper:
    """Giấy đề nghị of a village, signed by its head; a tờ trình of schools, the health station and organisations.

    It names the units that have joined the proposal.
    """
    return _request(NominationPaperData(nomination, on))


def joint_request(joint: JointProposal, on: date) -> Paper:
    """The same paper of a unit that proposes the nominee together with the first one, with its own words about the deed."""
    return _request(NominationPaperData(joint.nomination, on, joint))


def _request(case: NominationPaperData) -> Paper:
    nomination = case.nomination
    on = case.on
    plain = case.unit.kind in UNITS_WITHOUT_LETTERHEAD
    return Paper(
        kind="giay_de_nghi",
        letterhead=replace(case.letterhead(), hand_number="" if plain else "TTr"),
        doc_type="GIẤY ĐỀ NGHỊ" if plain else "TỜ TRÌNH",
        subject=f"Tặng {case.requested}" if plain else f"Về việc đề nghị tặng {case.requested}",
        addressees=(case.chair,),
        body=(
            *(
                LegalBasisLine(line)
                for line in current.legal_basis_lines_for(nomination.commune_id, "giay_de_nghi", on)
            ),
            *_meeting_basis(case, on),
            Paragraph(_sentence(case)),
            _proposed(case),
            Paragraph(
                with_end_mark(
                    f"{case.unit_name} chịu trách nhiệm về tính chính xác của thành tích nêu trên{case.enclosed}; "
                    f"kính {'đề nghị' if plain else 'trình'} {case.chair} xem xét, "
                    f"{f'trình {case.superior} quyết định' if case.superior else 'quyết định'}"
                )
            ),
        ),
        signatures=(case.head(),),
        recipients=() if plain else ("Như trên", "Lưu: VT"),
        one_page=True,
    )


def _meeting_basis(case: NominationPaperData, on: date) -> tuple[LegalBasisLine, ...]:
    """The basis line about the unit's meeting; the simplified procedure needs none, so an unknown day is left out there."""
    nomination = case.nomination
    if nomination.kind == "DX" and nomination.met_on is None:
        return ()
    met_on = None if case.joint else nomination.met_on
    return (LegalBasisLine(unit_meeting_basis(case.unit_name, met_on, on)),)


def unit_meeting_basis(unit_name: str, met_on: date | None, on: date) -> str:
    """The basis line about the meeting at which the unit chose its nominees; its day is left blank if it is not known."""
    return f"Căn cứ Biên bản họp bình xét {date_or_blank(met_on, on.year)} của {unit_name}"


def _sentence(case: NominationPaperData) -> str:
    nomination = case.nomination
    kind = "" if case.award.title else f" ({dict(Nomination.KINDS)[nomination.kind].lower()})"
    request = f"xét, trình {case.superior} tặng" if case.superior else "tặng"
    name = case.requested if case.award.title else case.award.short
    return (
        f"{case.proposers} đề nghị {case.chair} {request} {name}{kind} cho 01 {NOMINEE_KIND_WORDS[nomination.nominee_kind]} "
        f"có tên sau đây, {lower_first(nomination.achievement_in_full)}:"
    )


def _proposed(case: NominationPaperData) -> Table:
    nomination = case.nomination
    detail = upper_first(case.place_line)
    if nomination.person:
        post = nomination.person.post_on(case.on)
        detail = ", ".join(part for part in (post, nomination.person.unit_on(case.on).name_on(case.on)) if part)
    columns = (
        *nominee_columns([nomination.nominee_kind], 24, 22),
        TableColumn("Tóm tắt thành tích", 54),
    )
    return Table(
        columns, ((case.nominee_name, detail, brief_deed(case.joint.deed if case.joint else nomination.deed)),)
    )


def brief_deed(text: str, max_length: int = 250) -> str:
    """The deed in one paragraph, cut at a sentence if it is long: the report has the full text."""
    line = " ".join(text.split())
    if len(line) <= max_length:
        return line
    cut = line[:max_length]
    end = max(cut.rfind(mark) for mark in (". ", "; "))
    return cut[:end].rstrip(" ;.") + "." if end > max_length // 2 else cut.rsplit(" ", 1)[0] + "…"
