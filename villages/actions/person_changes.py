"""Dated changes of a person: recorded, and taken back when they were recorded by mistake."""

from datetime import date
from typing import Any

from django.db import transaction

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import not_future, require_reason
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.models import Person, PersonChange
from villages.rules.groups import group_fault

LATER_FIRST = "Có thay đổi ghi sau thay đổi này: hãy rút thay đổi đó trước."


def change_post(
    *, by: User, person: Person, effective_on: date, post: str, group: str, note: str = "", idempotency_key: str = ""
) -> PersonChange:
    """The person has this post and group from that day; before it the ones recorded now. RuleBroken for a day after today,
    or not after the last change, an unknown group, and when nothing changes.
    """

    def make() -> PersonChange:
        with act("villages.change_post", person, by=by, about=person.full_name, from_day=effective_on) as locked:
            _check_day(locked, PersonChange.POST, effective_on)
            change = _new_change(
                by, locked, PersonChange.POST, effective_on, note, old_post=locked.post, old_group=locked.group
            )
            change.post = clean(post)[:120]
            change.group = group
            if fault := group_fault(group, locked.group):
                raise RuleBroken(fault, "group")
            if (change.post, change.group) == (locked.post, locked.group):
                raise RuleBroken("Chức vụ và nhóm đều như đang ghi.", "post")
            change.save()
            locked.post = change.post
            locked.group = change.group
            locked.post_since = effective_on
        return change

    return create_once(idempotency_key, person.commune, PersonChange, make)


def correct_last_post(person: Person) -> None:
    """Stores a corrected post and group of the person with the last change of them too, if there is one; no save of the person."""
    last = _last(person, PersonChange.POST)
    if last is not None and (last.post, last.group) != (person.post, person.group):
        last.post = person.post
        last.group = person.group
        last.save(update_fields=["post", "group", "updated_at"])


def take_back_person_change(*, by: User, change: PersonChange, reason: str, seen: int | None = None) -> PersonChange:
    """Takes a change back that was recorded by mistake: the person is as before it. RuleBroken without a reason, and while
    a later change of the same kind is in force.
    """
    with transaction.atomic():
        # The person before the change, as the other actions do.
        person = Person.objects.select_for_update().get(pk=change.person_id)
        last = _last(person, change.kind)
        with act("villages.take_back_person_change", change, by=by, seen=seen, about=str(change)) as locked:
            locked.end_reason = require_reason(reason, "Hãy ghi vì sao rút.")[:300]
            if last is None or last.pk != locked.pk:
                raise RuleBroken(LATER_FIRST)
            _restore_post(person, locked)
    return change


def _restore_post(person: Person, change: PersonChange) -> None:
    earlier = _changes(person, PersonChange.POST).exclude(pk=change.pk).first()
    person.post = change.old_post
    person.group = change.old_group
    person.post_since = earlier.effective_on if earlier else None
    person.save(update_fields=["post", "group", "post_since"])


def _new_change(by: User, person: Person, kind: str, effective_on: date, note: str, **facts: Any) -> PersonChange:
    return PersonChange(
        commune_id=person.commune_id,
        person=person,
        kind=kind,
        state=PersonChange.IN_FORCE,
        effective_on=effective_on,
        note=clean(note)[:300],
        entered_by=by,
        **facts,
    )


def _check_day(person: Person, kind: str, day: date) -> None:
    not_future(day, "Ngày thay đổi", "effective_on")
    last = _last(person, kind)
    if last is not None and day <= last.effective_on:
        message = f"Đã ghi thay đổi từ ngày {format_date(last.effective_on)}: ngày này phải sau đó, hoặc rút thay đổi đó trước."
        raise RuleBroken(message, "effective_on")


def _last(person: Person, kind: str) -> PersonChange | None:
    return _changes(person, kind).first()


def _changes(person: Person, kind: str) -> Any:
    """The changes of a kind that are in force, the latest first."""
    return PersonChange.objects.in_force().filter(person=person, kind=kind).order_by("-effective_on")
