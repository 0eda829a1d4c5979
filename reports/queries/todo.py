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
from emulation.acts.flow import Flow, Step, flows
from emulation.acts.who import NONE
from emulation.audit.models import Entry
from emulation.communes.standing import Standing, standing_of
from emulation.communes.subjects import model_of
from emulation.core.words import lower_first

A_STEP = 25  # shown of one step; the rest is counted
OTHERS = 20
HANDLED = 500  # latest things that a person touched
SOON_DAYS = 3
NOT_FOLLOWED = {"documents", "communes", "accounts"}


@dataclass(frozen=True)
class Task:
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
class Waiting:
    """The tasks shown, most urgent first, and how many there are in all."""

    tasks: list[Task]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.tasks)


def mine(user: User, on: date) -> Waiting:
    """What waits for this person: each thing once, the step that comes first in its flow."""
    standing = standing_of(user)
    tasks, seen, total = [], set(), 0
    for flow, step in _waiting_steps():
        rows = _of_step(flow, step, standing)
        if rows is None:
            continue
        found = list(_light(rows.order_by("state_since", "pk"))[: A_STEP + 1])
        fresh = [row for row in found if (flow.model, row.pk) not in seen]
        total += len(fresh) if len(found) <= A_STEP else rows.count() - (len(found) - len(fresh))
        seen.update((flow.model, row.pk) for row in found)
        tasks += [_task(flow, step, row, on) for row in fresh[:A_STEP]]
    owed = _owed(standing, on)
    return Waiting(sorted([*tasks, *owed], key=_urgency), total + len(owed))


def elsewhere(user: User, mine_keys: set[tuple[str, int]]) -> Waiting:
    """What this person (or his unit) has set going and now waits for somebody else."""
    standing = standing_of(user)
    turns: dict[str, dict[str, str]] = defaultdict(dict)
    by_model: dict[str, Flow] = {}
    waits: dict[str, Q] = defaultdict(Q)
    for flow, step in _waiting_steps():
        by_model[flow.model] = flow
        waits[flow.model] |= _open(step)
        for state in step.frm:
            turns[flow.model].setdefault(state, step.who.label)
    handled = _handled(user, standing, set(by_model))
    found: list[Task] = []
    total = 0
    for label, flow in by_model.items():
        model = model_of(label)
        touched = Q(pk__in=handled[label]) if label in handled else NONE
        if standing.unit_ids and _has(model, "unit"):
            touched |= Q(unit_id__in=standing.unit_ids)
        if touched is NONE:
            continue
        mine_here = [pk for name, pk in mine_keys if name == label]
        rows = model.objects.visible_to(user).filter(touched, waits[label]).exclude(pk__in=mine_here)
        page = list(_light(rows.order_by("-state_since", "-pk"))[: OTHERS + 1])
        total += len(page) if len(page) <= OTHERS else rows.count()
        found += [_quiet(flow, row, turns[label][row.state]) for row in page[:OTHERS]]
    found.sort(key=lambda task: task.since.timestamp() if task.since else 0, reverse=True)
    return Waiting(found[:OTHERS], total)


def _waiting_steps() -> list[tuple[Flow, Step]]:
    return [(flow, step) for flow in flows() if flow.states for step in flow.steps if step.todo]


def _of_step(flow: Flow, step: Step, standing: Standing) -> QuerySet[Any] | None:
    if standing.commune_id is None or not standing.roles:
        return None
    mine = step.who.rows(standing)
    if mine is NONE:
        return None
    rows: QuerySet[Any] = model_of(flow.model).objects.filter(mine, _open(step), commune_id=standing.commune_id)
    return rows


def _open(step: Step) -> Q:
    """The rows for which the step is to be taken, by whomever."""
    return Q(state__in=step.frm) & step.waits if step.waits is not None else Q(state__in=step.frm)


def _light(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what the line names, without the long texts of papers."""
    if hasattr(rows, "for_lists"):
        return rows.for_lists()
    names = [
        field.name
        for field in rows.model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.app_label not in NOT_FOLLOWED
    ]
    names += [f"{name}__session" for name in names if name == "presentation"]
    return rows.select_related(*names) if names else rows


def _task(flow: Flow, step: Step, row: Any, on: date) -> Task:
    due = row.due_on()
    return Task(
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


def _quiet(flow: Flow, row: Any, whose: str) -> Task:
    return Task(
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


def _owed(standing: Standing, on: date) -> list[Task]:
    """Periods for which the person's units have not even begun an answer."""
    if not standing.unit_ids or standing.commune_id is None:
        return []
    return [
        Task(
            title=f"Gửi điển hình {lower_first(str(asked.period))}",
            text=f"{asked.unit.name}: ghi một người, hộ gia đình hoặc tập thể có việc làm tốt, hoặc báo “không có”.",
            url=reverse("campaigns:month"),
            action="Ghi điển hình",
            due=asked.period.due_on,
            late=asked.period.due_on < on,
            soon=0 <= (asked.period.due_on - on).days <= SOON_DAYS,
        )
        for asked in unanswered_periods(standing.unit_ids, standing.commune_id, on)
        if not asked.drafts
    ]


def _handled(user: User, standing: Standing, models: set[str]) -> dict[str, list[int]]:
    rows = Entry.objects.filter(commune_id=standing.commune_id, actor_id=user.pk, subject_type__in=models)
    touched: dict[str, set[int]] = defaultdict(set)
    for label, pk in rows.order_by("-seq").values_list("subject_type", "subject_id")[:HANDLED]:
        if pk is not None:
            touched[label].add(pk)
    return {label: sorted(ids) for label, ids in touched.items()}


def _has(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _urgency(task: Task) -> tuple[Any, ...]:
    return (not task.late, task.due or date.max, task.since.timestamp() if task.since else 0)
