"""Records of people that may be one person, and what distinguishes or connects the two of a pair."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from emulation.accounts.models import User
from emulation.core.formatting import format_date
from emulation.core.registry import Registry
from emulation.core.text import same_name
from villages.models import Appointment, CouncilLiaison, CouncilVersion, Evaluation, Person, PersonMatch, Seat
from villages.queries.same_people import same_person_ids
from villages.rules.look_alikes import LookAlike, NamedRecord, look_alikes

CCCD = "Số CCCD"
SAME_CCCD = "cùng một số"
OTHER_CCCD = "số khác"
"""The number itself is a restricted fact, whose readings are logged: only whether it is the same is shown."""
MAX_CANDIDATES = 100


@dataclass(frozen=True)
class PeopleCount:
    """A kind of rows about people, counted for each record: its label and its model."""

    label: str
    model: Any


people_counts: Registry[PeopleCount] = Registry(
    "Counts of a person", "kind: rows about people that are counted where two records are compared"
)


def open_look_alikes(commune_id: int) -> list[LookAlike]:
    """The pairs of the commune that nobody decided about, the strongest first; two queries."""
    rows = Person.objects.filter(commune_id=commune_id).unmerged()
    columns = ("pk", "full_name", "name_key", "unit_id", "birth_year", "sex", "private__cccd")
    records = [NamedRecord(*row[:-1], cccd=row[-1] or "") for row in rows.order_by("pk").values_list(*columns)]
    apart = _pairs_apart(commune_id)
    return [pair for pair in look_alikes(records) if frozenset((pair.one, pair.other)) not in apart]


def _pairs_apart(commune_id: int) -> set[frozenset[int]]:
    """The kept records of two people who are known to be different."""
    rows = PersonMatch.objects.in_force().filter(commune_id=commune_id, verdict=PersonMatch.DIFFERENT)
    columns = rows.values_list("kept_id", "kept__same_as_id", "other_id", "other__same_as_id")
    return {frozenset((kept_root or kept, root or other)) for kept, kept_root, other, root in columns}


@dataclass(frozen=True)
class ComparedFact:
    """What two records have of one fact, in words; "" if it is not known."""

    label: str
    one: str
    other: str
    is_count: bool = False

    @property
    def agrees(self) -> bool | None:
        """None if one of them does not have it, and for a number of rows."""
        if self.is_count or not (self.one and self.other):
            return None
        if self.label == CCCD:
            return self.one == SAME_CCCD
        return same_name(self.one, self.other)


@dataclass(frozen=True)
class ComparedPair:
    """Two records with their facts; `reason` is why they are on the list."""

    one: Person
    other: Person
    reason: str
    facts: list[ComparedFact]

    @property
    def evidence(self) -> list[list[str]]:
        """The facts as they are stored with a decision."""
        return [[fact.label, fact.one, fact.other] for fact in self.facts]


def compare_pairs(pairs: Sequence[LookAlike]) -> list[ComparedPair]:
    """The pairs with their facts; the number of queries is that of the kinds of rows."""
    ids = {pair.one for pair in pairs} | {pair.other for pair in pairs}
    people = Person.objects.select_related("unit", "household", "private").prefetch_related("unit__names").in_bulk(ids)
    facts = _facts_of(people)
    return [
        ComparedPair(
            people[pair.one],
            people[pair.other],
            pair.reason,
            [*_joined(facts[pair.one], facts[pair.other]), *_cccd_fact(people[pair.one], people[pair.other])],
        )
        for pair in pairs
    ]


def compare_people(one: Person, other: Person) -> ComparedPair:
    """The facts of any two records."""
    return compare_pairs([LookAlike(one.pk, other.pk, "")])[0]


def _joined(one: dict[str, str], other: dict[str, str]) -> list[ComparedFact]:
    counted = {count.label for count in people_counts.values()}
    facts = [ComparedFact(label, one[label], other[label], label in counted) for label in one]
    return [fact for fact in facts if {fact.one, fact.other} - {"", "0"}]


def _facts_of(people: dict[int, Person]) -> dict[int, dict[str, str]]:
    counted = {count.label: _counts(count, people) for count in people_counts.values()}
    return {
        pk: _own_facts(person) | {label: str(numbers.get(pk, 0)) for label, numbers in counted.items()}
        for pk, person in people.items()
    }


def _own_facts(person: Person) -> dict[str, str]:
    return {
        "Họ và tên": person.name_and_nickname,
        "Năm sinh": str(person.birth_year or ""),
        "Ngày sinh": format_date(person.birth_date) if person.birth_date else "",
        "Giới tính": person.get_sex_display(),
        "Đơn vị": person.unit.name,
        "Hộ gia đình": str(person.household or ""),
        "Chức vụ, nghề nghiệp": person.present_post,
        "Nhóm đối tượng": person.group_in_words if person.group else "",
        "Để phân biệt": person.twin_note,
    }


def _cccd_fact(one: Person, other: Person) -> list[ComparedFact]:
    """Whether the two have the same number, [] if it is known of neither."""
    numbers = [cccd_of(one), cccd_of(other)]
    if all(numbers):
        words = SAME_CCCD if numbers[0] == numbers[1] else OTHER_CCCD
        return [ComparedFact(CCCD, words, words)]
    known, other_known = ("có ghi" if number else "" for number in numbers)
    return [ComparedFact(CCCD, known, other_known)] if any(numbers) else []


def cccd_of(person: Person) -> str:
    """The number of the person's CCCD; "" if it is not known."""
    return person.private.cccd if hasattr(person, "private") else ""


