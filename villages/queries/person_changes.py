"""Dated changes of a person: those of a page, and since when somebody is not in the unit any more."""

from typing import Any

from django.db.models import QuerySet

from villages.models import Person, PersonChange
from villages.queries.same_people import same_person_ids


def changes_of_person(user: Any, person: Person) -> QuerySet[PersonChange]:
    """The changes of all records of the person that the user may see, the latest first."""
    rows = PersonChange.objects.visible_to(user).filter(person__in=same_person_ids([person]))
    return rows.select_related("person", "from_unit", "to_unit")


def last_leaving(person: Person) -> PersonChange | None:
    """The change by which the person is not in the unit any more; None for who is, and for records of before such changes."""
    rows = PersonChange.objects.in_force().filter(person=person, kind__in=PersonChange.ENDINGS)
    return None if person.is_active else rows.order_by("-effective_on", "-pk").first()
