"""What the clock does for reports: when a quarter is over its draft is there, once a commune."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from campaigns.models import Period
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.documents.engines import booklet, pdf, planner
from emulation.documents.models import DocumentFile, RenderedDraft
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handler, on_tick
from emulation.legal import current
from emulation.legal.engine.loader import regime_on
from reports.actions import period_report
from reports.papers import catalogue_leaflet
from reports.queries import catalogue_leaflet as catalogue_leaflet_queries
from reports.queries import month_calendar
from reports.rules import quarters


@on_tick
def enqueue_period_reports(now: datetime) -> None:
    """At each tick, one job a commune and quarter in which it asked for exemplars; the key makes the second tick do nothing."""
    year, quarter = quarters.last_finished_quarter(now.date())
    asked = Period.objects.filter(kind=Period.MONTH, year=year, number__in=quarters.quarter_months(quarter))
    for commune in Commune.objects.filter(pk__in=asked.values("commune_id")):
        key = f"{commune.pk}:{year}Q{quarter}"
        enqueue("reports.draft", key, commune=commune, commune_id=commune.pk, year=year, quarter=quarter)


@job_handler("reports.draft")
def run_draft_period_report(job: Any, *, commune_id: int, year: int, quarter: int) -> None:
    """Drafts the quarter's report."""
    period_report.draft_period_report(commune=Commune.objects.get(pk=commune_id), year=year, quarter=quarter)


@job_handler(catalogue_leaflet_queries.LEAFLET_JOB)
def render_leaflet(job: Any, *, commune_id: int, day: str, mark: str) -> None:
    """Makes the leaflet once. LookupError when the law or the name changed since it was asked for: that is another file."""
    commune, at, law, now = (
        Commune.objects.get(pk=commune_id),
        date.fromisoformat(day),
        current.law_for(commune_id),
        timezone.localtime(),
    )
    if RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).exists():
        return
    if catalogue_leaflet_queries.leaflet_fingerprint(law, commune, at, now.date()) != mark:
        raise LookupError(f"the catalogue of {day} changed meanwhile")
    pages = catalogue_leaflet.catalogue_booklet(law, regime_on(at), at, commune.identity_on(now.date()).issuer, now)
    job.progress(1, 3)
    data = pdf.render_pdf([booklet.booklet_html(pages)], f"{pages.title} {pages.since}", booklet.BOOKLET_STYLE)
    job.progress(2, 3)
    RenderedDraft.objects.get_or_create(
        sha256=mark, format=DocumentFile.PDF, defaults={"file": content_store.put(data), "size": len(data)}
    )
    job.progress(3, 3)


@job_handler(month_calendar.MONTH_SHEET_JOB)
def render_month_sheet(job: Any, *, commune_id: int, user_id: int, first: str, only: str, mark: str) -> None:
    """Makes the month of a person once. LookupError when something of it changed since it was asked for: that is another file."""
    commune, user, today = Commune.objects.get(pk=commune_id), User.objects.get(pk=user_id), timezone.localdate()
    user.commune_choice = commune_id  # type: ignore[attr-defined]
    if RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).exists():
        return
    pages = month_calendar.month_sheet(
        commune, month_calendar.personal_month(user, date.fromisoformat(first), only, today), only, today
    )
    if month_calendar.month_sheet_fingerprint(pages) != mark:
        raise LookupError(f"the month of {first} changed meanwhile")
    job.progress(1, 3)
    data = planner.planner_pdf(pages)
    job.progress(2, 3)
    RenderedDraft.objects.get_or_create(
        sha256=mark, format=DocumentFile.PDF, defaults={"file": content_store.put(data), "size": len(data)}
    )
    job.progress(3, 3)
