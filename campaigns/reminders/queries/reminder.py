"""Reads about reminders: how a commune reminds, what has gone out."""

from collections import defaultdict
from collections.abc import Sequence

from campaigns.obligations.queries import Obligation
from campaigns.reminders.models import Reminder


def stages_sent(commune_id: int, asks: Sequence[Obligation]) -> dict[tuple[str, int, int], set[str]]:
    """The stages that have gone out for each of these asks, by the ask's key; one query.

    What was sent for another due day does not count: who was given a new day is reminded of it anew.
    """
    found: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    objects = {ask.object_id for ask in asks}
    days = {ask.key: ask.due_on for ask in asks}
    rows = Reminder.objects.filter(commune_id=commune_id, kind__in={ask.kind for ask in asks}, object_id__in=objects)
    columns = ("kind", "object_id", "unit_id", "stage", "due_on")
    for kind, object_id, unit_id, stage, due_on in rows.values_list(*columns).distinct():
        if days.get((kind, object_id, unit_id)) == due_on:
            found[kind, object_id, unit_id].add(stage)
    return found
