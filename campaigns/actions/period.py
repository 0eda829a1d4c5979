"""Opening periods, by hand and by the clock."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from campaigns import rules
from campaigns.models import Period
from emulation.accounts.models import User
from emulation.acts.act import act
from emulation.audit.trail import record
from emulation.communes.models import Commune
from emulation.communes.roles import UNIT_HEADS
from emulation.core.errors import RuleBroken
from emulation.core.words import vn_date
from emulation.notices.actions import tell
from villages.queries import holders


def open_period(*, by: User, commune: Commune, kind: str, year: int, number: int, due_on: date | None = None) -> Period:
    """Opens a month or a quarter by hand. Raises RuleBroken when it is open already or its dates cannot be."""
    span = _span(kind, year, number)
    due_on = due_on or span.due_on
    if due_on < span.opens_on:
        raise RuleBroken("Hạn gửi không thể trước ngày đầu kỳ.", field="due_on")
    with act("campaigns.open_period", commune, by=by, period=rules.period_title(kind, year, number)) as locked:
        if Period.objects.filter(commune=locked, kind=kind, year=year, number=number).exists():
            raise RuleBroken(f"{rules.period_title(kind, year, number)} đã mở rồi.", field="number")
        period = Period.objects.create(
            commune=locked, kind=kind, year=year, number=number, opens_on=span.opens_on, due_on=due_on
        )
        _ask(period)
    return period


@transaction.atomic
def open_month(*, commune: Commune, on: date) -> Period:
    """What the clock does on the first day of a month: opens it once, and asks every unit."""
    span = rules.month_span(on.year, on.month)
    period, fresh = Period.objects.get_or_create(
        commune=commune,
        kind=Period.MONTH,
        year=on.year,
        number=on.month,
        defaults={"opens_on": span.opens_on, "due_on": span.due_on},
    )
    if fresh:
        record(commune_id=commune.pk, actor=None, act="campaigns.open_month", label="Mở kỳ theo lịch", subject=period)
        _ask(period)
    return period


def _span(kind: str, year: int, number: int) -> rules.Span:
    last = 4 if kind == Period.QUARTER else 12
    if not (1 <= number <= last and 2000 <= year <= 2100):
        raise RuleBroken(f"Số kỳ phải từ 1 đến {last}.", field="number")
    return rules.quarter_span(year, number) if kind == Period.QUARTER else rules.month_span(year, number)


def _ask(period: Period) -> None:
    heads = holders(period.commune_id, *UNIT_HEADS, on=max(period.opens_on, timezone.localdate()))
    tell(
        commune=period.commune,
        users=heads,
        text=f"{period}: mời đơn vị gửi điển hình tiêu biểu, hạn {vn_date(period.due_on)}.",
        link="/thi-dua/",
        key=f"period:{period.pk}:open",
    )
