"""Actions on absences: of unit heads and of holders of other roles; the deputy has the role on those days, and only then."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import format_date, lower_first
from emulation.core.text import clean
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.models import Absence, Unit
from villages.queries.absences import role_absence_faults
from villages.queries.people import unit_head_ids
from villages.queries.role_conflicts import head_fault
from villages.rules.absences import HOW_TO_CHANGE, days_fault, recorder_fault


def record_absence(
    *, by: User, unit: Unit, head: User, starts_on: date, ends_on: date, deputy: User | None = None, note: str = ""
) -> Absence:
    """Records that the head of a unit is away; the deputy, if any, gets the head's role in the unit for those days.

    RuleBroken for impossible or overlapping days, or for a user who may not be the deputy.
    """
    _check_days(starts_on, ends_on)
    if deputy:
        _check_deputy(deputy, head, unit, starts_on, ends_on)
    facts: dict[str, Any] = {"head": head.username, "from": starts_on, "to": ends_on}
    with act("villages.record_absence", unit, by=by, **facts, deputy=deputy.username if deputy else "") as locked:
        if head.pk not in unit_head_ids(locked, max(starts_on, timezone.localdate())):
            raise RuleBroken("Người này không đứng đầu đơn vị vào ngày đó.", field="head")
        overlap = Q(starts_on__lte=ends_on, ends_on__gte=starts_on)
        if Absence.objects.filter(overlap, unit=locked, head=head).exists():
            raise RuleBroken(f"Đã báo vắng những ngày này rồi. {HOW_TO_CHANGE}", field="starts_on")
        absence = Absence.objects.create(
            commune_id=locked.commune_id,
            unit=locked,
            head=head,
            deputy=deputy,
            starts_on=starts_on,
            ends_on=ends_on,
            note=clean(note),
        )
        if deputy:
            _grant_deputy_role(absence, by)
    return absence


def _check_days(starts_on: date, ends_on: date) -> None:
    if fault := days_fault(starts_on, ends_on, timezone.localdate()):
        raise RuleBroken(fault, field="ends_on")


def _check_deputy(deputy: User, head: User, unit: Unit, starts_on: date, ends_on: date) -> None:
    if deputy.pk == head.pk:
        raise RuleBroken("Người làm thay phải là người khác.", field="deputy")
    if capacity_of(deputy).commune_id != unit.commune_id:
        raise RuleBroken(f"{deputy.full_name} không giữ vai nào ở xã này.", field="deputy")
    if fault := head_fault(deputy.full_name, deputy, unit.commune_id, starts_on, ends_on):
        raise RuleBroken(fault, field="deputy")


def record_role_absence(
    *,
    by: User,
    commune: Commune,
    role: Role,
    holder: User,
    starts_on: date,
    ends_on: date,
    deputy: User | None = None,
    note: str = "",
) -> Absence:
    """Records that the holder of a role that heads no unit is away; the deputy, if any, has the role on those days.

    NotAllowed for the absence of somebody else, except by the office; RuleBroken for impossible or overlapping days, or a
    deputy who cannot be one, or one named by whom may not.
    """
    _check_days(starts_on, ends_on)
    facts: dict[str, Any] = {"role": role.title, "holder": holder.username, "from": starts_on, "to": ends_on}
    facts |= {"deputy": deputy.username if deputy else "", "about": f"{holder.full_name} vắng"}
    with act("villages.record_role_absence", commune, by=by, **facts) as locked:
        if holder.pk != by.pk and not capacity_of(by).has(Role.office):
            raise NotAllowed("Vắng của người khác thì Văn phòng ghi.")
        is_deputy = deputy is not None and deputy.pk == by.pk
        with_deputy = deputy is not None
        if fault := recorder_fault(role, is_holder=holder.pk == by.pk, is_deputy=is_deputy, with_deputy=with_deputy):
            raise RuleBroken(fault, field="deputy")
        absence = Absence(
            commune=locked,
            role=role,
            head=holder,
            deputy=deputy,
            starts_on=starts_on,
            ends_on=ends_on,
            note=clean(note),
        )
        RuleBroken.raise_all(role_absence_faults(absence, timezone.localdate()))
        absence.save()
        if deputy:
            _grant_deputy_role(absence, by)
        _notify_absence(absence, by)
    return absence


def _grant_deputy_role(absence: Absence, by: User) -> None:
    """Gives the deputy the role of the absent user for the days of the absence, and notifies them."""
    assert absence.deputy_id
    own = Membership.objects.filter(commune_id=absence.commune_id, user_id=absence.head_id).order_by("-starts_on")
    if absence.unit_id:
        row = own.filter(unit_id=absence.unit_id, role__in=UNIT_HEAD_ROLES)[0]
    else:
        row = own.filter(role=absence.role, acts_for_id=None, starts_on__lte=absence.starts_on)[0]
    Membership.objects.update_or_create(
        commune_id=absence.commune_id,
        user_id=absence.deputy_id,
        role=row.role,
        unit_id=row.unit_id,
        starts_on=absence.starts_on,
        defaults={
            "ends_on": absence.ends_on,
            "acts_for_id": absence.head_id,
            "given_by_id": by.pk,
            "given_at": timezone.now(),
        },
    )
    whom = f"người đứng đầu {absence.unit.name}" if absence.unit else f"{absence.post} {absence.head.full_name}"
    notify_users(
        commune_id=absence.commune_id,
        users=[absence.deputy_id],
        text=f"Bạn làm thay {whom} {absence.days}.",
        link=reverse("reports:todo"),
        key=f"absence:{absence.pk}",
    )


def _notify_absence(absence: Absence, by: User) -> None:
    """Notifies everybody concerned except the deputy, who has a notification of their own."""
    deputy = f"{absence.deputy.full_name} làm thay" if absence.deputy else "chưa có người làm thay"
    notify_users(
        commune_id=absence.commune_id,
        users=_users_concerned(absence) - {by.pk, absence.deputy_id or 0},
        text=f"{absence.post} {absence.head.full_name} vắng {absence.days}; {deputy}. {by.full_name} ghi.",
        link=absence.get_absolute_url(),
        key=f"absence:{absence.pk}:recorded",
    )


def _users_concerned(absence: Absence) -> set[int]:
    """The absent user and, of the chair's absence, the office, the clerk and the vice chair."""
    users = {absence.head_id}
    if absence.role == Role.chair:
        roles = (Role.office, Role.clerk, Role.vice_chair)
        users |= {*role_holder_ids(absence.commune_id, *roles, on=timezone.localdate())}
    return users


