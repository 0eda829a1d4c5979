"""Background jobs: drafts of quarterly reports, reminders of posts that end, notifications of changed reports, PDF files
of the leaflet and the month calendar, workbooks of long lists."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from campaigns.models import Period
from campaigns.obligations.queries import reminder_plan_of
from campaigns.obligations.rules import may_send_at
from commendations.models import Amendment
from emulation.accounts.models import User
from emulation.backups.pending import messages_wait
from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.documents.engines import booklet, pdf, planner
from emulation.documents.models import DocumentFile, RenderedDraft
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handlers, tick_callbacks
from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.engine.loader import regime_on
from reports.actions import list_file, period_report
from reports.actions.amended_awards import notify_of_changed_reports
from reports.actions.post_reminders import remind_of_posts
from reports.models import ListFile
from reports.papers import catalogue_leaflet
from reports.queries import month_calendar
from reports.rules import quarters


@tick_callbacks.register("reports.enqueue_period_reports")
def enqueue_period_reports(now: datetime) -> None:
    """Enqueues one job per commune for the last finished quarter if it had months with exemplars; the job key makes it idempotent."""
    year, quarter = quarters.last_finished_quarter(now.date())
    months = Period.objects.filter(kind=Period.MONTH, year=year, number__in=quarters.quarter_months(quarter))
    for commune in Commune.objects.filter(pk__in=months.values("commune_id")):
        key = f"{commune.pk}:{year}Q{quarter}"
        enqueue("reports.draft", key, commune=commune, commune_id=commune.pk, year=year, quarter=quarter)


@tick_callbacks.register("reports.enqueue_post_reminders")
def enqueue_post_reminders(now: datetime) -> None:
    """Enqueues one job per commune and working day, at the hours of the other reminders; none after a restore until released."""
    for commune in Commune.objects.all():
        schedule = reminder_plan_of(commune.pk).schedule
        if not messages_wait(commune.pk) and may_send_at(schedule, work_calendar_of(commune.pk), now):
            enqueue("reports.remind_posts", f"{commune.pk}:{now.date()}", commune=commune, commune_id=commune.pk)


@job_handlers.register("reports.remind_posts")
def run_post_reminders(job: Any, *, commune_id: int) -> None:
    """Reminds of the terms, acting posts and roles that end soon, as of today."""
    remind_of_posts(commune=Commune.objects.get(pk=commune_id), on=timezone.localdate())


@job_handlers.register("reports.draft")
def run_draft_period_report(job: Any, *, commune_id: int, year: int, quarter: int) -> None:
    """Creates the draft of the quarterly report."""
    period_report.draft_period_report(commune=Commune.objects.get(pk=commune_id), year=year, quarter=quarter)


@job_handlers.register("reports.awards_amended")
def run_notify_of_changed_reports(job: Any, *, amendment_id: int) -> None:
    """Notifies the superior of sent reports whose figures the amendment changed."""
    notify_of_changed_reports(Amendment.objects.select_related("document").get(pk=amendment_id))


@job_handlers.register(catalogue_leaflet.LEAFLET_JOB)
def render_leaflet(job: Any, *, commune_id: int, day: str, mark: str) -> None:
    """Renders the leaflet as PDF, once per content. LookupError when the content changed since the request: that is another file."""
    if RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).exists():
        return
    commune = Commune.objects.get(pk=commune_id)
    law = current.law_for(commune_id)
    on = date.fromisoformat(day)
    now = timezone.localtime()
    if catalogue_leaflet.leaflet_fingerprint(law, commune, on, now.date()) != mark:
        raise LookupError(f"the content of the leaflet of {day} changed after the request")
    pages = catalogue_leaflet.catalogue_booklet(law, regime_on(on), on, commune.identity_on(now.date()).issuer, now)
    job.progress(1, 3)
    data = pdf.render_pdf([booklet.booklet_html(pages)], f"{pages.title} {pages.since}", booklet.BOOKLET_STYLE)
    job.progress(2, 3)
    _save_pdf(mark, data)
    job.progress(3, 3)


@job_handlers.register(month_calendar.MONTH_SHEET_JOB)
def render_month_sheet(job: Any, *, commune_id: int, user_id: int, first: str, only: str, mark: str) -> None:
    """Renders a user's month as PDF, once per content. LookupError when the content changed since the request: that is another file."""
    if RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).exists():
        return
    commune = Commune.objects.get(pk=commune_id)
    user = User.objects.get(pk=user_id)
    user.commune_choice = commune_id  # type: ignore[attr-defined]
    today = timezone.localdate()
    month = month_calendar.personal_month(user, date.fromisoformat(first), only, today)
    pages = month_calendar.month_sheet(commune, month, only, today)
    if month_calendar.month_sheet_fingerprint(pages) != mark:
        raise LookupError(f"the month calendar of {first} changed after the request")
    job.progress(1, 3)
    data = planner.planner_pdf(pages)
    job.progress(2, 3)
    _save_pdf(mark, data)
    job.progress(3, 3)


@job_handlers.register(list_file.LIST_FILE_JOB)
def run_make_list_file(job: Any, *, file_id: int) -> None:
    """Makes the workbook of a long list; nothing when it was deleted meanwhile."""
    file = ListFile.objects.select_related("user").defer("content").filter(pk=file_id).first()
    if file is not None:
        list_file.make_list_file(file, job.progress)


@tick_callbacks.register("reports.delete_old_list_files")
def delete_files_of_yesterday(now: datetime) -> None:
    """Deletes workbooks of yesterday."""
    list_file.delete_old_list_files(now)


def _save_pdf(mark: str, data: bytes) -> None:
    RenderedDraft.objects.get_or_create(
        sha256=mark, format=DocumentFile.PDF, defaults={"file": content_store.put(data), "size": len(data)}
    )
