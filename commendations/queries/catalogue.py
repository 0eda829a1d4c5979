"""The catalogue of awards as this room asks it: what it is called, what can be had here on a day, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commendations.rules.award_names import AwardName
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import format_date
from emulation.legal import current as law_on
from emulation.legal.engine.law import AwardType, Law
from emulation.legal.engine.rules.requirements import Decider, award_decider
from villages.models import Unit

DECIDED_BY_COMMUNE, DECIDED_ABOVE = "decide", "propose"
SUBJECT_WORDS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}


@dataclass(frozen=True)
class AwardOffer:
    """An award that a nominee can be put forward for: who decides, and the article that says so."""

    award: AwardName
    decider: Decider
    kinds: tuple[str, ...]
    yearly: bool

    @property
    def group(self) -> str:
        """Under which heading the list has it."""
        if self.decider.here == DECIDED_BY_COMMUNE:
            return "Xã quyết định"
        return f"Đề nghị cấp trên: {self.decider.label}"


def award_name_on(law: Law, code: str, on: date, identity: CommuneIdentity | None = None) -> AwardName:
    """What the award is called on that day; with `identity` also of which commune, district, province."""
    award = AwardName(code, law.award_name(code, on), law.award(code).genus == "title")
    if identity is None:
        return award
    return award.with_places(**commune_place_names(identity))


def commune_place_names(identity: CommuneIdentity) -> dict[str, str]:
    """What the commune, its district and its province are called, for names that only hint at them."""
    return {"name": identity.name, "district": identity.district, "province": identity.province}


def award_names_on(commune_id: int, on: date) -> dict[str, AwardName]:
    """Every award of the catalogue by its code, for pages that list several."""
    law = law_on.law_for(commune_id)
    return {code: award_name_on(law, code, on) for code in law.awards}


def sort_award_codes(law: Law, codes: Iterable[str], on: date) -> list[str]:
    """The codes, each once: what is decided here first, forms before titles, as the catalogue lists them."""
    listed = list(law.awards)

    def place(code: str) -> tuple[bool, bool, int]:
        here = award_decider(law, code, on).here == DECIDED_BY_COMMUNE
        return not here, law.award(code).genus != "form", listed.index(code)

    return sorted(set(codes), key=place)


def commendation_kinds(law: Law, code: str) -> tuple[str, ...]:
    """Loại hình khen thưởng for which the law knows a file of this award: CT for titles; CT, DX, PT for giấy khen."""
    asked = law.codes.get(f"{code}.checklist")
    return asked.kinds if asked else ()


def award_offers(commune_id: int, subject: str, unit: Unit, on: date) -> list[AwardOffer]:
    """What such a nominee of that unit can be put forward for on that day: first what the commune decides itself, then
    what those above decide, the nearest first; a form before the titles."""
    law = law_on.law_for(commune_id)
    found = [
        AwardOffer(
            award_name_on(law, award.code, on),
            award_decider(law, award.code, on),
            commendation_kinds(law, award.code),
            award.yearly,
        )
        for award in law.awards.values()
        if _reason_not_offered(law, award, subject, unit, on) is None
    ]

    def place(offer: AwardOffer) -> tuple[int, bool]:
        nearest = list(law.codes[f"{offer.award.code}.decider"].choices).index(offer.decider.code)
        return nearest, offer.award.title

    return sorted(found, key=place)


def reason_not_offered(commune_id: int, code: str, subject: str, unit: Unit, on: date) -> str | None:
    """Why this nominee cannot be put forward for the award on that day, with the article; None when he can."""
    law = law_on.law_for(commune_id)
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
        whom = ", ".join(SUBJECT_WORDS[one] for one in award.subjects)
        return f"{name} chỉ để tặng {whom}, không tặng {SUBJECT_WORDS[subject]} ({decider.citation})."
    if award.collective_is == "village" and subject == "collective" and unit.kind != Unit.VILLAGE:
        return f"{name} chỉ để tặng thôn ({decider.citation})."
    if award.collective_is == "commune":
        return f"{name} để tặng cả xã, không đề nghị từ một đơn vị của xã ({decider.citation})."
    return None
