"""The tasks of the office about acting heads of units: who ends soon, and which unit has nobody since one ended."""

from datetime import date, timedelta

from django.urls import reverse

from emulation.communes.capacity import UserCapacity
from emulation.core.formatting import format_date
from emulation.workflow.workflow import step_of
from reports.queries.todo_rows import TodoItem
from villages.queries.acting_heads import acting_heads_to_follow

WARNED_DAYS = 30


def acting_head_tasks(capacity: UserCapacity, on: date) -> list[TodoItem]:
    """A task for each acting head who ends within 30 days, or ended, without anybody after them."""
    if capacity.commune_id is None or not step_of("villages.set_unit_head").permission.allows(capacity, None):
        return []
    rows = acting_heads_to_follow(capacity.commune_id, on, on + timedelta(days=WARNED_DAYS))
    return [
        TodoItem(
            title="Cử người đứng đầu thay người phụ trách tạm thời",
            who=row.unit.name,
            text=f"{row.person.full_name} phụ trách đến hết ngày {format_date(last)}.",
            url=reverse("villages:set_unit_head", args=[row.unit_id]),
            action="Cử người đứng đầu",
            due=last,
            late=last < on,
            soon=last >= on,
        )
        for row in rows
        if (last := row.ends_on)  # an acting head always has a last day
    ]
