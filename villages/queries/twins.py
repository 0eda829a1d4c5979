"""People of one name and year of birth in one unit: who they are, and what distinguishes them where both appear."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from villages.models import Person
from villages.queries.same_people import same_person_ids
from villages.rules.twins import Traits, twin_labels


def twins_of(person: Person) -> list[Person]:
    """The others of the unit with the same name and the same, or equally unknown, year of birth; the oldest entry first."""
    same = Person.objects.filter(unit_id=person.unit_id, name_key=person.name_key, birth_year=person.birth_year)
    return list(
        same.exclude(pk__in=[person.pk, *same_person_ids([person])]).select_related("household", "unit").order_by("pk")
    )


def traits_of(person: Person) -> Traits:
    """What may distinguish this person from a twin; reads the household."""
    return Traits(
        birth_date=person.birth_date,
        household=_household_in_words(person),
        note=person.twin_note,
        sex=person.sex,
        post=person.post,
    )


def twin_suffixes(people: Iterable[Person]) -> dict[int, str]:
    """{person: ", con ông Bảy"} for those of these people who have a twin among them; at most one query, for households."""
    twins = _twins_among(people)
    if not twins:
        return {}
    read = Person.objects.filter(pk__in=list(chain.from_iterable(twins))).select_related("household").in_bulk()
    suffixes = {}
    for group in twins:
        labels = twin_labels([traits_of(read[pk]) for pk in group])
        suffixes |= {pk: f", {label}" for pk, label in zip(group, labels, strict=True) if label}
    return suffixes


def _twins_among(people: Iterable[Person]) -> list[list[int]]:
    groups: dict[tuple[int, str, int | None], set[int]] = defaultdict(set)
    for person in people:
        groups[person.unit_id, person.name_key, person.birth_year].add(person.kept_id)
    return [sorted(group) for group in groups.values() if len(group) > 1]


def mark_twins(people: Iterable[Person]) -> list[Person]:
    """These people, each with `shown_name`: the name, the nickname, and next to a twin what distinguishes them."""
    marked = list(people)
    suffixes = twin_suffixes(marked)
    for person in marked:
        person.shown_name = f"{person.name_and_nickname}{suffixes.get(person.kept_id, '')}"
    return marked


def _household_in_words(person: Person) -> str:
    household = person.household
    return ", ".join(filter(None, [household.head_name, household.address])) if household else ""
