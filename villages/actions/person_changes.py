"""Dated changes of a person: what all kinds share, and the one of post and group."""

from datetime import date
from typing import Any

from django.utils import timezone

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.actions.name_marks import refresh_marks
from villages.models import Person, PersonChange
from villages.rules.groups import group_fault


def change_post(
    *, by: User, person: Person, effective_on: date, post: str, group: str, note: str = "", idempotency_key: str = ""
) -> PersonChange:
    """The person has this post and group from that day; before it the ones recorded now. RuleBroken for a day after today,
    or not after the last change, an unknown group, and when nothing changes.
    """

    def make() -> PersonChange:
        with act("villages.change_post", person, by=by, about=person.full_name, from_day=effective_on) as locked:
            check_change_day(locked, PersonChange.POST, effective_on)
            change = new_change(
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
        refresh_marks(person)
        return change

    return create_once(idempotency_key, person.commune, PersonChange, make)


def correct_last_post(person: Person) -> None:
    """Stores a corrected post and group of the person with the last change of them too, if there is one; no save of the person."""
    last = last_change(person, PersonChange.POST)
    if last is not None and (last.post, last.group) != (person.post, person.group):
        last.post = person.post
        last.group = person.group
        last.save(update_fields=["post", "group", "updated_at"])


def restore_post(person: Person, change: PersonChange) -> None:
    """The person has the post and group of before the change."""
    earlier = changes_in_force(person, PersonChange.POST).exclude(pk=change.pk).first()
    person.post = change.old_post
    person.group = change.old_group
    person.post_since = earlier.effective_on if earlier else None
    person.save(update_fields=["post", "group", "post_since"])


def new_change(by: User, person: Person, kind: str, effective_on: date, note: str, **facts: Any) -> PersonChange:
    """A change of the person, not saved yet."""
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


def check_change_day(person: Person, kind: str, day: date) -> None:
    """RuleBroken for a day after today, or not after the last change of this kind."""
    if day > timezone.localdate():
        raise RuleBroken(
            f"Ngày {format_date(day)} chưa đến: từ ngày đó mới ghi được. Ghi sau ngày đó cũng được, hồ sơ, văn bản, số liệu "
            "vẫn tính từ ngày đã ghi.",
            "effective_on",
        )
    last = last_change(person, kind)
    if last is not None and day <= last.effective_on:
        message = f"Đã ghi thay đổi từ ngày {format_date(last.effective_on)}: ngày này phải sau đó, hoặc rút thay đổi đó trước."
        raise RuleBroken(message, "effective_on")


def last_change(person: Person, kind: str) -> PersonChange | None:
    """The last change of this kind that is in force, or None."""
    return changes_in_force(person, kind).first()


def changes_in_force(person: Person, kind: str) -> Any:
    """The changes of a kind that are in force, the latest first."""
    return PersonChange.objects.in_force().filter(person=person, kind=kind).order_by("-effective_on")
