"""Actions on roles: give one, end one, hand one over; dated memberships and appointments, with word to the owner."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from emulation.accounts.models import User
from emulation.accounts.rules import is_protected
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import format_date
from emulation.core.registry import Registry
from emulation.notices.actions import send_account_notice
from emulation.workflow.transitions import act
from villages.actions.absences import end_absences_of_role
from villages.actions.heads import write_head
from villages.models import POSTS_OF_ROLES, Appointment, Person
from villages.queries.account_roles import (
    NEW_PERSON,
    RoleGrant,
    check_grant,
    held_before,
    person_choices,
    running_appointments,
)
from villages.queries.unit_work import work_to_finish
from villages.rules.accounts import last_day_fault

HandoverFollower = Callable[[Commune, date], int]
handover_followers: Registry[HandoverFollower] = Registry(
    "What follows a role that was handed over",
    "kind: a function (commune, day) -> how many rows of leavers now wait for who took their roles over",
)
SECOND_PERSON_NEEDED = "Việc này cần người thứ hai xác nhận: hãy gửi yêu cầu, không làm ngay được."


def notify_owner(user: User, commune: Commune, text: str, *, by: User | None) -> None:
    """Notifies the owner of an account what was done to it: a notification, and a mail if they have an address."""
    who = f"{by.full_name} làm" if by else "Người quản máy chủ làm"
    send_account_notice(user, commune, text, who=who)


def assign_role(*, by: User, commune: Commune, grant: RoleGrant, confirmed: bool = False) -> Membership:
    """Gives a role from a day on, or hands it over from `instead_of`, whose membership and appointment end the day before.

    `confirmed`: a second person confirmed it. NotAllowed for one's own account, and for a protected role without that;
    RuleBroken as in `check_grant`.
    """
    assert grant.user is not None
    if grant.user.pk == by.pk:
        raise NotAllowed("Không tự giao vai trò cho mình: hãy nhờ người khác có quyền.")
    if is_protected([grant.role]) and not confirmed:
        raise NotAllowed(SECOND_PERSON_NEEDED)
    name = "accounts.hand_over" if grant.instead_of else "accounts.give_role"
    facts: dict[str, Any] = {"account": grant.user.username, "role": grant.title, "from": grant.starts_on}
    if grant.instead_of:
        facts["instead_of"] = grant.instead_of.username
    with act(name, commune, by=by, about=f"Tài khoản {grant.user}", **facts) as locked:
        check_grant(locked, grant)
        if not grant.user.is_active:
            raise RuleBroken("Tài khoản này đang bị khóa: mở khóa trước rồi mới giao vai.")
        return write_grant(by=by, commune=locked, user=grant.user, grant=grant)


def write_grant(*, by: User, commune: Commune, user: User, grant: RoleGrant) -> Membership:
    """Writes the rows of a grant that was checked, in the caller's act; notifies who gains and who leaves the role."""
    post = ""
    if before := held_before(commune, grant):
        assert grant.instead_of
        post = _end_rows(grant.instead_of, before, grant.starts_on - timedelta(days=1))
        notify_owner(
            grant.instead_of,
            commune,
            f"Vai {grant.title} của bạn chuyển cho {grant.full_name} từ ngày {format_date(grant.starts_on)}.",
            by=by,
        )
    work = ""
    if grant.unit and grant.role in UNIT_HEAD_ROLES:
        work = work_to_finish(grant.unit.pk, grant.starts_on)
        membership = write_head(
            grant.unit, _person_of(user, grant, grant.unit.head_post), grant.starts_on, by=by, post=post
        )
    else:
        membership = _write_staff_role(by, commune, user, grant, post)
    notify_owner(
        user, commune, f"Bạn được giao vai {grant.title} từ ngày {format_date(grant.starts_on)}. {work}".strip(), by=by
    )
    if grant.instead_of and grant.starts_on <= timezone.localdate():  # for a later day the tick of that day does it
        for follow in handover_followers.values():
            follow(commune, timezone.localdate())
    return membership


