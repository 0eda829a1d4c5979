"""Groups of people on a day: what was chosen, before and after a dated change of post."""

from collections.abc import Iterable
from datetime import date

from villages.models import Person, PersonChange


def groups_on(people: Iterable[Person], on: date) -> dict[int, str]:
    """The group of each of these people on that day, by id, "" if unknown; one query if one has changed since, else none."""
    people = list(people)
    groups = {person.pk: person.group for person in people}
    changed = [person.pk for person in people if person.post_since and person.post_since > on]
    if changed:
        rows = PersonChange.objects.in_force().filter(person__in=changed, kind=PersonChange.POST, effective_on__gt=on)
        # The latest first, so that the earliest change after the day stays: what was before it was so on the day.
        groups |= dict(rows.order_by("-effective_on").values_list("person_id", "old_group"))
    return groups


def group_on(person: Person, on: date) -> str:
    """The group of a person on that day, "" if unknown."""
    return groups_on([person], on)[person.pk]
