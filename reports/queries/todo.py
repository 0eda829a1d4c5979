""" "Việc của tôi": what waits for a person, whose turn the rest is. Derived from the flow tables, never stored.

One query a step that has a `todo` line (none for a step that is not this person's), one a flow for what others have.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from campaigns.exemplars.queries.period import unanswered_periods
from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.subjects import model_for_subject_key
from emulation.core.formatting import lower_first
from emulation.workflow.permissions import NO_ROWS
from emulation.workflow.workflow import Flow, Step, registered_flows

MAX_ITEMS_PER_STEP = 25  # shown of one step; the rest is counted
MAX_ITEMS_OF_OTHERS = 20
MAX_HANDLED = 500  # latest things that a person touched
SOON_DAYS = 3
NOT_FOLLOWED = {"documents", "communes", "accounts"}


@dataclass(frozen=True)
class TodoItem:
    """One line: what waits (or where it now is), since when, until when, and the one button."""

    title: str
    text: str = ""
    url: str = ""
    action: str = ""
    since: datetime | None = None
    due: date | None = None
    whose: str = ""
    quiet: bool = False
    late: bool = False
    soon: bool = False
    key: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class TodoList:
    """The tasks shown, most urgent first, and how many there are in all."""

    tasks: list[TodoItem]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.tasks)


def todo_of(user: User, on: date) -> TodoList:
    """What waits for this person: each thing once, the step that comes first in its flow."""
    capacity = capacity_of(user)
    tasks, seen, total = [], set(), 0
    for flow, step in _waiting_steps():
        rows = _of_step(flow, step, capacity)
        if rows is None:
            continue
        found = list(_for_lists(rows.order_by("state_since", "pk"))[: MAX_ITEMS_PER_STEP + 1])
        fresh = [row for row in found if (flow.model, row.pk) not in seen]
        total += len(fresh) if len(found) <= MAX_ITEMS_PER_STEP else rows.count() - (len(found) - len(fresh))
        seen.update((flow.model, row.pk) for row in found)
        tasks += [_task(flow, step, row, on) for row in fresh[:MAX_ITEMS_PER_STEP]]
    owed = _outstanding_periods(capacity, on)
    return TodoList(sorted([*tasks, *owed], key=_urgency), total + len(owed))


def todo_of_others(user: User, mine_keys: set[tuple[str, int]]) -> TodoList:
    """What this person (or his unit) has set going and now waits for somebody else."""
    capacity = capacity_of(user)
    turns: dict[str, dict[str, str]] = defaultdict(dict)
    by_model: dict[str, Flow] = {}
    waits: dict[str, Q] = defaultdict(Q)
    for flow, step in _waiting_steps():
        by_model[flow.model] = flow
        waits[flow.model] |= _open(step)
        for state in step.sources:
            turns[flow.model].setdefault(state, step.permission.label)
    handled = _handled(user, capacity, set(by_model))
    found: list[TodoItem] = []
    total = 0
    for label, flow in by_model.items():
        model = model_for_subject_key(label)
        touched = Q(pk__in=handled[label]) if label in handled else NO_ROWS
        if capacity.unit_ids and _has(model, "unit"):
            touched |= Q(unit_id__in=capacity.unit_ids)
        if touched is NO_ROWS:
            continue
        mine_here = [pk for name, pk in mine_keys if name == label]
        rows = model.objects.visible_to(user).filter(touched, waits[label]).exclude(pk__in=mine_here)
        page = list(_for_lists(rows.order_by("-state_since", "-pk"))[: MAX_ITEMS_OF_OTHERS + 1])
        total += len(page) if len(page) <= MAX_ITEMS_OF_OTHERS else rows.count()
        found += [_quiet(flow, row, turns[label][row.state]) for row in page[:MAX_ITEMS_OF_OTHERS]]
    found.sort(key=lambda task: task.since.timestamp() if task.since else 0, reverse=True)
    return TodoList(found[:MAX_ITEMS_OF_OTHERS], total)


def _waiting_steps() -> list[tuple[Flow, Step]]:
    return [(flow, step) for flow in registered_flows() if flow.states for step in flow.steps if step.todo]


def _of_step(flow: Flow, step: Step, capacity: UserCapacity) -> QuerySet[Any] | None:
    if capacity.commune_id is None or not capacity.roles:
        return None
    mine = step.permission.row_filter(capacity)
    if mine is NO_ROWS:
        return None
    rows: QuerySet[Any] = model_for_subject_key(flow.model).objects.filter(
        mine, _open(step), commune_id=capacity.commune_id
    )
    return rows


def _open(step: Step) -> Q:
    """The rows for which the step is to be taken, by whomever."""
    return Q(state__in=step.sources) & step.waits if step.waits is not None else Q(state__in=step.sources)


def _for_lists(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what the line names, without the long texts of papers."""
    if hasattr(rows, "for_lists"):
        return rows.for_lists()
    names = [
        field.name
        for field in rows.model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.app_label not in NOT_FOLLOWED
    ]
    names += [f"{name}__session" for name in names if name == "chair_submission"]
    return rows.select_related(*names) if names else rows


