"""Periodic jobs: changes of units whose day has come, requests about accounts that are too old."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from emulation.accounts.models import AccountRequest
from emulation.communes.models import Commune
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handlers, tick_callbacks
from villages.actions.account_requests import expire_requests
from villages.actions.unit_changes import carry_out_due_changes
from villages.flow.accounts import ASKED, CONFIRMED
from villages.models import UnitChange


@tick_callbacks.register("villages.enqueue_expired_requests")
def enqueue_expired_requests(now: datetime) -> None:
    """Enqueues a job in the hours in which a request is too old."""
    if AccountRequest.objects.filter(state__in=(ASKED, CONFIRMED), expires_at__lte=now).exists():
        enqueue("accounts.expire_requests", f"{now:%Y-%m-%d %H}")


@job_handlers.register("accounts.expire_requests")
def run_expire_requests(job: Any) -> None:
    """Runs it; twice does no harm."""
    expire_requests()


@tick_callbacks.register("villages.enqueue_unit_changes")
def enqueue_unit_changes(now: datetime) -> None:
    """Add one job per commune and day on which changes of units are due; none on other days."""
    today = now.date()
    due = UnitChange.objects.due(today).order_by().values("commune")
    for commune in Commune.objects.filter(pk__in=due):
        enqueue("villages.carry_out_changes", f"{commune.pk}:{today}", commune=commune, commune_id=commune.pk)


@job_handlers.register("villages.carry_out_changes")
def run_unit_changes(job: Any, *, commune_id: int) -> None:
    """Carry out what is due today, also of days on which no job ran."""
    carry_out_due_changes(commune=Commune.objects.get(pk=commune_id), on=timezone.localdate())
