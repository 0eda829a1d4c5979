"""Actions on periods: open, close and reopen them, manually or by the periodic job."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.exemplars.models.period import Period
from campaigns.exemplars.rules.period import PeriodSpan, month_span, months_since, period_title, quarter_span
from campaigns.obligations.queries import reminder_plan_of
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.capacity import role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import require_reason
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.due_days import last_days_of
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act

MAX_AHEAD = timedelta(days=62)
"""How long before its first day a period may be opened."""
FIRST_DAYS = timedelta(days=7)
"""How long units have at least for the first month of a commune, which may begin to use the program after the due day."""
MAX_DUE_DELAY = timedelta(days=92)
"""How long after the end of the period, or after today, the due day may be."""


def open_period(*, by: User, commune: Commune, kind: str, year: int, number: int, due_on: date | None = None) -> Period:
    """Open a month or a quarter manually. Raises RuleBroken when it exists already or its dates are out of range."""
    span = _span(kind, year, number)
    due_on = last_days_of(commune.pk).of(due_on or span.due_on)
    if due_on < span.opens_on:
        raise RuleBroken("Hạn gửi không thể trước ngày đầu kỳ.", field="due_on")
    today = timezone.localdate()
    if span.opens_on > today + MAX_AHEAD:
        raise RuleBroken("Kỳ này còn xa, chưa mở được: chỉ mở trước nhiều nhất hai tháng.", field="number")
    if due_on > max(span.ends_on, today) + MAX_DUE_DELAY:
        raise RuleBroken("Hạn gửi quá xa: không quá ba tháng sau khi hết kỳ.", field="due_on")
    with act("campaigns.open_period", commune, by=by, period=period_title(kind, year, number)) as locked:
        if Period.objects.filter(commune=locked, kind=kind, year=year, number=number).exists():
            raise RuleBroken(f"{period_title(kind, year, number)} đã mở rồi.", field="number")
        period = Period.objects.create(
            commune=locked, kind=kind, year=year, number=number, opens_on=span.opens_on, due_on=due_on
        )
        _invite_units(period)
    return period


@transaction.atomic
def open_month(*, commune: Commune, on: date) -> Period:
    """Open the month of that day, once, and notify every unit."""
    return _open(commune, Period.MONTH, on.year, on.month)


@transaction.atomic
def open_due_periods(*, commune: Commune, on: date) -> list[Period]:
    """Open every month that began since the last opened one, and each quarter in its last month; called by the periodic job.

    Months missed because no job ran are opened too; without any earlier month only the current one is opened, due
    `FIRST_DAYS` from that day at the earliest.
    """
    Commune.objects.select_for_update().get(pk=commune.pk)
    last = Period.objects.filter(commune=commune, kind=Period.MONTH).order_by("-year", "-number").first()
    months = months_since((last.year, last.number) if last else None, on)
    earliest = date.min if last else on + FIRST_DAYS
    opened = [_open(commune, Period.MONTH, year, month, earliest) for year, month in months]
    for year, month in dict.fromkeys([*months, (on.year, on.month)]):
        if month % 3 == 0:
            opened.append(_open(commune, Period.QUARTER, year, month // 3, earliest))
    return opened


def _open(commune: Commune, kind: str, year: int, number: int, earliest: date = date.min) -> Period:
    """The period, opened unless it is; due on `earliest` if its usual day is before."""
    span = _span(kind, year, number)
    due_on = last_days_of(commune.pk).of(max(span.due_on, earliest))
    period, created = Period.objects.get_or_create(
        commune=commune,
        kind=kind,
        year=year,
        number=number,
        defaults={"opens_on": span.opens_on, "due_on": due_on},
    )
    if created:
        record_entry(
            commune_id=commune.pk, actor=None, act="campaigns.open_month", label="Mở kỳ theo lịch", subject=period
        )
        _invite_units(period)
    return period


def close_period(*, by: User, period: Period) -> Period:
    """The office closes a period: no more reminders; later answers are accepted and shown as late."""
    with act("campaigns.close_period", period, by=by) as locked:
        locked.closed_on = timezone.localdate()
        locked.closed_by = by
    return period


def reopen_period(*, by: User, period: Period, due_on: date, reason: str) -> Period:
    """Reopen a closed period with a new due day; units are reminded before and after that day.

    A due day on a day off is moved to the next working day (`limit.rollover`), as when a period is opened.
    """
    if due_on < timezone.localdate():
        raise RuleBroken("Hạn mới không thể trước hôm nay.", field="due_on")
    if due_on > timezone.localdate() + MAX_DUE_DELAY:
        raise RuleBroken("Hạn mới quá xa: không quá ba tháng kể từ hôm nay.", field="due_on")
    due_on = last_days_of(period.commune_id).of(due_on)
    reason = require_reason(reason, "Hãy ghi lý do mở lại.")
    with act("campaigns.reopen_period", period, by=by, reason=clean(reason), due_on=due_on.isoformat()) as locked:
        locked.closed_on = None
        locked.closed_by = None
        locked.due_on = due_on
    return period


@transaction.atomic
def close_overdue_periods(*, commune: Commune, on: date) -> list[Period]:
    """Close the periods overdue by more than `close_after` working days; called by the periodic job."""
    plan = reminder_plan_of(commune.pk)
    calendar = work_calendar_of(commune.pk)
    closed = []
    for period in Period.objects.select_for_update().filter(commune=commune, closed_on=None, due_on__lt=on):
        if calendar.between(period.due_on, on) > plan.close_after:
            _close_automatically(period, on, plan.close_after)
            closed.append(period)
    return closed


def _close_automatically(period: Period, on: date, close_after: int) -> None:
    period.closed_on = on
    period.save(update_fields=["closed_on"])
    record_entry(
        commune_id=period.commune_id,
        actor=None,
        act="campaigns.close_period",
        label="Tự chốt kỳ theo lịch",
        subject=period,
    )
    notify_users(
        commune_id=period.commune_id,
        users=role_holder_ids(period.commune_id, Role.office, on=on),
        text=f"{period} đã tự chốt vì quá hạn {close_after} ngày làm việc.",
        link=period.get_absolute_url(),
        key=f"period:{period.pk}:closed:{on}",
    )


def _span(kind: str, year: int, number: int) -> PeriodSpan:
    last = 4 if kind == Period.QUARTER else 12
    if not (1 <= number <= last and 2000 <= year <= 2100):
        raise RuleBroken(f"Số kỳ phải từ 1 đến {last}.", field="number")
    return quarter_span(year, number) if kind == Period.QUARTER else month_span(year, number)


def _invite_units(period: Period) -> None:
    heads = role_holder_ids(period.commune_id, *UNIT_HEAD_ROLES, on=max(period.opens_on, timezone.localdate()))
    notify_users(
        commune_id=period.commune_id,
        users=heads,
        text=f"{period}: mời đơn vị gửi điển hình tiêu biểu, hạn {format_date(period.due_on)}.",
        link=reverse("campaigns:month"),
        key=f"period:{period.pk}:open",
    )
