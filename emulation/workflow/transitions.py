"""How anything is done: act() does what everybody would forget one day.

In this order: a transaction; the row locked and read afresh; the stale form refused; the gate; the caller's own
work; the state moved; only what changed saved, with a new version; the audit entry, with what changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from emulation.audit.log import record_entry
from emulation.communes.models import Commune
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.workflow.authorization import check_act
from emulation.workflow.models import WorkflowSubject
from emulation.workflow.workflow import step_of

SubjectT = TypeVar("SubjectT", bound=models.Model)
UNAUDITED_FIELDS = {"version", "updated_at", "state_since"}
STALE_FORM_MESSAGE = (
    "Từ lúc bạn mở trang, nội dung này đã được người khác thay đổi (hoặc do chính bạn, ở cửa sổ khác). Lần bấm này chưa "
    "làm gì; hãy mở lại trang, xem thay đổi rồi làm tiếp. Những gì bạn đã nhập vẫn còn."
)


@contextmanager
def act(
    name: str, subject: SubjectT, /, *, by: Any, seen: int | None = None, about: str = "", **facts: Any
) -> Iterator[SubjectT]:
    """Takes one step of a flow with `subject` and yields the locked row to work on.

    `seen` is the version that the person had before him (None: not asked). `facts` go into the audit entry,
    under the subject's name or what `about` says.
    Raises NotAllowed when the person may not, RuleBroken when the state, a guard or a stale form forbids.
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
        yield locked
        if step.target:
            _set_state(locked, step.target)
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


def _set_state(subject: Any, state: str) -> None:
    if subject.state != state:
        subject.state, subject.state_since = state, timezone.now()


def _values(subject: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(subject, field.attname) for field in subject._meta.concrete_fields}


def _save(subject: models.Model, before: dict[str, Any]) -> dict[str, Any]:
    now = _values(subject)
    changed = {name: value for name, value in now.items() if value != before[name]}
    if changed and isinstance(subject, WorkflowSubject):
        subject.version += 1
        subject.save(update_fields=[*changed, "version", "updated_at"])
    elif changed:
        subject.save(update_fields=[*changed])
    private: frozenset[str] = getattr(subject, "audit_private", frozenset())
    # By column, which keeps its name when the field is renamed: audit entries are never rewritten.
    columns = {field.attname: field.column or field.attname for field in subject._meta.concrete_fields}
    return {
        columns[name]: ["…", "…"] if name in private else [before[name], value]
        for name, value in changed.items()
        if name not in UNAUDITED_FIELDS
    }


def _copy_values(source: models.Model, target: models.Model) -> None:
    """The caller's object shows what the database now holds."""
    if source is not target:
        for name, value in _values(source).items():
            setattr(target, name, value)
