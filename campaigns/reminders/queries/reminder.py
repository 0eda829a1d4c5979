"""Which stages of which obligations were reminded already; the stage of manual reminders."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from campaigns.obligations.queries import Obligation
from campaigns.reminders.models import Reminder


def manual_stage(on: date) -> str:
    """The stage of the reminders that the office sends on that day: one for each obligation."""
    return f"urge:{on:%Y%m%d}"


def stages_sent(commune_id: int, obligations: Sequence[Obligation]) -> dict[tuple[str, int, int], set[str]]:
    """The stages already sent for each of these obligations, by `Obligation.key`; one query.

    Reminders for another due day do not count: after a change of the due day all stages are sent again.
    """
    found: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    due_days = {one.key: one.due_on for one in obligations}
    rows = Reminder.objects.filter(
        commune_id=commune_id,
        kind__in={one.kind for one in obligations},
        object_id__in={one.object_id for one in obligations},
    )
    columns = ("kind", "object_id", "unit_id", "stage", "due_on")
    for kind, object_id, unit_id, stage, due_on in rows.values_list(*columns).distinct():
        if due_days.get((kind, object_id, unit_id)) == due_on:
            found[kind, object_id, unit_id].add(stage)
    return found
