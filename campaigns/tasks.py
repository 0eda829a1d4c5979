"""What the clock does for the movement: it opens each month, once a commune."""

from datetime import date, datetime
from typing import Any

from campaigns import actions
from emulation.communes.models import Commune
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import handler, on_tick


@on_tick
def open_months(now: datetime) -> None:
    """At each tick, one job a commune and month; the key makes the second tick do nothing."""
    for commune in Commune.objects.all():
        key = f"{commune.pk}:{now:%Y-%m}"
        enqueue("campaigns.open_month", key, commune=commune, commune_id=commune.pk, on=now.date().isoformat())


@handler("campaigns.open_month")
def open_month(job: Any, *, commune_id: int, on: str) -> None:
    """Opens the month of that day in the commune."""
    actions.open_month(commune=Commune.objects.get(pk=commune_id), on=date.fromisoformat(on))
