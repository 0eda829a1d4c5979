"""Actions on the head of a unit: elected or appointed, or an acting head until a day. No other module writes this role."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.notices.actions import notify_each_user
from emulation.workflow.transitions import act
from villages.models import Appointment, Person, Unit
from villages.queries.acting_heads import acting_head_months
from villages.queries.people import unit_head_ids
from villages.queries.role_conflicts import head_fault
from villages.queries.unit_work import work_to_finish
from villages.rules.accounts import HEAD_ROLES
from villages.rules.unit_changes import acting_fault, last_acting_day

ONE_DAY = timedelta(days=1)
LEAVER = "Việc đang dở ở lại đơn vị, người mới làm tiếp."


@transaction.atomic
def set_unit_head(
    *, by: User, unit: Unit, person: Person, starts_on: date, acting_until: date | None = None, paper: str = ""
) -> None:
    """The person heads the unit from that day; those before do so until the day before. `acting_until`: an acting head.

    RuleBroken for somebody who checks units, a day before today, or more than the law's months as acting head of the
    unit, earlier days of the same person counted (NĐ 185/2026/NĐ-CP Điều 4).
    """
    facts: dict[str, Any] = {
        "account": person.user.username if person.user else "",
        "head": person.full_name,
        "day": starts_on,
        "to": acting_until,
        "paper": paper,
    }
    with act("villages.set_unit_head", unit, by=by, **facts) as locked:
        if starts_on < timezone.localdate():
            raise RuleBroken("Chỉ cử từ hôm nay trở đi: những ngày trước người cũ đã làm việc.", field="starts_on")
        if locked.dissolved_on and locked.dissolved_on <= starts_on:
            raise RuleBroken("Đơn vị đã kết thúc vào ngày đó.", field="starts_on")
        if person.commune_id != locked.commune_id:
            raise RuleBroken(f"{person.full_name} không thuộc xã này.", field="head")
        if fault := head_fault(person.full_name, person.user, locked.commune_id, starts_on, acting_until):
            raise RuleBroken(fault, field="head")
        if acting_until is not None:
            _check_acting(locked, person, starts_on, acting_until)
        before = set(unit_head_ids(locked, starts_on))
        set_head(locked, person, starts_on, acting_until=acting_until, by=by)
    _notify_heads(unit, person, starts_on, acting_until, before)


def _notify_heads(unit: Unit, person: Person, starts_on: date, acting_until: date | None, before: set[int]) -> None:
    """Notifies the new head, with the work to finish, and the other heads of `before` (user ids).

    Once for an appointment: when it is corrected on the same day, all whom that concerns are notified again.
    """
    heads = "phụ trách" if acting_until else "đứng đầu"
    days = f"từ {format_date(starts_on)}" + (f" đến hết ngày {format_date(acting_until)}" if acting_until else "")
    texts = dict.fromkeys(before, f"{person.full_name} {heads} {unit.name} thay bạn {days}. {LEAVER}")
    if person.user_id:
        texts[person.user_id] = f"Bạn {heads} {unit.name} {days}. {work_to_finish(unit.pk, starts_on)}".strip()
    link = reverse("reports:todo")
    last = Appointment.objects.filter(unit=unit, person=person).order_by("-pk").values_list("pk", flat=True).first()
    notify_each_user(
        commune_id=unit.commune_id,
        messages={user_id: (text, link) for user_id, text in texts.items()},
        key=f"head:{last}",
    )


def _check_acting(unit: Unit, person: Person, starts_on: date, until: date) -> None:
    months = acting_head_months(unit.commune_id, starts_on)
    if fault := acting_fault(starts_on, until, months):
        raise RuleBroken(fault, field="acting_until")
    earlier = Appointment.objects.filter(unit=unit, person=person, acting=True, starts_on__lt=starts_on)
    first = earlier.order_by("starts_on").first()
    if first is not None and until > last_acting_day(first.starts_on, months):
        raise RuleBroken(
            f"{person.full_name} đã phụ trách {unit.name} từ ngày {format_date(first.starts_on)}: không quá hạn chung "
            f"đến hết ngày {format_date(last_acting_day(first.starts_on, months))}.",
            field="acting_until",
        )


def end_rows(rows: Any, day: date) -> int:
    """Ends dated rows the day before; those that would begin later never do and are deleted. Returns how many."""
    open_rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=day))
    deleted, _ = open_rows.filter(starts_on__gte=day).delete()
    return deleted + open_rows.update(ends_on=day - ONE_DAY)


def end_heads(unit: Unit, day: date) -> int:
    """The heads of the unit, and those who act for them, are so until the day before. Returns how many roles ended."""
    end_rows(Appointment.objects.filter(unit=unit), day)
    memberships = Membership.objects.filter(commune_id=unit.commune_id, unit_id=unit.pk, role__in=UNIT_HEAD_ROLES)
    return end_rows(memberships, day)


def set_head(
    unit: Unit, person: Person, day: date, *, acting_until: date | None = None, by: User | None = None
) -> None:
    """The person, who passed `head_fault`, heads the unit from that day instead of those before; called in a transaction.

    An acting head only until `acting_until`. `by`: who gave the role; None for what a change of units carries out.
    """
    if acting_until is None and unit_head_ids(unit, day) == [person.user_id] and not _is_acting(unit, person, day):
        return
    end_heads(unit, day)
    write_head(unit, person, day, acting_until=acting_until, by=by)


def write_head(
    unit: Unit, person: Person, day: date, *, acting_until: date | None = None, by: User | None, post: str = ""
) -> Membership:
    """Writes the role of a head and the appointment; those who head the unit already keep theirs. Called in a transaction."""
    default = f"Phụ trách {unit.name}" if acting_until else unit.head_title
    Appointment.objects.create(
        commune_id=unit.commune_id,
        unit=unit,
        person=person,
        post=post or default,
        acting=acting_until is not None,
        starts_on=day,
        ends_on=acting_until,
    )
    given: dict[str, Any] = {"given_by_id": by.pk, "given_at": timezone.now()} if by else {}
    return Membership.objects.create(
        commune_id=unit.commune_id,
        user_id=person.user_id,
        role=HEAD_ROLES[unit.kind],
        unit_id=unit.pk,
        starts_on=day,
        ends_on=acting_until,
        **given,
    )


def _is_acting(unit: Unit, person: Person, day: date) -> bool:
    rows = Appointment.objects.filter(unit=unit, person=person, acting=True, starts_on__lte=day, ends_on__gte=day)
    return rows.exists()
