"""The rows behind the to-do list: which objects wait for which step, with what a line of the list shows of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from emulation.communes.capacity import UserCapacity
from emulation.communes.subjects import model_for_subject_key
from emulation.workflow.permissions import NO_ROWS
from emulation.workflow.workflow import Flow, Step, registered_flows

MAX_COUNTED = 100
"""Rows of one step or model are counted up to here; above it the page says "hơn 100"."""
NOT_FOLLOWED = {"documents", "communes", "accounts"}  # apps whose foreign keys are not joined


@dataclass(frozen=True)
class TodoItem:
    """A task of the user, or (`quiet`) a case that waits for somebody else (`whose`); `key` is (subject key, pk).

    `title` is what is to be done, `who` about whom or what, `text` what distinguishes it; `action` is the button.
    `urgent` ones come before the others of their kind. `reason` is why the work was returned to the user; "" when it was not.
    """

    title: str
    who: str = ""
    text: str = ""
    reason: str = ""
    url: str = ""
    action: str = ""
    since: datetime | None = None
    due: date | None = None
    whose: str = ""
    quiet: bool = False
    late: bool = False
    soon: bool = False
    urgent: bool = False
    key: tuple[str, int] = ("", 0)


def counted_in_words(total: int, part: int | None = None) -> str:
    """The number, or `part` of it; "hơn 100" when the total was counted no further than MAX_COUNTED."""
    number = total if part is None else part
    return f"hơn {number - 1}" if total > MAX_COUNTED else str(number)


def waiting_steps() -> list[tuple[Flow, Step]]:
    """Every step that is a task for somebody, with its workflow."""
    found = []
    for flow in registered_flows():
        found += [(flow, step) for step in flow.steps if step.todo]
    return found


def rows_of_step(flow: Flow, step: Step, capacity: UserCapacity) -> QuerySet[Any] | None:
    """The rows on which the user may take the step; None, without a query, when they never may."""
    if capacity.commune_id is None or not capacity.roles:
        return None
    permitted = (step.todo_for or step.permission).row_filter(capacity)
    if permitted is NO_ROWS:
        return None
    objects = model_for_subject_key(flow.model).objects
    rows: QuerySet[Any] = objects.filter(permitted, open_filter(step), commune_id=capacity.commune_id)
    return rows


def open_filter(step: Step) -> Q:
    """The filter of rows for which somebody has to take the step."""
    in_source = Q(state__in=step.sources) if step.sources else Q()
    waits = step.waits() if callable(step.waits) else step.waits
    return in_source if waits is None else in_source & waits


def joined_for_lists(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Joins the related rows that a task names, but not documents with their long texts."""
    if hasattr(rows, "for_lists"):
        return rows.for_lists()
    names = [
        field.name
        for field in rows.model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.app_label not in NOT_FOLLOWED
    ]
    names += [f"{name}__session" for name in names if name == "chair_submission"]
    return rows.select_related(*names) if names else rows


def waiting_since(task: TodoItem) -> float:
    """Since when it waits, as a timestamp; 0 if unknown."""
    return task.since.timestamp() if task.since else 0


def is_of_page(url: str, path: str) -> bool:
    """Whether the address is that of the page or, if the page is that of one object, below it."""
    return urlsplit(url).path == path or (path.rstrip("/").rpartition("/")[2].isdigit() and url.startswith(path))
