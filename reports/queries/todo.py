""" "Việc của tôi": the user's tasks, and their cases that wait for others. Derived from the workflows, never stored."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import NoReverseMatch, reverse

from campaigns.exemplars.queries.period import unanswered_periods
from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.models import Commune
from emulation.communes.subjects import model_for_subject_key
from emulation.core.formatting import lower_first
from emulation.documents.number_checks import unchecked_books_by_year
from emulation.workflow.calendar_registry import due_days_of_rows
from emulation.workflow.permissions import NO_ROWS
from emulation.workflow.workflow import Flow, Step, registered_flows, step_of
from reports.queries.backup_health import pending_release

MAX_ITEMS_PER_STEP = 25  # per step; the others are only counted
MAX_ITEMS_OF_OTHERS = 20
MAX_HANDLED = 500  # latest audit entries of the user
SOON_DAYS = 3
RETURNED_FIRST = Case(When(return_notes={}, then=Value(1)), default=Value(0))
NOT_FOLLOWED = {"documents", "communes", "accounts"}  # apps whose foreign keys are not joined


@dataclass(frozen=True)
class TodoItem:
    """A task of the user, or (`quiet`) a case that waits for somebody else (`whose`); `key` is (subject key, pk).

    `reason` is why the work was returned to the user; "" when it was not.
    """

    title: str
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
    key: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class TodoList:
    """The tasks shown, and the number of all tasks."""

    tasks: list[TodoItem]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.tasks)


def todo_of(user: User, on: date) -> TodoList:
    """The user's tasks, returned work first, then the most urgent; each object once, with its first open step. One query per step.

    What waits after a restore comes before all others: until then no number is given and nothing is sent.
    """
    capacity = capacity_of(user)
    tasks: list[TodoItem] = []
    seen: set[tuple[str, int]] = set()
    total = 0
    for flow, step in _waiting_steps():
        rows = _rows_of_step(flow, step, capacity)
        if rows is None:
            continue
        found = list(_for_lists(rows.order_by(*_order(flow)))[: MAX_ITEMS_PER_STEP + 1])
        unseen = [row for row in found if (flow.model, row.pk) not in seen]
        total += len(unseen) if len(found) <= MAX_ITEMS_PER_STEP else rows.count() - (len(found) - len(unseen))
        seen.update((flow.model, row.pk) for row in found)
        shown = unseen[:MAX_ITEMS_PER_STEP]
        due_days = due_days_of_rows(flow.model, shown, on)
        tasks += [_task(flow, step, row, due_days.get(row.pk), on) for row in shown]
    unanswered = _unanswered_period_tasks(capacity, on)
    restored = [*_number_book_tasks(capacity), *_message_tasks(capacity)]
    by_urgency = sorted([*tasks, *unanswered], key=_urgency)
    return TodoList([*restored, *by_urgency], total + len(unanswered) + len(restored))


def _order(flow: Flow) -> tuple[Any, ...]:
    return (RETURNED_FIRST, "state_since", "pk") if flow.states else ("pk",)


@dataclass
class _OpenSteps:
    """The steps of a workflow that have a `todo` label: the filter of their rows, and who acts next in each state."""

    flow: Flow
    filter: Q = field(default_factory=Q)
    next_actors: dict[str, str] = field(default_factory=dict)


def todo_of_others(user: User, mine_keys: set[tuple[str, int]]) -> TodoList:
    """Cases that the user has handled, or of their units, that wait for somebody else: one query per model, newest first."""
    capacity = capacity_of(user)
    open_steps = _open_steps_by_model()
    handled = _handled(user, capacity, set(open_steps))
    found: list[TodoItem] = []
    total = 0
    for label, steps in open_steps.items():
        model = model_for_subject_key(label)
        involved = _involved(model, capacity, handled.get(label))
        if involved is NO_ROWS:
            continue
        own_tasks = [pk for name, pk in mine_keys if name == label]
        rows = model.objects.visible_to(user).filter(involved, steps.filter).exclude(pk__in=own_tasks)
        page = list(_for_lists(rows.order_by("-state_since", "-pk"))[: MAX_ITEMS_OF_OTHERS + 1])
        total += len(page) if len(page) <= MAX_ITEMS_OF_OTHERS else rows.count()
        found += [_quiet(steps.flow, row, steps.next_actors[row.state]) for row in page[:MAX_ITEMS_OF_OTHERS]]
    found.sort(key=_waiting_since, reverse=True)
    return TodoList(found[:MAX_ITEMS_OF_OTHERS], total)


def _open_steps_by_model() -> dict[str, _OpenSteps]:
    found: dict[str, _OpenSteps] = {}
    for flow, step in _waiting_steps():
        if not flow.states:
            continue
        steps = found.setdefault(flow.model, _OpenSteps(flow))
        steps.filter |= _open(step)
        for state in step.sources:
            steps.next_actors.setdefault(state, step.permission.label)
    return found


def _involved(model: Any, capacity: UserCapacity, handled: list[int] | None) -> Q:
    """The filter of rows that the user has handled or that belong to their units; NO_ROWS when there can be none."""
    involved = NO_ROWS if handled is None else Q(pk__in=handled)
    if capacity.unit_ids and _has(model, "unit"):
        involved |= Q(unit_id__in=capacity.unit_ids)
    return involved


def _waiting_since(task: TodoItem) -> float:
    return task.since.timestamp() if task.since else 0


def _waiting_steps() -> list[tuple[Flow, Step]]:
    """Every step that is a task for somebody, with its workflow."""
    found = []
    for flow in registered_flows():
        found += [(flow, step) for step in flow.steps if step.todo]
    return found


def _rows_of_step(flow: Flow, step: Step, capacity: UserCapacity) -> QuerySet[Any] | None:
    """The rows on which the user may take the step; None, without a query, when they never may."""
    if capacity.commune_id is None or not capacity.roles:
        return None
    permitted = (step.todo_for or step.permission).row_filter(capacity)
    if permitted is NO_ROWS:
        return None
    objects = model_for_subject_key(flow.model).objects
    rows: QuerySet[Any] = objects.filter(permitted, _open(step), commune_id=capacity.commune_id)
    return rows


def _open(step: Step) -> Q:
    """The filter of rows for which somebody has to take the step."""
    in_source = Q(state__in=step.sources) if step.sources else Q()
    return in_source if step.waits is None else in_source & step.waits


def _for_lists(rows: QuerySet[Any]) -> QuerySet[Any]:
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


def _task(flow: Flow, step: Step, row: Any, due: date | None, on: date) -> TodoItem:
    return TodoItem(
        title=step.todo,
        text=row.todo_text(),
        reason=row.return_reason,
        url=_address(step.url, row) if step.form else row.get_absolute_url(),
        action=step.label if step.form else "Mở để xem",
        since=row.state_since,
        due=due,
        late=bool(due and due < on),
        soon=bool(due and 0 <= (due - on).days <= SOON_DAYS),
        key=(flow.model, row.pk),
    )


def _quiet(flow: Flow, row: Any, whose: str) -> TodoItem:
    return TodoItem(
        title=row.todo_text(),
        text=flow.states[row.state].label,
        url=row.get_absolute_url(),
        action="Xem",
        since=row.state_since,
        whose=_actor_label(whose, row),
        quiet=True,
        key=(flow.model, row.pk),
    )


def _actor_label(whose: str, row: Any) -> str:
    """Who acts next, "Văn phòng phụ trách TĐKT"; for the head of a unit the name of the unit."""
    if whose.startswith("người đứng đầu") and _has(type(row), "unit"):
        return str(row.unit)
    return whose[:1].upper() + whose[1:]


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
            text=f"{missing.unit.name}: ghi một người, hộ gia đình hoặc tập thể có việc làm tốt, hoặc báo “không có”.",
            url=reverse("campaigns:month"),
            action="Ghi điển hình",
            due=missing.period.due_on,
            late=missing.period.due_on < on,
            soon=0 <= (missing.period.due_on - on).days <= SOON_DAYS,
        )
        for missing in unanswered_periods(capacity.unit_ids, capacity.commune_id, on)
        if not missing.drafts
    ]


def _commune_for(act: str, capacity: UserCapacity) -> Commune | None:
    """The user's commune if they may perform the act there; None, without a query, if not."""
    if capacity.commune_id is None or not step_of(act).permission.allows(capacity, None):
        return None
    return Commune.objects.filter(pk=capacity.commune_id).first()


