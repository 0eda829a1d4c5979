"""Periodic jobs: open months and quarters, close overdue periods, send reminders, pass on the work of leavers.

Each tick adds job rows under keys that contain the day or month, so that a second tick adds nothing. The next job
catches up on a missed one, because what to do is read from the tables, not from the time of the tick.
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from campaigns.directives.actions.handling_successors import pass_on_handlings
from campaigns.exemplars.actions.period import close_overdue_periods, open_due_periods
from campaigns.obligations.queries import reminder_plan_of
from campaigns.obligations.rules import may_send_at
from campaigns.reminders.actions.due_days import move_due_days
from campaigns.reminders.actions.reminder import send_due_reminders
from emulation.backups.pending import messages_wait
from emulation.communes.models import Commune
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handlers, tick_callbacks
from emulation.legal.calendar.commune_calendar import work_calendar_of


@tick_callbacks.register("campaigns.enqueue_open_month")
def enqueue_open_month(now: datetime) -> None:
    """Add one job per commune and month."""
    for commune in Commune.objects.all():
        key = f"{commune.pk}:{now:%Y-%m}"
        enqueue("campaigns.open_month", key, commune=commune, commune_id=commune.pk, on=now.date().isoformat())


@tick_callbacks.register("campaigns.enqueue_reminders")
def enqueue_reminders(now: datetime) -> None:
    """Add one job per commune and working day, between the hour of the digest and the quiet hours; none after a restore
    until the administrator releases the messages.
    """
    for commune in Commune.objects.all():
        if not messages_wait(commune.pk) and may_send_at(
            reminder_plan_of(commune.pk).schedule, work_calendar_of(commune.pk), now
        ):
            today = now.date().isoformat()
            enqueue("campaigns.remind", f"{commune.pk}:{today}", commune=commune, commune_id=commune.pk, on=today)


@tick_callbacks.register("campaigns.enqueue_handling_handover")
def enqueue_handling_handover(now: datetime) -> None:
    """Add one job per commune and day: roles are handed over at the beginning of a day."""
    today = now.date().isoformat()
    for commune in Commune.objects.all():
        enqueue("campaigns.pass_on_handlings", f"{commune.pk}:{today}", commune=commune, commune_id=commune.pk)


@job_handlers.register("campaigns.pass_on_handlings")
def run_pass_on_handlings(job: Any, *, commune_id: int) -> None:
    """Pass the directives of users who left their role on to who took it over, as of today."""
    pass_on_handlings(Commune.objects.get(pk=commune_id), timezone.localdate())


@job_handlers.register("campaigns.open_month")
def run_open_month(job: Any, *, commune_id: int, on: str) -> None:
    """Open the periods of the commune that are due on the day `on`."""
    open_due_periods(commune=Commune.objects.get(pk=commune_id), on=date.fromisoformat(on))


@job_handlers.register("campaigns.remind")
def run_reminders(job: Any, *, commune_id: int, on: str) -> None:
    """Move due days that became days off, close overdue periods, then send the reminders that are due today.

    Today, even if the job is of an earlier day (`on`).

    In quiet hours do nothing; the next working day's job catches up.
    """
    commune = Commune.objects.get(pk=commune_id)
    now = timezone.localtime()
    plan = reminder_plan_of(commune_id)
    if not may_send_at(plan.schedule, work_calendar_of(commune_id), now):
        return
    move_due_days(commune=commune, on=now.date())
    close_overdue_periods(commune=commune, on=now.date())
    if plan.is_on and not messages_wait(commune_id):
        send_due_reminders(commune=commune, on=now.date())
