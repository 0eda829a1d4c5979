"""Which records of people may be one person: the same CCCD, the same or a near name that nothing contradicts. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from emulation.core.text import fold

SAME_CCCD = "cùng số CCCD"
SAME_NAME = "cùng họ tên"
NO_MARKS = "cùng họ tên, một bên ghi thiếu dấu"
OTHER_MARKS = "họ tên chỉ khác dấu"
ONE_LETTER = "họ tên khác một chữ cái"
STRENGTH = (SAME_CCCD, SAME_NAME, NO_MARKS, OTHER_MARKS, ONE_LETTER)
"""Why two records are on the list, the strongest first."""
SMALL_GROUP = 20
"""Up to so many people of one name are compared across units although a year of birth is unknown."""


@dataclass(frozen=True)
class NamedRecord:
    """What is compared of a record; `key` is the sort key of the name, equal for Hòa and Hoà and for any capitals."""

    pk: int
    name: str
    key: str
    unit: int
    birth_year: int | None = None
    sex: str = ""
    cccd: str = ""

    @cached_property
    def folded(self) -> str:
        return fold(self.name)

    @cached_property
    def has_no_marks(self) -> bool:
        return self.name.lower() == self.folded


@dataclass(frozen=True)
class LookAlike:
    """Two records that may be one person, and why; `one` is the earlier record."""

    one: int
    other: int
    reason: str


def look_alikes(records: Sequence[NamedRecord]) -> list[LookAlike]:
    """The pairs that may be one person, the strongest reason first, then by name; about linear in the number of records."""
    by_pk = {record.pk: record for record in records}
    found: dict[tuple[int, int], str] = {}
    for pair in _pairs_to_compare(records):
        if reason := reason_to_compare(by_pk[pair[0]], by_pk[pair[1]]):
            found[pair] = reason
    pairs = [LookAlike(one, other, reason) for (one, other), reason in found.items()]
    return sorted(pairs, key=lambda pair: (STRENGTH.index(pair.reason), by_pk[pair.one].key, pair.one, pair.other))


def reason_to_compare(one: NamedRecord, other: NamedRecord) -> str:
    """Why the two may be one person; "" if nothing points to it, or if a year, the sex or the number contradicts."""
    if one.cccd and other.cccd:
        return SAME_CCCD if one.cccd == other.cccd else ""
    if {one.sex, other.sex} == {"nam", "nu"}:
        return ""
    reason = _likeness(one, other)
    agree = _years_agree if reason in (SAME_NAME, NO_MARKS) else _unit_and_year_agree
    return reason if agree(one, other) else ""


def _likeness(one: NamedRecord, other: NamedRecord) -> str:
    """How the names are alike, whatever else differs; "" if they are not."""
    if one.key == other.key:
        return SAME_NAME
    if one.folded == other.folded:
        return NO_MARKS if one.has_no_marks or other.has_no_marks else OTHER_MARKS
    return ONE_LETTER if Levenshtein.distance(one.folded, other.folded, score_cutoff=1) == 1 else ""


def _years_agree(one: NamedRecord, other: NamedRecord) -> bool:
    """Also if one is not known. Inside a unit a year apart agrees: the year of the lunar calendar is often given."""
    if one.birth_year is None or other.birth_year is None:
        return True
    return abs(one.birth_year - other.birth_year) <= (1 if one.unit == other.unit else 0)


def _unit_and_year_agree(one: NamedRecord, other: NamedRecord) -> bool:
    return one.birth_year is not None and (one.birth_year, one.unit) == (other.birth_year, other.unit)


def _pairs_to_compare(records: Iterable[NamedRecord]) -> set[tuple[int, int]]:
    """Pairs that have something in common: the number, the name, or all but one word of the name with unit and year."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    named: dict[str, list[NamedRecord]] = defaultdict(list)
    for record in records:
        named[record.folded].append(record)
        for key in _keys(record):
            blocks[key].append(record.pk)
    for name, group in named.items():
        for record in group:
            for key in _places(record) if len(group) > SMALL_GROUP else ("everywhere",):
                blocks[name, key].append(record.pk)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        pairs.update(combinations(sorted(block), 2))
    return pairs


def _keys(record: NamedRecord) -> Iterator[Hashable]:
    """The number, and of a record with a year the unit and year with the last word of the name, and with the words before."""
    if record.cccd:
        yield record.cccd
    if record.birth_year:
        *rest, given = record.folded.split() or [""]
        yield "given", given, record.unit, record.birth_year
        yield "rest", tuple(rest), record.unit, record.birth_year


def _places(record: NamedRecord) -> Iterator[Hashable]:
    """Where people of a name that many have are compared: inside the unit, and across units with the same year."""
    yield "unit", record.unit
    if record.birth_year:
        yield "year", record.birth_year