def _number_book_tasks(capacity: UserCapacity) -> list[TodoItem]:
    """A task of the clerk for each year whose number books wait after a restore."""
    act = "documents.check_number_book"
    commune = _commune_for(act, capacity)
    if commune is None:
        return []
    return [
        TodoItem(
            title="Ghi số cuối đã dùng trên giấy sau khôi phục",
            text=f"{len(books)} sổ năm {year} chưa cấp số cho đến khi ghi: {', '.join(book.titles[0] for book in books)}.",
            url=f"{reverse('documents:numbers')}?nam={year}",
            action="Ghi số cuối",
            since=books[0].restore.restored_at,
        )
        for year, books in unchecked_books_by_year(commune).items()
    ]


def _message_tasks(capacity: UserCapacity) -> list[TodoItem]:
    """The task of the administrator to release the e-mails and reminders that wait after a restore."""
    act = "notices.release_messages"
    commune = _commune_for(act, capacity)
    release = pending_release(commune.pk) if commune else None
    if release is None:
        return []
    return [
        TodoItem(
            title=f"{step_of(act).label} sau khôi phục",
            text=f"Cho đến khi quyết định, chưa gửi thư và chưa nhắc ai; đang chờ {release.old + release.new} thư.",
            url=reverse("reports:health_details"),
            action="Xem và quyết định",
            since=release.restore.restored_at,
        )
    ]


def _handled(user: User, capacity: UserCapacity, models: set[str]) -> dict[str, list[int]]:
    """{subject key: primary keys} of the objects on which the user acted last, from the audit log."""
    rows = AuditEntry.objects.filter(commune_id=capacity.commune_id, actor_id=user.pk, subject_type__in=models)
    touched: dict[str, set[int]] = defaultdict(set)
    for label, pk in rows.order_by("-seq").values_list("subject_type", "subject_id")[:MAX_HANDLED]:
        if pk is not None:
            touched[label].add(pk)
    return {label: sorted(ids) for label, ids in touched.items()}


def _has(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _urgency(task: TodoItem) -> tuple[Any, ...]:
    return (not task.reason, not task.late, task.due or date.max, _waiting_since(task))
