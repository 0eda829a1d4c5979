"""act(): the context manager in which every action locks, checks, changes, saves and audits an object.

In this order: it opens a transaction; locks and reloads the row; refuses a stale form; checks the authorization; runs
the caller's block; changes the state; runs the follower of the model, if one is registered; saves only the changed fields,
with a new version; writes the audit entry with the changes.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone

from emulation.audit.log import record_entry
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.models import Commune
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.registry import Registry
from emulation.workflow.authorization import check_act
from emulation.workflow.models import WorkflowSubject
from emulation.workflow.workflow import Step, step_of

SubjectT = TypeVar("SubjectT", bound=models.Model)
change_followers: Registry[Callable[[Any, Mapping[str, Any]], None]] = Registry(
    "Change followers", "model: what follows from a change of a row by act(), before it is saved (row, values before)"
)
UNAUDITED_FIELDS = {"version", "updated_at", "state_since", "returned_content", "sent_edition", "live_key"}
STALE_FORM_MESSAGE = (
    "Từ lúc bạn mở trang, nội dung này đã được người khác thay đổi (hoặc do chính bạn, ở cửa sổ khác). Lần bấm này chưa "
    "làm gì; hãy mở lại trang, xem thay đổi rồi làm tiếp. Những gì bạn đã nhập vẫn còn."
)


@contextmanager
def act(
    name: str, subject: SubjectT, /, *, by: Any, seen: int | None = None, about: str = "", **facts: Any
) -> Iterator[SubjectT]:
    """Performs one step of a flow on `subject` and yields the locked row to change.

    `seen` is the version that the user's page showed (None: not checked). `facts` are stored in the audit entry, whose
    subject label is `about` or, by default, the subject's name.
    Raises NotAllowed if the user has no permission; RuleBroken if the state or a guard forbids it or the form is stale.
    """
    step = step_of(name)
    with transaction.atomic():
        locked = type(subject)._base_manager.select_for_update().get(pk=subject.pk)
        if seen is not None and isinstance(locked, WorkflowSubject) and locked.version != seen:
            raise RuleBroken(STALE_FORM_MESSAGE)
        answer = check_act(name, locked, by)
        if not answer:
            raise NotAllowed(answer.reason) if answer.denied_by == "permission" else RuleBroken(answer.reason)
        before = _values(locked)
        facts.update(_acting_facts(step, capacity_of(by), locked))
        yield locked
        if step.target:
            _set_state(locked, step.target)
        if follower := change_followers.get(locked._meta.label):
            follower(locked, before)
        changed = _save(locked, before)
        record_entry(
            commune_id=locked.pk if isinstance(locked, Commune) else locked.commune_id,  # type: ignore[attr-defined]
            actor=by,
            act=name,
            label=step.label,
            subject=locked,
            about=about,
            facts={**facts, **({"changed": changed} if changed else {})},
        )
    _copy_values(locked, subject)


def _acting_facts(step: Step, capacity: UserCapacity, subject: Any) -> dict[str, str]:
    """For the audit entry: the absent user for whom this one acts; {} for an act that their own roles allow."""
    if capacity.own is None or step.permission.allows(capacity.own, subject):
        return {}
    rows = (row for row in capacity.acting if step.permission.allows(row.capacity, subject))
    row = next(rows, capacity.acting[0])
    return {"acts_for": get_user_model().objects.get(pk=row.acts_for_id).full_name}


def _set_state(subject: Any, state: str) -> None:
    if subject.state != state:
        subject.state = state
        subject.state_since = timezone.now()


def _values(subject: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(subject, field.attname) for field in subject._meta.concrete_fields}


def _save(subject: models.Model, before: dict[str, Any]) -> dict[str, Any]:
    """Saves the changed fields; returns {column: [old value, new value]} for the audit entry, private values hidden."""
    changed = {name: value for name, value in _values(subject).items() if value != before[name]}
    if changed and isinstance(subject, WorkflowSubject):
        subject.version += 1
        subject.save(update_fields=[*changed, "version", "updated_at"])
    elif changed:
        subject.save(update_fields=[*changed])
    private: frozenset[str] = getattr(subject, "audit_private", frozenset())
    # By column and not by field: the column keeps its name when a field is renamed, and audit entries are never rewritten.
    columns = {field.attname: field.column or field.attname for field in subject._meta.concrete_fields}
    return {
        columns[name]: ["…", "…"] if name in private else [before[name], value]
        for name, value in changed.items()
        if name not in UNAUDITED_FIELDS
    }


def _copy_values(source: models.Model, target: models.Model) -> None:
    """Updates the caller's object with the stored values."""
    if source is not target:
        for name, value in _values(source).items():
            setattr(target, name, value)
