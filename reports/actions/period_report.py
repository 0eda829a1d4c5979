"""Actions on the quarterly report."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.models import DocumentEvent
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from reports.models import PeriodReport
from reports.papers import period_report
from reports.queries.report_figures import quarter_figures
from reports.rules import quarters
from villages.queries.people import role_holder_ids


def start_period_report(*, by: User, commune: Commune, year: int, quarter: int) -> PeriodReport:
    """Creates the report of a quarter that has begun. RuleBroken for a future quarter or a second report."""
    if not 1 <= quarter <= 4:
        raise RuleBroken("Quý phải từ 1 đến 4.", field="quarter")
    if quarters.quarter_range(year, quarter).first > timezone.localdate():
        raise RuleBroken("Quý này chưa đến, chưa lập báo cáo được.", field="quarter")
    title = quarters.quarter_title(year, quarter)
    with act("reports.start", commune, by=by, period=title) as locked:
        if PeriodReport.objects.filter(commune=locked, year=year, quarter=quarter).exists():
            raise RuleBroken(f"Đã có báo cáo {title}. Hãy mở báo cáo đó.", field="quarter")
        return PeriodReport.objects.create(commune=locked, year=year, quarter=quarter, state="draft")


@transaction.atomic
def draft_period_report(*, commune: Commune, year: int, quarter: int) -> PeriodReport:
    """Returns the report of the quarter; creates it, with an audit entry without actor, when there is none."""
    report, created = PeriodReport.objects.get_or_create(
        commune=commune, year=year, quarter=quarter, defaults={"state": "draft"}
    )
    if created:
        record_entry(
            commune_id=commune.pk,
            actor=None,
            act="reports.draft_by_clock",
            label="Lập báo cáo theo lịch",
            subject=report,
        )
    return report


def edit_period_report(
    *, by: User, report: PeriodReport, assessment: str, shortcomings: str, plan: str, seen: int | None = None
) -> PeriodReport:
    """Saves the text parts of the report."""
    with act("reports.edit", report, by=by, seen=seen) as locked:
        locked.assessment = clean_lines(assessment)
        locked.shortcomings = clean_lines(shortcomings)
        locked.plan = clean_lines(plan)
        locked.return_notes = {}
    return report


def submit_period_report(*, by: User, report: PeriodReport, seen: int | None = None) -> PeriodReport:
    """Freezes the figures and submits the report to the chair."""
    with act("reports.submit", report, by=by, seen=seen) as locked:
        locked.figures = quarter_figures(locked.commune_id, locked.year, locked.quarter)
        locked.frozen_at = timezone.now()
        locked.return_notes = {}
        _draft(by, locked)
        _notify(locked, role_holder_ids(locked.commune_id, Role.chair, on=timezone.localdate()), "Chờ duyệt")
    return report


def approve_period_report(*, by: User, report: PeriodReport, seen: int | None = None) -> PeriodReport:
    """The chair approves the report; the draft for signature has no number yet."""
    with act("reports.approve", report, by=by, seen=seen) as locked:
        _draft(by, locked, for_signature=True)
        clerks = role_holder_ids(locked.commune_id, Role.clerk, on=timezone.localdate())
        _notify(locked, [*clerks, *_involved_user_ids(locked)], "Chủ tịch đã duyệt")
    return report


def return_period_report(*, by: User, report: PeriodReport, reason: str, seen: int | None = None) -> PeriodReport:
    """The chair returns the report to the office; its figures are no longer frozen."""
    with act("reports.return", report, by=by, seen=seen, reason=reason) as locked:
        locked.return_notes = {
            "assessment": require_reason(reason, "Hãy ghi lý do trả lại để người soạn biết cần sửa gì.")
        }
        locked.figures = None
        locked.frozen_at = None
        _notify(locked, _involved_user_ids(locked), "Chủ tịch trả lại để sửa")
    return report


def send_period_report(*, by: User, report: PeriodReport, issued_on: date, seen: int | None = None) -> PeriodReport:
    """Issues the report with a number and gives the superior access; a new edition replaces the document of the last one."""
    not_future(issued_on, "Ngày ban hành", "issued_on")
    if issued_on < report.span.first:
        raise RuleBroken("Ngày ban hành không được trước quý báo cáo.", field="issued_on")
    with act("reports.send", report, by=by, seen=seen) as locked:
        previous = locked.document
        locked.sent_on = issued_on
        superiors = role_holder_ids(locked.commune_id, Role.superior, on=timezone.localdate())
        _notify(locked, [*superiors, *_involved_user_ids(locked)], "Đã gửi cấp trên")
        locked.document = documents.issue_document(
            by=by,
            commune=locked.commune,
            paper=period_report.period_report_paper(locked, issued_on),
            series="bao_cao",
            issued_on=issued_on,
            key=f"reports.report:{locked.pk}:{locked.edition}",
            readers=[ReaderGrant(role=Role.superior)],
        )
        if previous is not None:
            documents.add_document_event(
                by=by, document=previous, kind=DocumentEvent.REPLACED, other=locked.document, key="replaced",
                note=f"Thay bằng báo cáo số {locked.document.reference}",
            )  # fmt: skip
    return report


def acknowledge_period_report(*, by: User, report: PeriodReport, seen: int | None = None) -> PeriodReport:
    """The superior confirms that they received the report."""
    with act("reports.acknowledge", report, by=by, seen=seen) as locked:
        if locked.document is not None:
            documents.add_document_event(by=by, document=locked.document, kind=DocumentEvent.SEEN)
        _notify(locked, _involved_user_ids(locked), "Cấp trên đã xác nhận nhận")
    return report


def send_back_period_report(*, by: User, report: PeriodReport, reason: str, seen: int | None = None) -> PeriodReport:
    """The superior returns the report; the document that was sent does not change."""
    with act("reports.send_back", report, by=by, seen=seen, reason=reason) as locked:
        locked.return_notes = {
            "assessment": require_reason(reason, "Hãy ghi lý do trả lại để người soạn biết cần sửa gì.")
        }
        _notify(locked, _involved_user_ids(locked), "Cấp trên trả lại")
    return report


def redo_period_report(*, by: User, report: PeriodReport, seen: int | None = None) -> PeriodReport:
    """Starts the next edition, with new figures and later a new document number."""
    with act("reports.redo", report, by=by, seen=seen) as locked:
        locked.edition += 1
        locked.figures = None
        locked.frozen_at = None
        locked.sent_on = None
    return report


def _draft(by: User, report: PeriodReport, for_signature: bool = False) -> None:
    paper = period_report.period_report_paper(report, timezone.localdate())
    documents.create_or_update_draft(
        by=by,
        commune=report.commune,
        paper=paper.for_signature() if for_signature else paper,
        key=period_report.period_report_draft_key(report),
    )


def _involved_user_ids(report: PeriodReport) -> list[int]:
    """The office and everybody who has acted on the report, without the superior: these notifications are internal."""
    entries = AuditEntry.objects.filter(
        commune_id=report.commune_id, subject_type=report.subject_key, subject_id=report.pk, actor_id__isnull=False
    )
    today = timezone.localdate()
    office = role_holder_ids(report.commune_id, Role.office, on=today)
    superiors = role_holder_ids(report.commune_id, Role.superior, on=today)
    actors = {actor for actor in entries.values_list("actor_id", flat=True) if actor is not None}
    return sorted((actors | set(office)) - set(superiors))


def _notify(report: PeriodReport, users: Any, what: str) -> None:
    notify_users(
        commune_id=report.commune_id,
        users=users,
        text=f"{what}: {str(report)[:1].lower()}{str(report)[1:]}.",
        link=report.get_absolute_url(),
        key=f"report:{report.pk}:{report.edition}:{what}:{report.version}",
    )
