"""The catalogue of awards as people read it: what may be given on a day, by whom, for how much, on which conditions. Pure.

One day stands for all four dates of a case. `compare.py` lays two days side by side.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.core.formatting import format_date
from emulation.legal.catalogue.value_lines import ValueLine, merge_values
from emulation.legal.engine.law import AwardType, DatedValue, Law, LegalQuestion, NoValue
from emulation.legal.engine.rules.money import PrizeMoney, has_prize_money, prize_money
from emulation.legal.engine.rules.requirements import Decider, award_decider
from emulation.legal.engine.value_text import SUBJECT_LABELS

SECTION_TITLES = {"decide": "Xã quyết định", "propose": "Xã đề nghị cấp trên", "none": "Không còn hoặc chưa có"}
GENUS_NAMES = {"title": "Danh hiệu thi đua", "form": "Hình thức khen thưởng", "praise": "Ngoài luật"}


@dataclass(frozen=True)
class PrizeSum:
    """The money for one kind of subject: `sure` where every ground that made a difference is confirmed."""

    subject: str
    price: PrizeMoney
    sure: bool

    @property
    def needs_review(self) -> bool:
        return self.price.needs_review


@dataclass(frozen=True)
class CatalogueEntry:
    """One award on a day, as the list shows it; `unsure` of its `count` values are not confirmed."""

    award: AwardType
    name: str
    subjects: tuple[str, ...]
    decider: Decider
    sums: tuple[PrizeSum, ...]
    count: int
    unsure: int

    @property
    def genus(self) -> str:
        return GENUS_NAMES[self.award.genus]

    @property
    def needs_review(self) -> bool:
        return self.decider.needs_review

    @property
    def pays(self) -> bool:
        return any(one.price.money.rounded for one in self.sums)


@dataclass(frozen=True)
class CatalogueSection:
    title: str
    entries: tuple[CatalogueEntry, ...]


@dataclass(frozen=True)
class AwardPart:
    """One heading of the page of an award."""

    title: str
    shown: list[ValueLine]


def first_catalogue_day(law: Law) -> date:
    """The first day on which every award has somebody who decides: before it the catalogue says nothing."""
    return max(law.codes[f"{code}.decider"].since for code in law.awards)


def catalogue_sections(law: Law, on: date) -> list[CatalogueSection]:
    """All awards of that day by what a commune can do with them. NoValue before `first_day`."""
    entries = [catalogue_entry(law, code, on) for code in law.awards]
    return [
        CatalogueSection(title, tuple(one for one in entries if one.decider.here == here))
        for here, title in SECTION_TITLES.items()
    ]


def catalogue_entry(law: Law, award: str, on: date) -> CatalogueEntry:
    """One award on that day. UnknownCode for a code that the catalogue does not list."""
    known, values = law.award(award), values_of_award(law, award, on)
    unsure = sum(not value.confirmed for value in values)
    subjects = tuple(SUBJECT_LABELS[one] for one in known.subjects)
    name, who = law.award_name(award, on), award_decider(law, award, on)
    paid = () if who.here == "none" else tuple(prize_sums(law, award, on))
    return CatalogueEntry(known, name, subjects, who, paid, len(values), unsure)


def prize_sums(law: Law, award: str, on: date) -> Iterator[PrizeSum]:
    """The money for each kind of subject; nothing for an award whose coefficient is not kept."""
    if not has_prize_money(law, award):
        return
    for subject in law.award(award).subjects:
        price = prize_money(law, award, subject, on)
        exact = price.money.raw == price.money.rounded
        used = [ground for ground in price.grounds if not (exact and ground.code == "award.rounding")]
        yield PrizeSum(SUBJECT_LABELS[subject], price, all(ground.confirmed for ground in used))


def values_of_award(law: Law, award: str, on: date) -> list[DatedValue]:
    """Every value about the award that holds that day."""
    return [
        value
        for code in law.codes.values()
        if code.award == award
        for subject, kind in code.combinations()
        if (value := law.find(code.code, on, subject, kind))
    ]


def award_parts(law: Law, award: str, on: date, said: str = "") -> list[AwardPart]:
    """What the law says of the award that day, under headings, with the general rules that it stands under.

    A note `said` above is not said again.
    """
    mine = values_of_award(law, award, on)
    found = []
    for title, (fits, general) in _PARTS.items():
        values = [value for value in mine if fits(law.codes[value.code])]
        if values:
            asked = _test_names_of(law, award, on)
            values += [
                value for code in general if (value := law.find(code, on)) and asked >= {_ONLY_WITH_TEST[code]} - {None}
            ]
            found.append(AwardPart(title, merge_values(law, values, on, said)))
    return found


def _is(*names: str) -> Callable[[LegalQuestion], bool]:
    return lambda code: code.code.partition(".")[2] in names and code.shape != "condition"


_PARTS: dict[str, tuple[Callable[[LegalQuestion], bool], tuple[str, ...]]] = {
    "Điều kiện": (lambda code: code.shape == "condition", ("record.excluded", "initiative.once")),
    "Thẩm quyền": (_is("decider", "name"), ()),
    "Hội đồng": (
        _is("vote", "quota"),
        ("council.quorum", "council.denominator", "council.absent", "award.preference"),
    ),
    "Hồ sơ": (_is("checklist", "report_form"), ("procedure.simplified",)),
    "Tiền thưởng": (_is("coefficient"), ("base_salary", "award.rounding", "award.several")),
    "Mẫu, bảo quản": (_is("form", "retention"), ()),
}
GENERAL_CODES = tuple(code for _, general in _PARTS.values() for code in general)
"""The general rules that pages of the catalogue show."""


# These two are said only where a condition of the award has such a test.
_ONLY_WITH_TEST = {**dict.fromkeys(GENERAL_CODES), "record.excluded": "chain", "initiative.once": "initiative"}


def _test_names_of(law: Law, award: str, on: date) -> set[str | None]:
    """The names of the tests in the award's conditions of that day."""
    subjects = law.award(award).subjects
    return {
        name
        for subject in subjects
        for value in law.conditions(award, subject, on)
        for name in _names(value.content["test"])
    }


def _names(test: dict[str, object]) -> Iterator[str]:
    yield str(test["name"])
    inner = test.get("of")
    for part in inner if isinstance(inner, list) else []:
        yield from _names(part)


def change_days(law: Law, award: str = "") -> list[date]:
    """The days on which a value of the catalogue (or of one award, with the general rules) began or ended, oldest first."""
    days: set[date] = set()
    for code in questions_about(law, award):
        for subject, kind in code.combinations():
            for value in law.history(code.code, subject, kind):
                days.add(value.start)
                if value.end:
                    days.add(value.end + timedelta(days=1))
    return sorted(day for day in days if day >= first_catalogue_day(law))


def questions_about(law: Law, award: str = "") -> list[LegalQuestion]:
    """The questions about one award and the general ones that it stands under; without an award those of all."""
    mine = [code for code in law.codes.values() if (code.award == award if award else code.award in law.awards)]
    general = {code for fits, names in _PARTS.values() if any(fits(one) for one in mine) for code in names}
    return mine + [law.codes[code] for code in GENERAL_CODES if code in general]


def unchanged_period(days: list[date], on: date) -> tuple[date, date | None]:
    """Since when nothing has changed by that day, and the last day on which it holds (None: no change is known).

    NoValue before the first of the days.
    """
    since = max((day for day in days if day <= on), default=None)
    if since is None:
        raise NoValue(f"Phần mềm chưa có danh mục cho ngày {format_date(on)}.")
    after = next((day for day in days if day > on), None)
    return since, after - timedelta(days=1) if after else None
