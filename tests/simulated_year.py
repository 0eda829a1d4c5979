"""Units that report through a simulated year, and the reminders they should have received."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from campaigns.exemplars.actions.exemplar import start_nothing, submit_exemplar
from campaigns.models import Period, Reminder
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.notices.models import Notification
from villages.models import Unit
from villages.queries.people import unit_head_ids

STAGE_OFFSETS = {"before": -3, "due": 0, "after": 1, "council": 3, "chair": 6}
CLOSES_AFTER_DAYS = 10


def expected_stage_day(due_on: date, offset: int, is_working: Any) -> date:
    """The day of a stage, counted on the fingers."""
    day, step = due_on, timedelta(days=1 if offset > 0 else -1)
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
    """The units of the commune and when each answers which period: in time, late, or never."""

    def __init__(self, commune: Commune, chance: random.Random, on: date) -> None:
        self.commune, self.chance = commune, chance
        self.units = list(Unit.objects.filter(commune=commune).exclude(kind=Unit.OFFICE))
        self.heads = {unit.pk: User.objects.get(pk=unit_head_ids(unit, on)[0]) for unit in self.units}
        self.plans: dict[tuple[int, int], datetime | None] = {}
        self.answered: dict[tuple[int, int], datetime] = {}

    def report_due(self, now: datetime) -> None:
        """What people do within this hour."""
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
        days = self.chance.choice([3, 12, 19, 23, 24, 25, 27, 30, 33, None])
        if days is None:
            return None
        return datetime.combine(period.opens_on, datetime.min.time()) + timedelta(
            days=days, hours=self.chance.randrange(24)
        )


def check_reminders(world: SimulatedUnits, last: date, ran: set[datetime]) -> None:
    """Against what a patient person with a paper calendar would have sent."""
    calendar = work_calendar_of(world.commune.pk)
    healthy = {moment.date() for moment in ran if 8 <= moment.hour < 20 and calendar.is_working(moment.date())}
    periods = list(Period.objects.filter(commune=world.commune))
    months = {(period.year, period.number) for period in periods if period.kind == Period.MONTH}
    assert len(periods) == len(months) + sum(month % 3 == 0 for _, month in months)
    found: dict[tuple[int, int, str], list[Reminder]] = {}
    for row in Reminder.objects.filter(commune=world.commune).order_by("pk"):
        found.setdefault((row.object_id, row.unit_id, row.stage), []).append(row)
    wanted = set()
    for period in periods:
        closes = expected_stage_day(period.due_on, CLOSES_AFTER_DAYS + 1, calendar.is_working)
        assert period.closed_on == (first_working_run(closes, healthy) if closes <= last else None)
        for unit in world.units:
            done = world.answered.get((period.pk, unit.pk))
            for stage, offset in STAGE_OFFSETS.items():
                planned = expected_stage_day(period.due_on, offset, calendar.is_working)
                day = first_working_run(planned, healthy)
                # The hour of the digest on that day: whoever has answered by then hears nothing.
                if (
                    day is None
                    or day > last
                    or (done and done < datetime.combine(day, datetime.min.time()).replace(hour=8))
                ):
                    continue
                rows = found.get((period.pk, unit.pk, stage), [])
                if done and done.date() == day and not rows:
                    continue  # he answered in the very hours in which workers were dying
                wanted.add((period.pk, unit.pk, stage))
                assert rows, f"{unit}, {period}: {stage} of {planned} never went out"
                assert {row.sent_on for row in rows} == {day}, (unit, period, stage, planned, rows[0].sent_on)
                assert len(rows) == len({row.user_id for row in rows})
                assert not done or all(timezone.localtime(row.created_at).replace(tzinfo=None) <= done for row in rows)
    assert found.keys() == wanted
    digests = list(Notification.objects.filter(key__startswith="digest:").values_list("user_id", "created_at"))
    assert len(digests) == len({(user, timezone.localdate(at)) for user, at in digests})
    assert all(
        8 <= timezone.localtime(at).hour < 20 and calendar.is_working(timezone.localdate(at)) for _, at in digests
    )


def first_working_run(planned: date, healthy: set[date]) -> date | None:
    """The first day from the planned one on, on which the house ran in its hours."""
    return min((day for day in healthy if day >= planned), default=None)
