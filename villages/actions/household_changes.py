"""Dated changes of a household: head, members, end; each with a way back."""

from collections.abc import Callable
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
from villages.actions.household_heads import refuse_head
from villages.actions.households import check_household_name
from villages.actions.name_marks import refresh_marks
from villages.models import Household, HouseholdChange, Person, store_new_name


def change_head(*, by: User, household: Household, person: Person, **facts: Any) -> HouseholdChange:
    """The member heads the household from that day (`effective_on`, `note`, `idempotency_key`); name and form of address
    are theirs. RuleBroken for somebody who is no member, and a name that the village has.
    """

    def change(locked: Household, member: Person) -> dict[str, Any]:
        if member.household_id != locked.pk:
            raise RuleBroken("Chủ hộ mới phải là thành viên của hộ: ghi “Thêm thành viên” trước.", "person")
        if locked.head_id == member.pk:
            raise RuleBroken("Người này đang là chủ hộ.", "person")
        before = {name: getattr(locked, name) for name in ("head_id", "head_name", "nickname", "form_of_address")}
        locked.head = member
        locked.form_of_address = ""
        locked.put_name(member.full_name, member.nickname)
        check_household_name(locked)
        store_new_name(locked)
        return before

    return _record("villages.change_head", HouseholdChange.HEAD, by, household, person, change, **facts)


def join_household(*, by: User, household: Household, person: Person, **facts: Any) -> HouseholdChange:
    """The person of the village is a member from that day, and of no other household. RuleBroken for the head of another."""

    def change(locked: Household, member: Person) -> dict[str, Any]:
        if member.household_id == locked.pk:
            raise RuleBroken("Người này đã là thành viên của hộ.", "person")
        refuse_head(member, "person")
        return _put_into(member, locked)

    return _record("villages.join_household", HouseholdChange.JOINED, by, household, person, change, **facts)


def leave_household(*, by: User, household: Household, person: Person, **facts: Any) -> HouseholdChange:
    """The member belongs to no household from that day. RuleBroken for the head, and for somebody who is no member."""

    def change(locked: Household, member: Person) -> dict[str, Any]:
        if member.household_id != locked.pk:
            raise RuleBroken("Người này không phải thành viên của hộ.", "person")
        refuse_head(member, "person")
        return _put_into(member, None)

    return _record("villages.leave_household", HouseholdChange.LEFT, by, household, person, change, **facts)


def close_household(*, by: User, household: Household, **facts: Any) -> HouseholdChange:
    """The household ends on that day: not offered for new entries, its members belong to none. Awards and cases stay."""

    def change(locked: Household, member: Person | None) -> dict[str, Any]:
        members = Person.objects.filter(household=locked)
        before = {"members": list(members.order_by("pk").values_list("pk", flat=True))}
        members.update(household=None)
        locked.is_active = False
        return before

    return _record("villages.close_household", HouseholdChange.CLOSED, by, household, None, change, **facts)


def take_back_household_change(
    *, by: User, change: HouseholdChange, reason: str, seen: int | None = None
) -> HouseholdChange:
    """The household is as before the change. RuleBroken without a reason, while a later one is in force, and for a person
    who has moved or joined another household since.
    """
    with transaction.atomic():
        # The household before the change, as the other actions do.
        household = Household.objects.select_for_update(of=("self",)).get(pk=change.household_id)
        last = household.changes.in_force().order_by("-pk").first()
        with act("villages.take_back_household_change", change, by=by, seen=seen, about=str(change)) as locked:
            locked.end_reason = require_reason(reason, "Hãy ghi vì sao rút.")[:300]
            if last is None or last.pk != locked.pk:
                raise RuleBroken("Có thay đổi của hộ ghi sau thay đổi này: hãy rút thay đổi đó trước.")
            former = household.name_key
            members = set(Person.objects.filter(household=household).values_list("name_key", flat=True))
            _RESTORE[locked.kind](household, locked)
        refresh_marks(household, former, *members)
    return change


def _put_into(member: Person, household: Household | None) -> dict[str, Any]:
    before = {"household": member.household_id}
    member.household = household
    member.save(update_fields=["household"])
    return before


def _record(
    act_name: str,
    kind: str,
    by: User,
    household: Household,
    person: Person | None,
    change: Callable[..., dict[str, Any]],
    *,
    effective_on: date,
    note: str = "",
    idempotency_key: str = "",
) -> HouseholdChange:
    """Records a change of this kind; `change` writes it and returns what taking it back restores."""

    def make() -> HouseholdChange:
        name = person.full_name if person else ""
        with act(act_name, household, by=by, about=str(household), member=name, day=effective_on) as locked:
            _check_day(locked, effective_on)
            former = locked.name_key
            members = set(Person.objects.filter(household=locked).values_list("name_key", flat=True))
            before = change(locked, _member(locked, person) if person else None)
            recorded = HouseholdChange.objects.create(
                commune_id=locked.commune_id,
                household=locked,
                kind=kind,
                state=HouseholdChange.IN_FORCE,
                person=person,
                effective_on=effective_on,
                note=clean(note)[:300],
                entered_by=by,
                ended=before,
            )
        refresh_marks(household, former, *members)
        return recorded

    return create_once(idempotency_key, household.commune, HouseholdChange, make)


def _member(household: Household, person: Person) -> Person:
    """The person, locked; by a record that was merged only a member. RuleBroken for somebody who is not in the village of
    the household."""
    rows = Person.objects.select_for_update(of=("self",))
    found = rows.filter(pk=person.pk, unit_id=household.unit_id).first()
    if found is None or found.has_left or (found.is_merged and found.household_id != household.pk):
        raise RuleBroken("Hãy chọn một người đang ở thôn của hộ.", "person")
    return found


def _check_day(household: Household, day: date) -> None:
    not_future(day, "Ngày thay đổi", "effective_on")
    last = household.changes.in_force().order_by("-effective_on").first()
    if last is not None and day < last.effective_on:
        message = f"Đã ghi thay đổi của hộ từ ngày {format_date(last.effective_on)}: ngày này không được trước đó."
        raise RuleBroken(message, "effective_on")


def _restore_head(household: Household, change: HouseholdChange) -> None:
    household.head_id = change.ended["head_id"]
    household.form_of_address = change.ended["form_of_address"]
    household.put_name(change.ended["head_name"], change.ended["nickname"])
    household.save()
    store_new_name(household)


def _restore_member(household: Household, change: HouseholdChange) -> None:
    after = household.pk if change.kind == HouseholdChange.JOINED else None
    rows = Person.objects.filter(pk=change.person_id, unit_id=household.unit_id, household_id=after)
    if not rows.update(household_id=change.ended["household"]):
        raise RuleBroken("Sau đó người này đã chuyển đơn vị hoặc sang hộ khác: hãy sửa ở trang của người đó.")


def _restore_household(household: Household, change: HouseholdChange) -> None:
    household.is_active = True
    household.save(update_fields=["is_active"])
    members = Person.objects.filter(pk__in=change.ended["members"], unit_id=household.unit_id, household=None)
    members.update(household=household)


_RESTORE = {
    HouseholdChange.HEAD: _restore_head,
    HouseholdChange.JOINED: _restore_member,
    HouseholdChange.LEFT: _restore_member,
    HouseholdChange.CLOSED: _restore_household,
}
