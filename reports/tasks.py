"""What the clock does for reports: when a quarter is over its draft is there, once a commune."""

from datetime import datetime
from typing import Any

from campaigns.models import Period
from emulation.communes.models import Commune
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import handler, on_tick
from reports import actions, rules


@on_tick
def draft_reports(now: datetime) -> None:
    """At each tick, one job a commune and quarter in which it asked for exemplars; the key makes the second tick do nothing."""
    year, quarter = rules.quarter_before(now.date())
    asked = Period.objects.filter(kind=Period.MONTH, year=year, number__in=rules.months(quarter))
    for commune in Commune.objects.filter(pk__in=asked.values("commune_id")):
        key = f"{commune.pk}:{year}Q{quarter}"
        enqueue("reports.draft", key, commune=commune, commune_id=commune.pk, year=year, quarter=quarter)


@handler("reports.draft")
def draft(job: Any, *, commune_id: int, year: int, quarter: int) -> None:
    """Drafts the quarter's report."""
    actions.draft_by_clock(commune=Commune.objects.get(pk=commune_id), year=year, quarter=quarter)
