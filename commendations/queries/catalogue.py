"""The award catalogue for nominations: names, which awards a nominee can be nominated for on a day, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commendations.rules.award_names import AwardName
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import format_date
from emulation.legal import current
from emulation.legal.engine.law import AwardType, Law
from emulation.legal.engine.rules.requirements import Decider, award_decider
from villages.models import Unit

# Values of `Decider.here`.
DECIDED_BY_COMMUNE = "decide"
DECIDED_ABOVE = "propose"
SUBJECT_WORDS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}


@dataclass(frozen=True)
class AwardOffer:
    """An award that a nominee can be nominated for: who decides and by which article."""

    award: AwardName
    decider: Decider
    kinds: tuple[str, ...]
    yearly: bool

    @property
    def label(self) -> str:
        return self.award.name

    @property
    def confirmed(self) -> bool:
        return self.decider.confirmed

    @property
    def group(self) -> str:
        """The heading of the list under which it is shown."""
        if self.decider.here == DECIDED_BY_COMMUNE:
            return "Xã quyết định"
        return f"Đề nghị cấp trên: {self.decider.label}"


def award_name_on(law: Law, code: str, on: date, identity: CommuneIdentity | None = None) -> AwardName:
    """The name of the award on that day; with `identity` including the commune, district or province."""
    award = AwardName(code, law.award_name(code, on), law.award(code).genus == "title")
    if identity is None:
        return award
    return award.with_places(**commune_place_names(identity))


def commune_place_names(identity: CommuneIdentity) -> dict[str, str]:
    """The names of the commune, its district and its province, as arguments of `with_place_names`."""
    return {"name": identity.name, "district": identity.district, "province": identity.province}


def award_names_on(commune_id: int, on: date) -> dict[str, AwardName]:
    """The names of all awards of the catalogue, by code."""
    law = current.law_for(commune_id)
    return {code: award_name_on(law, code, on) for code in law.awards}


def sort_award_codes(law: Law, codes: Iterable[str], on: date) -> list[str]:
    """Unique codes: those decided by the commune first, forms before titles, then in catalogue order."""
    listed = list(law.awards)

    def sort_key(code: str) -> tuple[bool, bool, int]:
        decided_above = award_decider(law, code, on).here != DECIDED_BY_COMMUNE
        return decided_above, law.award(code).genus != "form", listed.index(code)

    return sorted(set(codes), key=sort_key)


def commendation_kinds(law: Law, code: str) -> tuple[str, ...]:
    """Loại hình khen thưởng for which the law has a checklist of this award: CT for titles; CT, DX, PT for giấy khen."""
    checklist = law.codes.get(f"{code}.checklist")
    return checklist.kinds if checklist else ()


def award_offers(commune_id: int, subject: str, unit: Unit, on: date, *, is_pupil: bool = False) -> list[AwardOffer]:
    """The awards that such a nominee of the unit can be nominated for on that day; `unit` is the collective itself if it is one.

    `is_pupil`: without the titles of those who work, and those that need such a title before.
    First those that the commune decides, then those of higher authorities, the nearest first; forms before titles.
    """
    law = current.law_for(commune_id)
    offers = [
        AwardOffer(
            award_name_on(law, award.code, on),
            award_decider(law, award.code, on),
            commendation_kinds(law, award.code),
            award.yearly,
        )
        for award in law.awards.values()
        if _reason_not_offered(law, award, subject, unit, on) is None
        and not (is_pupil and _is_for_workers(law, award.code, subject, on))
    ]

    def sort_key(offer: AwardOffer) -> tuple[int, bool]:
        distance = list(law.codes[f"{offer.award.code}.decider"].choices).index(offer.decider.code)
        return distance, offer.award.title

    return sorted(offers, key=sort_key)


def _is_for_workers(law: Law, code: str, subject: str, on: date) -> bool:
    """Whether the award is only for those who work, or builds on awards that are."""
    tests = [condition.content["test"] for condition in law.conditions(code, subject, on)]
    needed = [test["awards"] for test in tests if test["name"] == "chain"]
    return any(test["name"] == "not_a_pupil" for test in tests) or any(
        all(_is_for_workers(law, lower, subject, on) for lower in awards) for awards in needed
    )


def reason_not_offered(commune_id: int, code: str, subject: str, unit: Unit, on: date) -> str | None:
    """Why the nominee cannot be nominated for the award on that day, with the article; None when they can."""
    law = current.law_for(commune_id)
    if code not in law.awards:
        return "Không có danh hiệu, hình thức khen thưởng này."
    return _reason_not_offered(law, law.awards[code], subject, unit, on)


def _reason_not_offered(law: Law, award: AwardType, subject: str, unit: Unit, on: date) -> str | None:
    name = award_name_on(law, award.code, on).in_full()
    name = name[:1].upper() + name[1:]
    if award.genus == "praise" or not commendation_kinds(law, award.code):
        return f"{name} không phải danh hiệu, hình thức khen thưởng phải đề nghị xét."
    decider = award_decider(law, award.code, on)
    if decider.here == "none":
        return f"{name}: ngày {format_date(on)} không có ai có thẩm quyền tặng ({decider.citation})."
    if award.level == "army":
        return f"{name} chỉ để tặng quân nhân, công an, dân quân ({decider.citation})."
    if subject not in award.subjects:
        allowed = ", ".join(SUBJECT_WORDS[kind] for kind in award.subjects)
        return f"{name} chỉ để tặng {allowed}, không tặng {SUBJECT_WORDS[subject]} ({decider.citation})."
    if award.collective_is == "village" and subject == "collective" and unit.kind != Unit.VILLAGE:
        return f"{name} chỉ để tặng thôn ({decider.citation})."
    if award.collective_is == "commune":
        return f"{name} để tặng cả xã, không đề nghị từ một đơn vị của xã ({decider.citation})."
    return None
