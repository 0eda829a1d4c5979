"""Choosing the groups of all people of a unit at once."""

from collections.abc import Mapping

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.workflow.transitions import act
from villages.actions.people_table import NOT_IN_UNIT, EnteredValue, changed_by_other_fault, changed_values
from villages.actions.person_changes import correct_last_post
from villages.models import Person, Unit
from villages.rules.groups import group_fault, group_label


def set_groups(*, by: User, unit: Unit, entered: Mapping[int, EnteredValue]) -> int:
    """Saves the groups chosen for people of a unit (by person id), all or none; returns how many changed.

    What was decided and issued keeps the group it had. A row that the user did not change is skipped. TableRowsBroken for
    invalid rows and for rows that somebody else has changed since the page was shown; RuleBroken when nothing changed.
    """
    audit_entered: dict[str, str] = {}  # filled below; `act` writes it to the audit log at the end of the block
    with act("villages.set_groups", unit, by=by, about=str(unit), entered=audit_entered) as locked:
        rows = Person.objects.in_use().filter(commune_id=locked.commune_id, unit=locked).select_for_update(of=("self",))
        people = rows.in_bulk(list(entered))
        now = {pk: people[pk].group if pk in people else "" for pk in entered}
        changed = changed_values(entered, now, lambda pk, row: _row_fault(row, now[pk], pk in people))
        if not changed:
            raise RuleBroken("Chưa có nhóm nào mới để lưu.")
        for pk, group in changed.items():
            _store_group(people[pk], group)
        audit_entered.update({f"{people[pk].full_name} (#{pk})": group_label(group) for pk, group in changed.items()})
    return len(changed)


def _store_group(person: Person, group: str) -> None:
    person.group = group
    person.save(update_fields=["group"])
    if person.post_since:
        correct_last_post(person)


def _row_fault(row: EnteredValue, now: str, in_unit: bool) -> str:
    """Why a changed row cannot be saved, or ""; `now` is the recorded group."""
    if not in_unit:
        return NOT_IN_UNIT
    if now != row.seen:
        return changed_by_other_fault(group_label(now))
    return group_fault(row.value, now) or ""
