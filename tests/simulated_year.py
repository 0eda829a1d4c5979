"""Simulated units that answer periods through a year, and a check of the reminders that they received."""

import random
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from django.utils import timezone

from campaigns.exemplars.actions.exemplar import start_nothing, submit_exemplar
from campaigns.models import Period, Reminder
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.notices.models import Notification
from villages.models import Unit
from villages.queries.people import unit_head_ids

STAGE_OFFSETS = {"before": -3, "due": 0, "after": 1, "council": 3, "chair": 6}
CLOSES_AFTER_DAYS = 10
StageKey = tuple[int, int, str]  # period, unit, stage


def expected_stage_day(due_on: date, offset: int, is_working: Any) -> date:
    """The day of a stage, calculated without the code of the product."""
    day = due_on
    step = timedelta(days=1 if offset > 0 else -1)
    if offset == 0:
        while not is_working(day):
            day -= timedelta(days=1)
        return day
    left = abs(offset)
    while left:
        day += step
        left -= is_working(day)
    return day


class SimulatedUnits:
    """The units of a commune and the time at which each answers a period: in time, late, or never."""

    def __init__(self, commune: Commune, rng: random.Random, on: date) -> None:
        self.commune = commune
        self.rng = rng
        self.units = list(Unit.objects.filter(commune=commune).exclude(kind=Unit.OFFICE))
        self.heads = {unit.pk: User.objects.get(pk=unit_head_ids(unit, on)[0]) for unit in self.units}
        self.plans: dict[tuple[int, int], datetime | None] = {}
        self.answered: dict[tuple[int, int], datetime] = {}

    def report_due(self, now: datetime) -> None:
        """Sends the answers that are planned up to `now`."""
        for period in Period.objects.filter(commune=self.commune, closed_on=None):
            for unit in self.units:
                key = (period.pk, unit.pk)
                if key not in self.plans:
                    self.plans[key] = self.plan(period)
                at = self.plans[key]
                if at and at <= now and key not in self.answered:
                    head = self.heads[unit.pk]
                    nothing = start_nothing(by=head, unit=unit, period=period, reason="Chưa có")
                    submit_exemplar(by=head, exemplar=nothing)
                    self.answered[key] = now

    def plan(self, period: Period) -> datetime | None:
        """A random time of the answer; None for no answer."""
        days = self.rng.choice([3, 12, 19, 23, 24, 25, 27, 30, 33, None])
        if days is None:
            return None
        opens_at = datetime.combine(period.opens_on, time.min)
        return opens_at + timedelta(days=days, hours=self.rng.randrange(24))


def check_reminders(simulated: SimulatedUnits, last: date, ran: set[datetime]) -> None:
    """Compares all reminders up to the day `last` with an independent calculation.

    `ran` contains the hours in which the reminder jobs ran to the end.
    """
    calendar = work_calendar_of(simulated.commune.pk)
    run_days = {moment.date() for moment in ran if 8 <= moment.hour < 20 and calendar.is_working(moment.date())}
    periods = list(Period.objects.filter(commune=simulated.commune))
    _check_periods(periods, last, run_days, calendar)
    sent = _reminders_by_stage(simulated.commune)
    expected: set[StageKey] = set()
    for period, unit, (stage, offset) in product(periods, simulated.units, STAGE_OFFSETS.items()):
        planned = expected_stage_day(period.due_on, offset, calendar.is_working)
        day = first_working_run(planned, run_days)
        answered_at = simulated.answered.get((period.pk, unit.pk))
        rows = sent.get((period.pk, unit.pk, stage), [])
        if day is not None and day <= last and _is_expected(day, answered_at, bool(rows)):
            expected.add((period.pk, unit.pk, stage))
            assert rows, f"{unit}, {period}: {stage} of {planned} was never sent"
            assert {row.sent_on for row in rows} == {day}, (unit, period, stage, planned, rows[0].sent_on)
            _check_recipients(rows, answered_at)
    assert sent.keys() == expected
    _check_digests(calendar)


def _check_periods(periods: list[Period], last: date, run_days: set[date], calendar: WorkCalendar) -> None:
    """Each month has a period, each quarter of these months too, and each was closed on its day."""
    months = {(period.year, period.number) for period in periods if period.kind == Period.MONTH}
    assert len(periods) == len(months) + sum(month % 3 == 0 for _, month in months)
    for period in periods:
        closes = expected_stage_day(period.due_on, CLOSES_AFTER_DAYS + 1, calendar.is_working)
        assert period.closed_on == (first_working_run(closes, run_days) if closes <= last else None)


def _reminders_by_stage(commune: Commune) -> dict[StageKey, list[Reminder]]:
    found: dict[StageKey, list[Reminder]] = {}
    for row in Reminder.objects.filter(commune=commune).order_by("pk"):
        found.setdefault((row.object_id, row.unit_id, row.stage), []).append(row)
    return found


def _is_expected(day: date, answered_at: datetime | None, was_sent: bool) -> bool:
    """Whether the reminder of this day should exist."""
    if answered_at is None:
        return True
    # Reminders are sent from 8 o'clock on; a unit that has answered before gets none.
    if answered_at < datetime.combine(day, time(8)):
        return False
    # A unit that answers later on the day may get none: killed workers can have delayed the reminder until after the answer.
    return was_sent or answered_at.date() != day


def _check_recipients(rows: list[Reminder], answered_at: datetime | None) -> None:
    """Each user got one reminder, and none after the answer."""
    assert len(rows) == len({row.user_id for row in rows})
    if answered_at:
        assert all(timezone.localtime(row.created_at).replace(tzinfo=None) <= answered_at for row in rows)


def _check_digests(calendar: WorkCalendar) -> None:
    """Each user got at most one digest a day, in working hours."""
    digests = list(Notification.objects.filter(key__startswith="digest:").values_list("user_id", "created_at"))
    assert len(digests) == len({(user, timezone.localdate(at)) for user, at in digests})
    assert all(
        8 <= timezone.localtime(at).hour < 20 and calendar.is_working(timezone.localdate(at)) for _, at in digests
    )


def first_working_run(planned: date, run_days: set[date]) -> date | None:
    """The first day from the planned one on, on which the jobs ran in working hours."""
    return min((day for day in run_days if day >= planned), default=None)
