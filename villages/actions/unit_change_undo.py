"""Undoing a change of units that was carried out by mistake: everything is as before it, unless something rests on it."""

from collections.abc import Iterator
from itertools import chain

from django.db import transaction
from django.db.models import ManyToOneRel
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.validation import require_reason
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.actions.name_marks import store_all_name_marks
from villages.actions.unit_change_values import (
    Values,
    changed_since,
    groups_of,
    restore_values,
    tables,
)
from villages.models import Unit, UnitChange, UnitChangePart, UnitName, UnitTransfer
from villages.queries.people import head_ids_of_units
from villages.queries.role_conflicts import role_fault
from villages.queries.unit_change_page import CARRIED_LABELS
from villages.queries.unit_changes import later_change_of, planned_change_of

FURTHER = "Không hủy được nữa; ghi một thay đổi mới theo văn bản (ví dụ chia tách)."
OTHER_ROWS = "dòng khác (tên, vai trò, phân công)"


def undo_change(*, by: User, change: UnitChange, reason: str) -> None:
    """Restores what the change replaced; the row, the reason, its units and who moved stay on record.

    A unit that it opened is in force on no day. RuleBroken with everything that happened since and rests on it.
    """
    reason = require_reason(reason)
    today = timezone.localdate()
    with transaction.atomic():
        Commune.objects.select_for_update().get(pk=change.commune_id)
        with act("villages.undo_change", change, by=by, reason=reason) as locked:
            if found := what_rests_on(locked):
                raise RuleBroken(" ".join([*found, FURTHER]))
            assert locked.replaced is not None  # the guard of the step
            opened = opened_units(locked)
            notified = set(head_ids_of_units(opened, today))
            restore_values(locked.replaced, locked.effective_on, today)
            Unit.objects.filter(pk__in=[unit.pk for unit in opened]).update(dissolved_on=locked.effective_on)
            store_all_name_marks(change.commune_id)
            locked.return_notes = {"Lý do hủy": reason}
        notified |= set(head_ids_of_units(_units(change), today))
    notify_users(
        commune_id=change.commune_id,
        users=notified,
        text=f"Đã hủy, trở lại như cũ: {change}. Lý do: {reason}",
        link=change.get_absolute_url(),
        key=f"unit_change:{change.pk}:{change.state}",
    )


def _units(change: UnitChange) -> list[Unit]:
    return list(Unit.objects.filter(changes__change=change).distinct())


def opened_units(change: UnitChange) -> list[Unit]:
    """The units that the change opened."""
    parts = change.parts.filter(side=UnitChangePart.NEW, unit__founded_on=change.effective_on).select_related("unit")
    return [part.unit for part in parts if part.unit_id != change.plan.get("into")]


def what_rests_on(change: UnitChange) -> list[str]:
    """What happened since a change carried out and rests on it, as sentences; []: it can be undone."""
    replaced = change.replaced
    if replaced is None:
        return []
    return [
        *_later_changes(change),
        *_changed_rows(replaced),
        *_new_rows(change, replaced),
        *_heads(change.commune_id, replaced),
    ]


def _later_changes(change: UnitChange) -> Iterator[str]:
    units = [unit.pk for unit in _units(change)]
    later = later_change_of(units, change.effective_on, besides=change.pk) or planned_change_of(units)
    if later:
        yield f"Sau đó đã có “{later}” (từ ngày {format_date(later.effective_on)})."


def _changed_rows(replaced: Values) -> Iterator[str]:
    counted: dict[str, int] = {}
    for name, number in changed_since(replaced).items():
        label = CARRIED_LABELS.get(name, OTHER_ROWS)
        counted[label] = counted.get(label, 0) + number
    if counted:
        yield f"Từ đó đã thay đổi: {', '.join(f'{number} {label}' for label, number in counted.items())}."


def _new_rows(change: UnitChange, replaced: Values) -> Iterator[str]:
    """Of each unit that the change opened: rows that refer to it and that the change itself did not write."""
    for unit in opened_units(change):
        number = _rows_about(unit) - _rows_written(replaced, unit)
        if number > 0:
            yield f"{unit.name} từ đó đã có {number} việc, người hoặc dòng mới."


def _rows_about(unit: Unit) -> int:
    """Rows of any table with this unit, without those that only describe the change."""
    own = (UnitName, UnitTransfer, UnitChangePart)
    fields = unit._meta.get_fields(include_hidden=True)
    links = [one for one in fields if isinstance(one, ManyToOneRel) and one.related_model not in own]
    found = sum(link.related_model._base_manager.filter(**{link.field.name: unit}).count() for link in links)
    return int(found) + Membership.objects.filter(commune_id=unit.commune_id, unit_id=unit.pk).count()


def _rows_written(replaced: Values, unit: Unit) -> int:
    changed = [group for _, group in groups_of(replaced, "changed")]
    moved = [group for group in changed if unit.pk in (group["after"].get("unit_id"), group["after"].get("parent_id"))]
    created = 0
    for name, group in groups_of(replaced, "created"):
        if name not in ("names", "successions"):
            created += tables()[name][0]._base_manager.filter(pk__in=group["keys"], unit_id=unit.pk).count()
    return created + sum(len(group["keys"]) for group in moved)


def _heads(commune_id: int, replaced: Values) -> Iterator[str]:
    """Heads of before who have a role since with which nobody heads a unit."""
    ended = [group["keys"] for name, group in groups_of(replaced, "changed") if name == "memberships"]
    keys = list(chain(*ended))
    rows = Membership.objects.filter(pk__in=keys, role__in=UNIT_HEAD_ROLES)
    for user in User.objects.filter(pk__in=rows.values("user_id")):
        fault = role_fault(user, commune_id, Role.village_head, timezone.localdate())
        if fault:
            yield fault