def _task(flow: Flow, step: Step, row: Any, on: date) -> TodoItem:
    due = row.due_on()
    return TodoItem(
        title=step.todo,
        text=_sentence(row, step),
        url=_address(step.url, row) if step.form else row.get_absolute_url(),
        action=step.label if step.form else "Mở để xem",
        since=row.state_since,
        due=due,
        late=bool(due and due < on),
        soon=bool(due and 0 <= (due - on).days <= SOON_DAYS),
        key=(flow.model, row.pk),
    )


def _sentence(row: Any, step: Step) -> str:
    reason = "Bị trả lại, xem lý do ở từng mục." if row.return_notes and row.state in ("returned", "sent_back") else ""
    return ". ".join(part for part in (row.todo_text(), reason) if part)


def _quiet(flow: Flow, row: Any, whose: str) -> TodoItem:
    return TodoItem(
        title=row.todo_text(),
        text=flow.states[row.state].label,
        url=row.get_absolute_url(),
        action="Xem",
        since=row.state_since,
        whose=_named(whose, row),
        quiet=True,
        key=(flow.model, row.pk),
    )


def _named(whose: str, row: Any) -> str:
    """Văn phòng phụ trách TĐKT; the head of a unit by the unit's name."""
    if whose.startswith("người đứng đầu") and _has(type(row), "unit"):
        return str(row.unit)
    return whose[:1].upper() + whose[1:]


def _address(name: str, row: Any) -> str:
    try:
        return reverse(name, args=[row.pk])
    except NoReverseMatch:
        return row.get_absolute_url()


def _outstanding_periods(capacity: UserCapacity, on: date) -> list[TodoItem]:
    """Periods for which the person's units have not even begun an answer."""
    if not capacity.unit_ids or capacity.commune_id is None:
        return []
    return [
        TodoItem(
            title=f"Gửi điển hình {lower_first(str(asked.period))}",
            text=f"{asked.unit.name}: ghi một người, hộ gia đình hoặc tập thể có việc làm tốt, hoặc báo “không có”.",
            url=reverse("campaigns:month"),
            action="Ghi điển hình",
            due=asked.period.due_on,
            late=asked.period.due_on < on,
            soon=0 <= (asked.period.due_on - on).days <= SOON_DAYS,
        )
        for asked in unanswered_periods(capacity.unit_ids, capacity.commune_id, on)
        if not asked.drafts
    ]


def _handled(user: User, capacity: UserCapacity, models: set[str]) -> dict[str, list[int]]:
    rows = AuditEntry.objects.filter(commune_id=capacity.commune_id, actor_id=user.pk, subject_type__in=models)
    touched: dict[str, set[int]] = defaultdict(set)
    for label, pk in rows.order_by("-seq").values_list("subject_type", "subject_id")[:MAX_HANDLED]:
        if pk is not None:
            touched[label].add(pk)
    return {label: sorted(ids) for label, ids in touched.items()}


def _has(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _urgency(task: TodoItem) -> tuple[Any, ...]:
    return (not task.late, task.due or date.max, task.since.timestamp() if task.since else 0)