def _write_staff_role(by: User, commune: Commune, user: User, grant: RoleGrant, post: str) -> Membership:
    """A role that heads no unit, the person of the account, who can then be a member of the council, and the appointment
    to the post of whom it is handed over from, if they had one."""
    if grant.unit:
        person = _person_of(user, grant, post or POSTS_OF_ROLES.get(grant.role, ""))
        if post:
            Appointment.objects.create(
                commune=commune, unit=grant.unit, person=person, post=post, starts_on=grant.starts_on
            )
    return Membership.objects.create(
        commune=commune,
        user_id=user.pk,
        role=grant.role,
        unit_id=grant.unit.pk if grant.unit else None,
        starts_on=grant.starts_on,
        given_by_id=by.pk,
        given_at=timezone.now(),
        handed_over_by_id=grant.instead_of.pk if grant.instead_of else None,
    )


def _person_of(user: User, grant: RoleGrant, post: str) -> Person:
    """The person to whom the account belongs: linked already, the chosen one, or a new one of the unit.

    The post is recorded of a new one if the role has begun; of a later day the role itself gives it (`Person.post_on`), so
    that nothing remains of a role that is taken back before.
    """
    assert grant.unit is not None
    if linked := Person.objects.filter(user=user).first():
        return linked
    choices = [value for value, _ in person_choices(grant)]
    if choices and grant.person not in choices:
        raise RuleBroken("Đã có người cùng tên: hãy chọn đúng người.", "person")
    if choices and grant.person != NEW_PERSON:
        person = Person.objects.get(pk=int(grant.person))
    else:
        person = Person(commune_id=grant.unit.commune_id, unit=grant.unit)
        person.post = post if grant.starts_on <= timezone.localdate() else ""
        person.put_name(grant.full_name)
    person.user = user
    person.save()
    return person


def _end_rows(user: User, membership: Membership, last_day: date) -> str:
    """Ends a membership with its appointment and absences; returns the post of the appointment, "" if there was none."""
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])
    post = ""
    for appointment in running_appointments(user, membership.unit_id, last_day):
        post = appointment.post
        if appointment.starts_on > last_day:
            appointment.delete()
        else:
            appointment.ends_on = last_day
            appointment.save(update_fields=["ends_on"])
    end_absences_of_role(user, membership, last_day)
    return post


def end_role(*, by: User, commune: Commune, user: User, membership: Membership, ends_on: date) -> None:
    """Ends a role of the user; one that has not begun is taken back. RuleBroken for an impossible day or the last administrator."""
    today = timezone.localdate()
    title = Role(membership.role).title
    with act(
        "accounts.end_role", commune, by=by, about=f"Tài khoản {user}", account=user.username, role=title, to=ends_on
    ) as locked:
        row = Membership.objects.filter(pk=membership.pk, commune=locked, user_id=user.pk, acts_for_id=None).first()
        if row is None or (row.ends_on and row.ends_on < today):
            raise RuleBroken("Vai này đã hết rồi. Hãy tải lại trang.")
        if row.starts_on > today:
            check_administrator_left(locked, user, today, membership=row)
            running_appointments(user, row.unit_id, row.starts_on).filter(starts_on=row.starts_on).delete()
            row.delete()
        else:
            if fault := last_day_fault(ends_on, row.starts_on, today):
                raise RuleBroken(fault, "ends_on")
            check_administrator_left(locked, user, ends_on + timedelta(days=1), membership=row)
            _end_rows(user, row, ends_on)
        notify_owner(user, locked, f"Vai {title} của bạn kết thúc, ngày cuối {format_date(ends_on)}.", by=by)


def check_administrator_left(commune: Commune, user: User, on: date, membership: Membership | None = None) -> None:
    """RuleBroken if the commune has no active administrator from that day on without this account or this membership."""
    if membership is not None and membership.role != Role.administrator:
        return
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        commune=commune,
        role=Role.administrator,
        starts_on__lte=on,
        acts_for_id=None,
    )
    if not rows.filter(user_id=user.pk).exists():
        return
    others = rows.exclude(user_id=user.pk).values_list("user_id", flat=True)
    if not User.objects.filter(pk__in=list(others), is_active=True).exists():
        raise RuleBroken(
            "Đây là quản trị hệ thống cuối cùng của xã: hãy giao vai Quản trị hệ thống cho người khác trước.", "ends_on"
        )


def raise_session_series(user: User) -> None:
    """Ends all sessions of the user."""
    User.objects.filter(pk=user.pk).update(session_series=F("session_series") + 1)
