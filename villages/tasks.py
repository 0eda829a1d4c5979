"""Periodic job: carries out the changes of units whose day has come."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from emulation.communes.models import Commune
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handlers, tick_callbacks
from villages.actions.unit_changes import carry_out_due_changes
from villages.models import UnitChange


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
