"""What the clock does for reports: when a quarter is over its draft is there, once a commune."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from campaigns.models import Period
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core import files
from emulation.documents.engines import booklet, pdf, planner
from emulation.documents.models import DocumentFile, RenderedDraft
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import handler, on_tick
from emulation.legal import on
from emulation.legal.loader import regime_on
from reports import actions, leaflet, rules
from reports.queries import calendar, leaflets


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


@handler(leaflets.KIND)
def make_leaflet(job: Any, *, commune_id: int, day: str, mark: str) -> None:
    """Makes the leaflet once. LookupError when the law or the name changed since it was asked for: that is another file."""
    commune, at, law, now = (
        Commune.objects.get(pk=commune_id),
        date.fromisoformat(day),
        on.law(commune_id),
        timezone.localtime(),
    )
    if RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).exists():
        return
    if leaflets.key(law, commune, at, now.date()) != mark:
        raise LookupError(f"the catalogue of {day} changed meanwhile")
    pages = leaflet.booklet(law, regime_on(at), at, commune.identity_on(now.date()).issuer, now)
    job.progress(1, 3)
    data = pdf.render([booklet.body(pages)], f"{pages.title} {pages.since}", booklet.STYLE)
    job.progress(2, 3)
    RenderedDraft.objects.get_or_create(
        sha256=mark, format=DocumentFile.PDF, defaults={"file": files.put(data), "size": len(data)}
    )
    job.progress(3, 3)


@handler(calendar.PAPER_JOB)
def make_sheet(job: Any, *, commune_id: int, user_id: int, first: str, only: str, mark: str) -> None:
    """Makes the month of a person once. LookupError when something of it changed since it was asked for: that is another file."""
    commune, user, today = Commune.objects.get(pk=commune_id), User.objects.get(pk=user_id), timezone.localdate()
    user.commune_choice = commune_id  # type: ignore[attr-defined]
    if RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).exists():
        return
    pages = calendar.sheet(commune, calendar.month(user, date.fromisoformat(first), only, today), only, today)
    if calendar.fingerprint(pages) != mark:
        raise LookupError(f"the month of {first} changed meanwhile")
    job.progress(1, 3)
    data = planner.one_sheet(pages)
    job.progress(2, 3)
    RenderedDraft.objects.get_or_create(
        sha256=mark, format=DocumentFile.PDF, defaults={"file": files.put(data), "size": len(data)}
    )
    job.progress(3, 3)
