""" "Việc của tôi": the user's tasks in groups. Derived from the workflows, never stored."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, Exists, Value, When
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from campaigns.exemplars.queries.period import unanswered_periods
from emulation.accounts.models import User
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.roles import Role
from emulation.core.formatting import lower_first
from emulation.core.reading_once import reading_once
from emulation.workflow.calendar_registry import due_days_of_rows
from emulation.workflow.context import page_values
from emulation.workflow.menu import active_entry, entries_for, menu_for
from emulation.workflow.workflow import Flow, Step
from reports.queries.todo_groups import RESTORED_RANK, TodoGroup, TodoList, task_urgency
from reports.queries.todo_own_case import own_case_tasks, own_waiting_cases
from reports.queries.todo_postings import posting_tasks, postings_without_head
from reports.queries.todo_posts import RareTasks, post_tasks
from reports.queries.todo_restored import restored_tasks
from reports.queries.todo_rows import (
    MAX_COUNTED,
    TodoItem,
    is_of_page,
    joined_for_lists,
    rows_of_step,
    waiting_steps,
)
from reports.queries.todo_titles import title_tasks
from reports.queries.todo_together import group_pages

MAX_ITEMS_PER_STEP = 25  # per step; the others are only counted
SOON_DAYS = 3
RETURNED_FIRST = Case(When(return_notes={}, then=Value(1)), default=Value(0))
UNANSWERED_RANK = 40


def todo_of(user: User, on: date) -> TodoList:
    """The user's tasks on that day; each object once, with its first open step. One query per step.

    What waits after a restore comes first, then returned work, then by what waiting costs (`Step.todo_rank`).
    """
    return _todo_list(capacity_of(user), on)


def waiting_by_entry(capacity: UserCapacity, on: date) -> dict[str, int]:
    """How many tasks wait behind each menu entry, by its URL name, without those where nothing waits."""
    entries = entries_for(capacity)
    waiting: Counter[str] = Counter()
    for group in _todo_list(capacity, on).groups:
        waiting[active_entry(entries, group.tasks[0].url)] += group.total
    return dict(waiting)


def waiting_by_area(capacity: UserCapacity, by_entry: dict[str, int]) -> dict[str, int]:
    """How much of this waits behind each area of the menu, by its key; "Việc của tôi" has all of it."""
    areas = menu_for(capacity, "").areas
    sums = {area["key"]: sum(by_entry.get(entry["name"], 0) for entry in area["entries"]) for area in areas}
    return {**sums, "work": sum(by_entry.values())}


@dataclass(frozen=True)
class NextTask:
    """The task to go on with after an act, and how many are left."""

    task: TodoItem
    left: str


@page_values.register("next_task")
def next_task(request: HttpRequest) -> NextTask | None:
    """The first task that is not on this page; None if there is none."""
    found = _todo_list(capacity_of(request.user), timezone.localdate())
    task = next((task for task in found.tasks if task.url and not is_of_page(task.url, request.path)), None)
    return NextTask(task, found.total_in_words) if task else None


@reading_once()  # the law, the calendar, who asked what
def _todo_list(capacity: UserCapacity, on: date) -> TodoList:
    groups = [*_restored_groups(capacity), *_unanswered_groups(capacity, on), *_step_groups(capacity, on)]
    return TodoList(sorted(groups, key=lambda group: group.urgency))


@dataclass(frozen=True)
class _WaitingRows:
    """The rows that wait for a step: those that are shown, and the number of all."""

    flow: Flow
    step: Step
    shown: list[Any]
    total: int


def _step_groups(capacity: UserCapacity, on: date) -> Iterator[TodoGroup]:
    found = list(_waiting_rows(capacity))
    due_days = _due_days(found, on)
    for waiting in found:
        days = due_days[waiting.flow.model]
        tasks = [_task(waiting.flow, waiting.step, row, days.get(row.pk), on) for row in waiting.shown]
        yield TodoGroup(
            waiting.step.todo,
            sorted(tasks, key=task_urgency),
            waiting.total,
            waiting.step.todo_rank,
            (waiting.flow, waiting.step),
            group_pages(waiting.step, waiting.shown),
        )


def _waiting_rows(capacity: UserCapacity) -> Iterator[_WaitingRows]:
    """Each object once, with its first open step; steps without a row are left out. Ids first: no joins only for sorting."""
    seen: set[tuple[str, int]] = set()
    for flow, step in waiting_steps():
        rows = rows_of_step(flow, step, capacity)
        if rows is None:
            continue
        order = _order(flow, rows.model)
        first = rows.order_by(*order).values("pk")[: MAX_ITEMS_PER_STEP + 1]
        found = list(joined_for_lists(rows.model._default_manager.filter(pk__in=first)).order_by(*order))
        unseen = [row for row in found if (flow.model, row.pk) not in seen]
        counted = rows.order_by()[: MAX_COUNTED + 1].count() if len(found) > MAX_ITEMS_PER_STEP else len(found)
        seen.update((flow.model, row.pk) for row in found)
        if unseen:
            yield _WaitingRows(flow, step, unseen[:MAX_ITEMS_PER_STEP], counted - (len(found) - len(unseen)))


def _due_days(found: list[_WaitingRows], on: date) -> dict[str, dict[int, date]]:
    """{model: {pk: due day}} of all rows that are shown; once for a model, because the law and the calendar are read for it."""
    rows: dict[str, list[Any]] = {}
    for waiting in found:
        rows.setdefault(waiting.flow.model, []).extend(waiting.shown)
    return {model: dict(due_days_of_rows(model, shown, on)) for model, shown in rows.items()}


def _order(flow: Flow, model: Any) -> tuple[Any, ...]:
    urgent = (Case(When(**model.URGENT, then=Value(0)), default=Value(1)),) if flow.states and model.URGENT else ()
    return (RETURNED_FIRST, *urgent, "state_since", "pk") if flow.states else ("pk",)


def _task(flow: Flow, step: Step, row: Any, due: date | None, on: date) -> TodoItem:
    who, text = row.todo_parts()
    return TodoItem(
        title=step.todo,
        who=who,
        text=text,
        reason=row.return_reason,
        url=_address(step.url, row) if step.form else row.get_absolute_url(),
        action=row.todo_action(step.act) or step.todo_action or step.label,
        since=row.state_since,
        due=due,
        late=bool(due and due < on),
        soon=bool(due and 0 <= (due - on).days <= SOON_DAYS),
        urgent=row.is_urgent,
        key=(flow.model, row.pk),
    )


def _restored_groups(capacity: UserCapacity) -> list[TodoGroup]:
    return [TodoGroup(task.title, [task], 1, RESTORED_RANK) for task in restored_tasks(capacity)]


def _unanswered_groups(capacity: UserCapacity, on: date) -> list[TodoGroup]:
    tasks = [*_unanswered_period_tasks(capacity, on), *post_tasks(capacity, on, _rare_tasks(capacity))]
    tasks += title_tasks(capacity, on)
    tasks += [] if capacity.has(Role.office) else own_case_tasks(capacity)
    return [TodoGroup(task.title, [task], 1, UNANSWERED_RANK) for task in tasks]


def _rare_tasks(capacity: UserCapacity) -> RareTasks:
    """Of the office: own cases, postings of units without a head."""
    if not capacity.has(Role.office):
        return {}
    return {
        "own_cases": (Exists(own_waiting_cases(capacity)), partial(own_case_tasks, capacity)),
        "postings": (Exists(postings_without_head(capacity)), partial(posting_tasks, capacity)),
    }


def _address(name: str, row: Any) -> str:
    try:
        return reverse(name, args=[row.pk])
    except NoReverseMatch:
        return row.get_absolute_url()


def _unanswered_period_tasks(capacity: UserCapacity, on: date) -> list[TodoItem]:
    """A task for each period that a unit of the user has neither answered nor drafted an answer for."""
    if not capacity.unit_ids or capacity.commune_id is None:
        return []
    return [
        TodoItem(
            title=f"Gửi điển hình {lower_first(str(missing.period))}",
            who=missing.unit.name,
            text="ghi một người, hộ gia đình hoặc tập thể có việc làm tốt, hoặc báo “không có”.",
            url=reverse("campaigns:new", args=[missing.period.pk, missing.unit.pk]),
            action="Ghi ngay",
            due=missing.period.due_on,
            late=missing.period.due_on < on,
            soon=0 <= (missing.period.due_on - on).days <= SOON_DAYS,
        )
        for missing in unanswered_periods(capacity.unit_ids, capacity.commune_id, on)
        if missing.is_unanswered
    ]