def deputy_memberships(absence: Absence) -> QuerySet[Membership]:
    """The role that the deputy has for these days; empty without a deputy."""
    rows = Membership.objects.filter(
        commune_id=absence.commune_id, user_id=absence.deputy_id or 0, starts_on=absence.starts_on
    )
    if absence.unit_id:
        return rows.filter(unit_id=absence.unit_id, role__in=UNIT_HEAD_ROLES)
    return rows.filter(role=absence.role, acts_for_id=absence.head_id)


def end_absence(*, by: User, absence: Absence) -> None:
    """Ends an absence yesterday, and the deputy's role with it, because the absent user is back; one of today is deleted.

    RuleBroken when it has not begun or is over.
    """
    yesterday = timezone.localdate() - timedelta(days=1)
    with act("villages.end_absence", absence, by=by) as locked:
        _end_on(locked, yesterday)
        if locked.deputy_id:
            notify_users(
                commune_id=locked.commune_id,
                users={locked.deputy_id, locked.head_id} - {by.pk},
                text=f"{locked.head.full_name} đã về: từ hôm nay thôi làm thay {lower_first(locked.post)}.",
                link=reverse("reports:todo"),
                key=f"absence:{absence.pk}:ended:{format_date(yesterday)}",
            )


def cancel_absence(*, by: User, absence: Absence) -> None:
    """Deletes an absence that has not begun, and the deputy's role of those days; the audit entry keeps its facts.

    Notifies the deputy and the others concerned. RuleBroken when it has begun.
    """
    facts: dict[str, Any] = {"head": absence.head.username, "from": absence.starts_on, "to": absence.ends_on}
    deputy = absence.deputy.username if absence.deputy else ""
    with act("villages.cancel_absence", absence, by=by, **facts, deputy=deputy) as locked:
        deputy_memberships(locked).delete()
        Absence.objects.filter(pk=locked.pk).delete()
        notify_users(
            commune_id=locked.commune_id,
            users=(_users_concerned(locked) | {locked.deputy_id or 0}) - {by.pk, 0},
            text=f"Đã hủy báo vắng: {locked.post} {locked.head.full_name} không vắng {locked.days}; không ai làm thay.",
            link=reverse("reports:todo"),
            key=f"absence:{absence.pk}:cancelled",
        )


def end_absences_of_role(user: User, membership: Membership, last_day: date) -> None:
    """Ends the absences of a user in a role that ends on that day, and those in which they act for somebody by it."""
    rows = Absence.objects.filter(commune_id=membership.commune_id, ends_on__gt=last_day)
    role = Role(membership.role)
    if role in UNIT_HEAD_ROLES:
        found = rows.filter(head=user, unit_id=membership.unit_id)
    else:
        acting = Q(deputy=user, role=Role.chair) if role == Role.vice_chair else Q(pk__in=[])
        found = rows.filter(Q(head=user, role=role) | acting)
    for absence in found:
        _end_on(absence, last_day)


def _end_on(absence: Absence, last_day: date) -> None:
    deputy = deputy_memberships(absence)
    if absence.starts_on > last_day:
        deputy.delete()
        Absence.objects.filter(pk=absence.pk).delete()  # the caller still writes its audit entry
        return
    deputy.update(ends_on=last_day)
    absence.ends_on = last_day
    absence.save(update_fields=["ends_on"])
