"""The catalogue of awards on a day: who decides, prize money, conditions. Pure.

The same day is used for all four dates of a case. `comparison.py` compares two days.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from emulation.core.formatting import format_date
from emulation.legal.catalogue.value_lines import ValueLine, merge_values, question_text
from emulation.legal.engine.law import AwardType, DatedValue, Law, LegalQuestion, NoValue
from emulation.legal.engine.rules.money import PrizeMoney, has_prize_money, prize_money
from emulation.legal.engine.rules.requirements import Decider, award_decider
from emulation.legal.engine.value_text import SUBJECT_LABELS

SECTION_TITLES = {"decide": "Xã quyết định", "propose": "Xã đề nghị cấp trên", "none": "Không còn hoặc chưa có"}
GENUS_NAMES = {"title": "Danh hiệu thi đua", "form": "Hình thức khen thưởng", "praise": "Ngoài luật"}


@dataclass(frozen=True)
class PrizeSum:
    """The prize money for one kind of subject; `sure` when every legal value that affects the sum is confirmed."""

    subject: str
    price: PrizeMoney
    sure: bool

    @property
    def needs_review(self) -> bool:
        return self.price.needs_review


@dataclass(frozen=True)
class CatalogueEntry:
    """One award on a day, for the list; `conditions` are the names of what it takes."""

    award: AwardType
    name: str
    subjects: tuple[str, ...]
    decider: Decider
    sums: tuple[PrizeSum, ...]
    conditions: tuple[str, ...]

    @property
    def genus(self) -> str:
        return GENUS_NAMES[self.award.genus]

    @property
    def confirmed(self) -> bool:
        """Whether the authority to decide and every sum are confirmed."""
        return self.decider.confirmed and all(one.sure for one in self.sums)

    @property
    def pays(self) -> bool:
        return any(one.price.money.rounded for one in self.sums)


@dataclass(frozen=True)
class CatalogueSection:
    title: str
    entries: tuple[CatalogueEntry, ...]


@dataclass(frozen=True)
class AwardPart:
    """One section of the page of an award."""

    title: str
    shown: list[ValueLine]


def first_catalogue_day(law: Law) -> date:
    """The first day of the catalogue: the first on which every award has a decider."""
    return max(law.codes[f"{code}.decider"].since for code in law.awards)


def catalogue_sections(law: Law, on: date) -> list[CatalogueSection]:
    """All awards on that day by what a commune can do with them. NoValue before `first_catalogue_day`."""
    entries = [catalogue_entry(law, code, on) for code in law.awards]
    return [
        CatalogueSection(title, tuple(one for one in entries if one.decider.here == here))
        for here, title in SECTION_TITLES.items()
    ]


def catalogue_entry(law: Law, award: str, on: date) -> CatalogueEntry:
    """One award on that day. UnknownCode when the catalogue does not list the code."""
    award_type = law.award(award)
    conditions = (value for value in values_of_award(law, award, on) if law.codes[value.code].shape == "condition")
    decider = award_decider(law, award, on)
    return CatalogueEntry(
        award=award_type,
        name=law.award_name(award, on),
        subjects=tuple(SUBJECT_LABELS[subject] for subject in award_type.subjects),
        decider=decider,
        sums=() if decider.here == "none" else tuple(prize_sums(law, award, on)),
        conditions=tuple(dict.fromkeys(question_text(law, value) for value in conditions)),
    )


def prize_sums(law: Law, award: str, on: date) -> Iterator[PrizeSum]:
    """The prize money for each kind of subject; nothing when the statutes have no coefficient for the award."""
    if not has_prize_money(law, award):
        return
    for subject in law.award(award).subjects:
        price = prize_money(law, award, subject, on)
        # The rule of rounding does not matter when there is nothing to round.
        exact = price.money.raw == price.money.rounded
        used = [basis for basis in price.grounds if not (exact and basis.code == "award.rounding")]
        yield PrizeSum(SUBJECT_LABELS[subject], price, all(basis.confirmed for basis in used))


def values_of_award(law: Law, award: str, on: date) -> list[DatedValue]:
    """Every value about the award in force that day."""
    found = []
    for code in law.codes.values():
        if code.award == award:
            values = (law.find(code.code, on, subject, kind) for subject, kind in code.combinations())
            found += [value for value in values if value is not None]
    return found


def award_parts(law: Law, award: str, on: date, shown_note: str = "") -> list[AwardPart]:
    """The values of the award on that day in sections, with the general rules that apply to it.

    `shown_note` is a note that the page already shows; it is left out of the lines.
    """
    own_values = values_of_award(law, award, on)
    test_names = _test_names_of(law, award, on)
    found = []
    for title, (fits, general_codes) in _PARTS.items():
        values = [value for value in own_values if fits(law.codes[value.code])]
        if values:
            for code in general_codes:
                value = law.find(code, on)
                if value and _applies(code, test_names):
                    values.append(value)
            found.append(AwardPart(title, merge_values(law, values, on, shown_note)))
    return found


def _applies(code: str, test_names: set[str]) -> bool:
    """Whether a general rule applies to an award with these tests."""
    return code not in _ONLY_WITH_TEST or _ONLY_WITH_TEST[code] in test_names


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
GENERAL_CODES = tuple(chain.from_iterable(general_codes for _, general_codes in _PARTS.values()))
"""The general rules that pages of the catalogue show."""


# These two are shown only when a condition of the award has such a test.
_ONLY_WITH_TEST = {"record.excluded": "chain", "initiative.once": "initiative"}


def _test_names_of(law: Law, award: str, on: date) -> set[str]:
    """The names of the tests in the conditions of the award on that day."""
    names: set[str] = set()
    for subject in law.award(award).subjects:
        for value in law.conditions(award, subject, on):
            names.update(_test_names(value.content["test"]))
    return names


def _test_names(test: dict[str, object]) -> Iterator[str]:
    """The names of the test and of its parts."""
    yield str(test["name"])
    parts = test.get("of")
    for part in parts if isinstance(parts, list) else []:
        yield from _test_names(part)


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
    """The questions about one award, or about all without `award`, and the general ones that apply."""
    awards = {award} if award else set(law.awards)
    own = [code for code in law.codes.values() if code.award in awards]
    general: set[str] = set()
    for fits, general_codes in _PARTS.values():
        if any(fits(code) for code in own):
            general.update(general_codes)
    return own + [law.codes[code] for code in GENERAL_CODES if code in general]


def unchanged_period(days: list[date], on: date) -> tuple[date, date | None]:
    """The first and last day of the period without changes around that day (last None: no change is known).

    NoValue before the first of the days.
    """
    since = max((day for day in days if day <= on), default=None)
    if since is None:
        raise NoValue(f"Phần mềm chưa có danh mục cho ngày {format_date(on)}.")
    after = next((day for day in days if day > on), None)
    return since, after - timedelta(days=1) if after else None
