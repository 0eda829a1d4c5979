"""Which records are one person: every read by person goes through `same_person_ids`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects

from villages.models import Household, Nominee, Person, Unit, evidence_subject_kind


def same_person_ids(people: Iterable[Person]) -> list[int]:
    """The ids of all records of these people; one query if one of them has another record, else none."""
    return sorted(kept_ids(people))


def kept_ids(nominees: Iterable[Person | Household | Unit]) -> dict[int, int]:
    """The id of the kept record by the id of each record of these people; one query if one of them has another record.

    Households and units have one record: their own ids.
    """
    nominees = list(nominees)
    kept = {one.pk: one.kept_id if isinstance(one, Person) else one.pk for one in nominees}
    if merged := {one.same_as_id for one in nominees if isinstance(one, Person) and one.same_as_id}:
        kept |= {row.pk: row.kept_id for row in Person.objects.filter(same_as__in=merged).only("pk", "same_as")}
    return kept


def about_nominee(nominee: Person | Household | Unit) -> Q:
    """Filter for rows about this nominee: of a person also those about the other records of the same person."""
    if isinstance(nominee, Person):
        return Q(person__in=same_person_ids([nominee]))
    return Q(**{evidence_subject_kind(nominee): nominee})


def about_nominees(rows: Iterable[Nominee]) -> Q:
    """Filter for rows about the nominees of these rows; people who are not loaded yet are read in one query."""
    rows = list(rows)
    about_people = [row for row in rows if row.person_id]
    prefetch_related_objects(about_people, "person")
    found = Q(person__in=same_person_ids(row.person for row in about_people if row.person))
    for kind in ("household", "collective"):
        found |= Q(**{f"{kind}__in": {getattr(row, f"{kind}_id") for row in rows} - {None}})
    return found


def ids_of_left(people: Iterable[Person]) -> set[int]:
    """The ids of those of these records whose person is in no unit any more; one query if one of them was merged, else none."""
    people = list(people)
    left = {one.pk for one in people if not one.is_active and not one.is_merged}
    if merged := {one.pk: one.kept_id for one in people if one.is_merged}:
        gone = set(Person.objects.filter(pk__in=merged.values(), is_active=False).values_list("pk", flat=True))
        left |= {pk for pk, kept in merged.items() if kept in gone}
    return left


def members_of(household: Household) -> QuerySet[Person]:
    """The records of the people of a household who are in their unit, one of each person: the kept one if it is of the
    household, else the one by which the person is a member. Two queries."""
    rows = Person.objects.filter(household=household).select_related("same_as").order_by("pk")
    found: dict[int, int] = {}
    for row in rows:
        if not row.has_left and (row.kept_id not in found or not row.is_merged):
            found[row.kept_id] = row.pk
    return Person.objects.filter(pk__in=found.values())


def kept_record(person: Person) -> Person:
    """The record that is kept of this person: new entries are about it."""
    return Person.objects.get(pk=person.kept_id) if person.is_merged else person


def nominee_to_choose(user: Any, unit: Unit, model: Any, pk: int, present: Any = None) -> Any:
    """The person or household (`model`) with this primary key, if the user may choose it in the unit; None otherwise.

    Of a person that was merged it is the kept record, if that is of the unit. Nobody who is not in the unit any more,
    unless it is `present`, who was chosen before.
    """
    if isinstance(present, model) and present.pk == pk:
        return present
    found = model.objects.visible_to(user).filter(unit=unit, pk=pk).first()
    chosen = kept_record(found) if isinstance(found, Person) else found
    return chosen if chosen and chosen.unit_id == unit.pk and chosen.is_active else None
