"""The tasks of the office about posted lists of units that nobody heads: nobody of the unit could do them."""

from django.db.models import QuerySet

from commendations.flow.nomination_turn import office_without_head
from commendations.models import Posting
from emulation.communes.capacity import UserCapacity
from emulation.workflow.workflow import step_of
from reports.queries.todo_rows import TodoItem, open_filter

STEP = "commendations.close_posting"


def postings_without_head(capacity: UserCapacity) -> QuerySet[Posting]:
    """The postings of units without a head that have an objection to answer or a result to record."""
    step = step_of(STEP)
    return Posting.objects.filter(office_without_head.row_filter(capacity), open_filter(step))


def posting_tasks(capacity: UserCapacity) -> list[TodoItem]:
    """A task for each of them."""
    step = step_of(STEP)
    return [
        TodoItem(
            title=step.todo,
            who=str(row),
            text="đơn vị chưa có người đứng đầu.",
            url=row.get_absolute_url(),
            action=step.todo_action,
            since=row.state_since,
            due=row.ends_on,
        )
        for row in postings_without_head(capacity).select_related("unit").order_by("pk")
    ]
