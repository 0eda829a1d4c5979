"""Actions on the quarterly report: start, count its figures, approval, the superior's answer, another edition."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.accounts.queries import chair_signer
from emulation.audit.log import record_entry
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.validation import require_reason
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.approval.actions import Approval, Audience
from emulation.documents.blocks.paper import Paper
from emulation.documents.ended_papers import end_of
from emulation.documents.models import DocumentEvent, IssuedDocument
from emulation.workflow.transitions import act
from reports.flow.period_report import PERIOD_REPORT_APPROVAL_FLOW
from reports.models import PeriodReport
from reports.papers.period_report import period_report_draft_key, period_report_paper, period_report_sample
from reports.queries.period_report import cancelled_report_consequences
from reports.queries.report_edition import figure_in_words
from reports.queries.report_figures import figures_by_section, is_current_form, quarter_figures
from reports.rules import quarters


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
        return PeriodReport.objects.create(
            commune=locked,
            year=year,
            quarter=quarter,
            state=PeriodReport.DRAFT,
            **chair_signer(locked.pk, timezone.localdate()).columns,
            created_by=by,
        )


@transaction.atomic
def draft_period_report(*, commune: Commune, year: int, quarter: int) -> PeriodReport:
    """Returns the report of the quarter; creates it, with an audit entry without actor, when there is none."""
    report, created = PeriodReport.objects.get_or_create(
        commune=commune,
        year=year,
        quarter=quarter,
        defaults={"state": PeriodReport.DRAFT, **chair_signer(commune.pk, timezone.localdate()).columns},
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


class PeriodReportApproval(Approval[PeriodReport]):
    """Quarterly reports: the figures are frozen while the chair has them; the superior reads the issued report."""

    flow = PERIOD_REPORT_APPROVAL_FLOW
    key = "reports.report"
    kind = "bao_cao"
    series = "bao_cao"
    messages = {
        "save": "Đã lưu phần lời của báo cáo.",
        "submit": "Đã trình Chủ tịch. Số liệu đã chốt.",
        "approve": "Đã duyệt. Văn thư sẽ lấy số và gửi cấp trên.",
        "recall": "Đã đưa về Văn phòng sửa. Số liệu được tính lại; bản trình ký cũ không còn dùng được.",
        "issue": "Đã lấy số và gửi báo cáo. Cấp trên đã thấy báo cáo này.",
    }
    issued_words = "Đã gửi cấp trên"

    def paper(self, subject: PeriodReport, on: date) -> Paper:
        return period_report_paper(subject, on)

    def own_content(self, subject: PeriodReport) -> dict[str, str]:
        counted = subject.figures or quarter_figures(subject.commune_id, subject.year, subject.quarter)
        return {
            f"{section}: {figure['label']}": figure_in_words(figure) for section, figure in figures_by_section(counted)
        }

    def sample(self) -> Paper:
        return period_report_sample()

    def document_key(self, subject: PeriodReport) -> str:
        return period_report_draft_key(subject)

    def authors(self, subject: PeriodReport) -> list[int]:
        """The office and everybody who has acted on the report, without the superior: these notifications are internal."""
        entries = AuditEntry.objects.filter(
            commune_id=subject.commune_id,
            subject_type=subject.subject_key,
            subject_id=subject.pk,
            actor_id__isnull=False,
        )
        today = timezone.localdate()
        office = role_holder_ids(subject.commune_id, Role.office, on=today)
        superiors = role_holder_ids(subject.commune_id, Role.superior, on=today)
        actors = {actor for actor in entries.values_list("actor_id", flat=True) if actor is not None}
        return sorted((actors | set(office)) - set(superiors))

    def on_submit(self, subject: PeriodReport) -> None:
        subject.figures = quarter_figures(subject.commune_id, subject.year, subject.quarter)
        subject.frozen_at = timezone.now()

    def on_return(self, subject: PeriodReport) -> None:
        subject.figures = None
        subject.frozen_at = None

    def on_issue(self, subject: PeriodReport, on: date) -> None:
        day = format_date(subject.count_day)
        if on < subject.count_day:
            raise RuleBroken(f"Số liệu chốt hết ngày {day}: không ban hành báo cáo trước ngày đó.", field="issued_on")
        frozen_early = subject.frozen_at and timezone.localdate(subject.frozen_at) < subject.count_day
        if frozen_early or not is_current_form(subject.figures or {}):
            raise RuleBroken(f"Số liệu đã trình chưa đếm đủ đến ngày {day}. Hãy đưa về Văn phòng sửa để đếm lại.")
        subject.first_sent_on = subject.first_sent_on or on

    def audience(self, subject: PeriodReport, on: date) -> Audience:
        superiors = role_holder_ids(subject.commune_id, Role.superior, on=timezone.localdate())
        return Audience((ReaderGrant(role=Role.superior),), tuple(superiors))

    def consequences(self, subject: PeriodReport) -> list[str]:
        return cancelled_report_consequences(subject)

    def on_cancel(self, subject: PeriodReport, reason: str) -> None:
        subject.first_sent_on = None

    def after_issue(self, subject: PeriodReport, replaced: IssuedDocument | None, by: User) -> None:
        assert subject.document is not None
        if replaced is not None and not end_of(replaced):
            documents.add_document_event(
                by=by, document=replaced, kind=DocumentEvent.REPLACED, other=subject.document, key="replaced"
            )


period_report_approval = PeriodReportApproval()


def acknowledge_period_report(*, by: User, report: PeriodReport, seen: int | None = None) -> PeriodReport:
    """The superior confirms that they received the report."""
    with act("reports.acknowledge", report, by=by, seen=seen) as locked:
        if locked.document is not None:
            documents.add_document_event(by=by, document=locked.document, kind=DocumentEvent.SEEN)
        period_report_approval.notify(locked, period_report_approval.authors(locked), "Cấp trên đã xác nhận nhận")
    return report


def send_back_period_report(*, by: User, report: PeriodReport, reason: str, seen: int | None = None) -> PeriodReport:
    """The superior returns the report; the document that was sent does not change."""
    with act("reports.send_back", report, by=by, seen=seen, reason=reason) as locked:
        reason = require_reason(reason, "Hãy ghi lý do trả lại để người soạn biết cần sửa gì.")
        locked.return_notes = {"reason": reason, "by": by.full_name}
        period_report_approval.notify(locked, period_report_approval.authors(locked), "Cấp trên trả lại")
    return report


def redo_period_report(*, by: User, report: PeriodReport, seen: int | None = None) -> PeriodReport:
    """Starts the next edition, with new figures and later a new document number; the superior keeps what was sent."""
    with act("reports.redo", report, by=by, seen=seen) as locked:
        locked.keep_sent_edition()
        locked.edition += 1
        locked.figures = None
        locked.frozen_at = None
        locked.issued_on = None
    return report