def _counts(count: PeopleCount, people: Iterable[int]) -> dict[int, int]:
    rows = count.model.objects.filter(person__in=list(people)).order_by()
    return dict(rows.values_list("person_id").annotate(Count("pk")))


def merge_candidates(user: User, person: Person, chosen: int | None = None) -> list[Person]:
    """Other people with the same last word of the name whom the user may see, and the chosen one; for a list of choices."""
    rows = Person.objects.visible_to(user).unmerged().exclude(pk__in=same_person_ids([person])).select_related("unit")
    found = list(rows.named_like(person.full_name.split()[-1]).order_by("name_key", "pk")[:MAX_CANDIDATES])
    if chosen and chosen not in [one.pk for one in found]:
        found = [*rows.filter(pk=chosen), *found]
    return found


def merges_of(person: Person) -> list[PersonMatch]:
    """The merges in force of the records of this person; no query if there are none."""
    if person.same_as_id is None:
        return []
    ids = same_person_ids([person])
    rows = PersonMatch.objects.in_force().filter(verdict=PersonMatch.SAME, other__in=ids)
    return list(rows.select_related("kept__unit", "other__unit").order_by("pk"))


def different_levels(one: Person, other: Person) -> list[int]:
    """The years for which the records of the two have different evaluations."""
    levels: list[dict[int, str]] = []
    for person in (one, other):
        rows = Evaluation.objects.kept().filter(person__in=same_person_ids([person]))
        levels.append(dict(rows.order_by().values_list("year", "level")))
    first, second = levels
    return sorted(year for year in first.keys() & second.keys() if first[year] != second[year])


def present_posts(person: Person, on: date) -> list[str]:
    """What the record itself serves as on that day: head of a unit, member of the council, liaison of a unit.

    Each with the unit or the council, because a bare "Chủ tịch" reads as the chair of the commune.
    """
    heads = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), person=person, starts_on__lte=on
    ).select_related("unit")
    councils = CouncilVersion.objects.filter(commune_id=person.commune_id).in_force(on)
    seats = Seat.objects.filter(person=person, version__in=councils)
    liaisons = CouncilLiaison.objects.filter(person=person).in_force(on).select_related("unit")
    return [
        *(f"{row.post}, {row.unit.name}" for row in heads),
        *(_seat_post(row) for row in seats),
        *(f"phụ trách {row.unit.name}" for row in liaisons),
    ]


def _seat_post(seat: Seat) -> str:
    """ "Ủy viên Hội đồng TĐKT"; "Chủ tịch Hội đồng TĐKT" of a role that names the council itself."""
    role = seat.get_role_display()
    return f"{role} TĐKT" if "Hội đồng" in role else f"{role} Hội đồng TĐKT"
