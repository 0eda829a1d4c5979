"""The user's cases that wait for somebody else."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.subjects import model_for_subject_key
from emulation.core.formatting import upper_first
from emulation.workflow.permissions import NO_ROWS
from emulation.workflow.workflow import Flow, Step
from reports.queries.todo_rows import (
    MAX_COUNTED,
    TodoItem,
    joined_for_lists,
    open_filter,
    rows_of_step,
    waiting_since,
    waiting_steps,
)

MAX_ITEMS_OF_OTHERS = 20
MAX_HANDLED = 500  # latest audit entries of the user


@dataclass(frozen=True)
class CasesElsewhere:
    """The newest cases that wait for others, and the number of all."""

    tasks: list[TodoItem]
    total: int
    is_capped: bool = False  # there are more of a model than were counted

    @property
    def more(self) -> str:
        """How many are not shown, in words; "" if all are."""
        left = self.total - len(self.tasks)
        if self.is_capped:
            return f"hơn {left - 1}"
        return str(left) if left else ""


@dataclass
class _OpenSteps:
    """The steps of a workflow that have a `todo` label: the filter of their rows, and who acts next in each state."""

    flow: Flow
    filter: Q = field(default_factory=Q)
    next_actors: dict[str, str] = field(default_factory=dict)


def todo_of_others(
    user: User, mine_keys: set[tuple[str, int]], mine_not_shown: Sequence[tuple[Flow, Step]] = ()
) -> CasesElsewhere:
    """Cases that the user has handled, or of their units, that wait for somebody else: one query per model, newest first.

    `mine_keys`: the user's tasks; `mine_not_shown`: steps for which the user has more tasks than those.
    """
    capacity = capacity_of(user)
    open_steps = _open_steps_by_model()
    mine: dict[str, set[int]] = defaultdict(set)
    for label, pk in mine_keys:
        mine[label].add(pk)
    handled = _handled(user, capacity, set(open_steps))
    found: list[TodoItem] = []
    total = 0
    is_capped = False
    for label, steps in open_steps.items():
        model = model_for_subject_key(label)
        involved = _involved(model, capacity, handled.get(label, set()) - mine[label])
        if involved is NO_ROWS:
            continue
        rows = model.objects.visible_to(user).filter(involved, steps.filter).exclude(pk__in=mine[label])
        page = _newest(_without_steps(rows, label, mine_not_shown, capacity))
        total += len(page)
        is_capped |= len(page) > MAX_COUNTED
        found += [_quiet(steps.flow, row, steps.next_actors[row.state]) for row in page[:MAX_ITEMS_OF_OTHERS]]
    found.sort(key=waiting_since, reverse=True)
    return CasesElsewhere(found[:MAX_ITEMS_OF_OTHERS], total, is_capped)


def _without_steps(
    rows: QuerySet[Any], label: str, steps: Sequence[tuple[Flow, Step]], capacity: UserCapacity
) -> QuerySet[Any]:
    """The rows of the model `label` that wait for none of these steps of the user."""
    for flow, step in steps:
        mine = rows_of_step(flow, step, capacity) if flow.model == label else None
        rows = rows if mine is None else rows.exclude(pk__in=mine.values("pk"))
    return rows


def _newest(rows: QuerySet[Any]) -> list[Any]:
    """Up to MAX_COUNTED + 1 rows, the newest first.

    Read without an order, because a database that knows the order and not how few rows are open walks the whole
    history to find them. Only if there are more than MAX_COUNTED does the order choose the rows.
    """
    rows = joined_for_lists(rows)
    found = list(rows.order_by()[: MAX_COUNTED + 1])
    if len(found) > MAX_COUNTED:
        return list(rows.order_by("-state_since", "-pk")[: MAX_COUNTED + 1])
    return sorted(found, key=lambda row: (row.state_since, row.pk), reverse=True)


def _open_steps_by_model() -> dict[str, _OpenSteps]:
    found: dict[str, _OpenSteps] = {}
    for flow, step in waiting_steps():
        if not flow.states:
            continue
        steps = found.setdefault(flow.model, _OpenSteps(flow))
        steps.filter |= open_filter(step)
        for state in step.sources:
            steps.next_actors.setdefault(state, step.permission.label)
    return found


def _involved(model: Any, capacity: UserCapacity, handled: set[int]) -> Q:
    """The filter of rows that the user has handled or that belong to their units; NO_ROWS when there can be none."""
    involved = Q(pk__in=sorted(handled)) if handled else NO_ROWS
    if capacity.unit_ids and _has(model, "unit"):
        involved |= Q(unit_id__in=capacity.unit_ids)
    return involved


def _quiet(flow: Flow, row: Any, whose: str) -> TodoItem:
    return TodoItem(
        title=flow.title,
        who=row.todo_parts()[0],
        text=flow.states[row.state].label,
        url=row.get_absolute_url(),
        action="Xem",
        since=row.state_since,
        whose=getattr(row, "next_actor", "") or _actor_label(whose, row),
        quiet=True,
        key=(flow.model, row.pk),
    )


def _actor_label(whose: str, row: Any) -> str:
    """Who acts next, without conditions: "Văn phòng phụ trách TĐKT"; for the head of a unit the name of the unit."""
    if whose.startswith("người đứng đầu") and _has(type(row), "unit"):
        return str(row.unit)
    return upper_first(whose.partition(",")[0])


def _handled(user: User, capacity: UserCapacity, models: set[str]) -> dict[str, set[int]]:
    """{subject key: primary keys} of the objects on which the user acted last, from the audit log."""
    rows = AuditEntry.objects.filter(commune_id=capacity.commune_id, actor_id=user.pk, subject_type__in=models)
    touched: dict[str, set[int]] = defaultdict(set)
    for label, pk in rows.order_by("-seq").values_list("subject_type", "subject_id")[:MAX_HANDLED]:
        if pk is not None:
            touched[label].add(pk)
    return dict(touched)


def _has(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)
