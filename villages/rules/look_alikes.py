"""Which records of people may be one person: the same CCCD, the same or a near name that nothing contradicts. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
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
    if one.sex and other.sex and one.sex != other.sex:
        return ""
    reason = _likeness(one, other)
    years = (one.birth_year, other.birth_year)
    both_known = None not in years
    if reason in (SAME_NAME, NO_MARKS):
        return reason if not both_known or _years_agree(one, other) else ""
    same = both_known and years[0] == years[1] and one.unit == other.unit
    return reason if same else ""


def _likeness(one: NamedRecord, other: NamedRecord) -> str:
    """How the names are alike, whatever else differs; "" if they are not."""
    if one.key == other.key:
        return SAME_NAME
    if one.folded == other.folded:
        return NO_MARKS if one.has_no_marks or other.has_no_marks else OTHER_MARKS
    return ONE_LETTER if Levenshtein.distance(one.folded, other.folded, score_cutoff=1) == 1 else ""


def _years_agree(one: NamedRecord, other: NamedRecord) -> bool:
    """Both known. Inside a unit a year apart agrees: the year of the lunar calendar is often given."""
    apart = abs((one.birth_year or 0) - (other.birth_year or 0))
    return apart == 0 or (apart == 1 and one.unit == other.unit)


def _pairs_to_compare(records: Iterable[NamedRecord]) -> set[tuple[int, int]]:
    """Pairs that have something in common: the number, the name, or all but one word of the name with unit and year."""
    blocks: dict[Hashable, list[NamedRecord]] = defaultdict(list)
    named: dict[str, list[NamedRecord]] = defaultdict(list)
    for record in records:
        named[record.folded].append(record)
        if record.cccd:
            blocks[record.cccd].append(record)
        *rest, given = record.folded.split() or [""]
        place = (record.unit, record.birth_year)
        if record.birth_year:
            blocks["given", given, *place].append(record)
            blocks["rest", " ".join(rest), *place].append(record)
    for name, group in named.items():
        if len(group) <= SMALL_GROUP:
            blocks["name", name] = group
            continue
        for record in group:
            blocks["unit", name, record.unit].append(record)
            if record.birth_year:
                blocks["year", name, record.birth_year].append(record)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        pairs.update(combinations(sorted(record.pk for record in block), 2))
    return pairs
