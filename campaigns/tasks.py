"""What the clock does for the movement: opens months and quarters, closes what nobody closed, reminds.

Each tick writes job rows under keys that name the day, so that the second tick of a day does nothing; a job that was
missed is made up for by the next one, because what is to be done is read from the tables and not from the clock.
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from campaigns.exemplars.actions.period import close_overdue_periods, open_due_periods
from campaigns.obligations.queries import reminder_plan_of
from campaigns.obligations.rules import may_send_at
from campaigns.reminders.actions.reminder import send_due_reminders
from emulation.communes.models import Commune
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handler, on_tick
from emulation.legal.calendar.commune_calendar import work_calendar_of


@on_tick
def enqueue_open_month(now: datetime) -> None:
    """One job a commune and month."""
    for commune in Commune.objects.all():
        key = f"{commune.pk}:{now:%Y-%m}"
        enqueue("campaigns.open_month", key, commune=commune, commune_id=commune.pk, on=now.date().isoformat())


@on_tick
def enqueue_reminders(now: datetime) -> None:
    """One job a commune and working day, from the hour of the digest to the quiet hours."""
    for commune in Commune.objects.all():
        if may_send_at(reminder_plan_of(commune.pk).ladder, work_calendar_of(commune.pk), now):
            today = now.date().isoformat()
            enqueue("campaigns.remind", f"{commune.pk}:{today}", commune=commune, commune_id=commune.pk, on=today)


@job_handler("campaigns.open_month")
def run_open_month(job: Any, *, commune_id: int, on: str) -> None:
    """Opens what is to be open on that day in the commune."""
    open_due_periods(commune=Commune.objects.get(pk=commune_id), on=date.fromisoformat(on))


@job_handler("campaigns.remind")
def run_reminders(job: Any, *, commune_id: int, on: str) -> None:
    """Closes what nobody closed, then reminds of what is owed now: a job that was kept from its day (`on`) speaks of today.

    One that comes in the quiet hours lets it be: the next working day's does all that is due.
    """
    commune = Commune.objects.get(pk=commune_id)
    now = timezone.localtime()
    plan = reminder_plan_of(commune_id)
    if not may_send_at(plan.ladder, work_calendar_of(commune_id), now):
        return
    close_overdue_periods(commune=commune, on=now.date())
    if plan.is_on:
        send_due_reminders(commune=commune, on=now.date())
