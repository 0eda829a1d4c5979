"""Views of the quarterly report: list, page, the names behind a figure, the workbook, and every workflow step."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from emulation.audit.log import entries_about
from emulation.communes.models import Commune
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.documents.approval.views import EditPaperView
from emulation.documents.models import DocumentFile, Draft
from emulation.documents.queries import document_file_statuses
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.lists import PAGE_SIZE, ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of
from reports.actions import period_report
from reports.actions.period_report import period_report_approval
from reports.forms.period_report import PeriodReportTextForm, StartPeriodReportForm
from reports.models import PeriodReport
from reports.papers import period_report as period_report_papers
from reports.papers.period_report_workbook import period_report_workbook
from reports.queries.agenda import provisional_report_ids
from reports.queries.report_edition import earlier_papers, edition_changes
from reports.queries.report_figures import changes_since, figure_by_key
from reports.rules.adjustments import adjusted_names, format_change

REPORT_READERS = permissions.staff | permissions.superior
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReportReaderMixin:
    """Finds a report that the user may see; who is not staff reads it as it was sent."""

    def as_read(self: Any, report: PeriodReport) -> PeriodReport:
        return report if self.capacity.has(*COMMUNE_STAFF_ROLES) else report.as_sent


class PeriodReportList(ReportReaderMixin, PagedListView):
    permission = REPORT_READERS
    template_name = "reports/list.html"
    help = "bao-cao-quy"
    title = "Báo cáo quý"
    columns = (
        ListColumn("Kỳ", str, width=32),
        ListColumn("Tình trạng", lambda row: state_of(row).label, width=24),
        ListColumn("Số, ký hiệu", lambda row: row.document.reference if row.document else "", width=18),
        ListColumn("Ngày gửi", lambda row: row.issued_on, width=14),
    )

    def get_queryset(self) -> Any:
        rows = PeriodReport.objects.visible_to(self.request.user).select_related("document").defer("figures")
        year = self.request.GET.get("nam", "")
        self.year = int(year) if year.isdecimal() and len(year) <= 4 else None
        return rows.filter(year=self.year) if self.year else rows

    def narrowed_to(self) -> str:
        return f"năm {self.year}" if self.year else ""

    def lines(self) -> Iterator[list[Any]]:
        """The cells of all reports, each as this user reads it."""
        for report in self.all_rows():
            yield [column.value(self.as_read(report)) for column in self.columns]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        rows = [self.as_read(report) for report in context["rows"]]
        return {
            **context,
            "rows": rows,
            "year": self.year,
            "provisional": provisional_report_ids(self.capacity.commune_id or 0, rows, timezone.localdate()),
            "receives": bool(self.capacity.commune_id and self.capacity.has(Role.superior)),
        }


class PeriodReportPage(ReportReaderMixin, PageView):
    """The figures, the text, the state, the history and the document of a report."""

    permission = REPORT_READERS
    template_name = "reports/report.html"
    help = "bao-cao-quy"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = self.get_visible_or_404(PeriodReport, self.kwargs["pk"], "document", "commune")
        report = self.as_read(found)
        document = report.document
        formats = [one.format for one in document_file_statuses(document) if one.is_ready] if document else []
        staff = self.capacity.has(*COMMUNE_STAFF_ROLES)
        show_draft = document is None or report.state in ("draft", "submitted", "approved")
        counted = period_report_papers.figures_of_report(report)
        lines = counted.get("adjustments", [])
        later = changes_since(report) if report.state in PeriodReport.STANDING else []
        return {
            **super().get_context_data(**context),
            "object": report,
            "changes": edition_changes(report, counted),
            "resubmitted": period_report_approval.changes(report),
            "later": _with_changes(later),
            "later_names": adjusted_names(later),
            "redone_meanwhile": report is not found,
            "counted": counted,
            "year_counted": _year_counted(counted),
            "adjusted": _with_changes(lines),
            "adjusted_names": adjusted_names(lines),
            "document": document,
            "earlier": earlier_papers(report, self.request.user),
            "pdf": DocumentFile.PDF in formats,
            "docx": DocumentFile.DOCX in formats,
            "draft": self._draft(report) if staff and show_draft else None,
            "timeline": [_timeline_entry(entry) for entry in entries_about(report)] if staff else [],
        }

    def _draft(self, report: PeriodReport) -> Draft | None:
        key = period_report_papers.period_report_draft_key(report)
        return Draft.objects.visible_to(self.request.user).filter(key=key).first()


def _year_counted(counted: dict[str, Any]) -> list[date]:
    """The first and last day of the sum of the year; [] for figures of an older form."""
    return [date.fromisoformat(day) for day in counted.get("year_counted", ())]


def _with_changes(lines: list[Any]) -> list[tuple[Any, str]]:
    """Each adjusted figure with its change in words."""
    return [(line, format_change(line["now"] - line["reported"])) for line in lines]


class FigureNamesPage(ReportReaderMixin, PageView):
    """The names behind one figure."""

    permission = REPORT_READERS
    template_name = "reports/names.html"
    help = "bao-cao-quy"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        report = self.as_read(self.get_visible_or_404(PeriodReport, self.kwargs["pk"], "commune"))
        figure = figure_by_key(period_report_papers.figures_of_report(report), self.kwargs["key"])
        if figure is None:
            raise Http404
        page = Paginator(figure["names"], PAGE_SIZE).get_page(self.request.GET.get("trang"))
        return {
            **super().get_context_data(**context),
            "object": report,
            "figure": figure,
            "page": page,
            "rows": page.object_list,
        }


class PeriodReportWorkbook(ReportReaderMixin, BaseView):
    """The same figures as a workbook."""

    permission = REPORT_READERS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = self.as_read(self.get_visible_or_404(PeriodReport, pk, "commune"))
        name = f"bao-cao-quy-{report.quarter}-{report.year}.xlsx"
        return HttpResponse(
            period_report_workbook(report),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class StartPeriodReport(ActFormView):
    permission = permissions.office
    act = "reports.start"
    model = Commune
    form_class = StartPeriodReportForm
    title = "Lập báo cáo quý"
    help = "bao-cao-quy"
    success_message = "Đã lập báo cáo. Số liệu đã được tính sẵn; hãy viết phần lời."

    def get_object(self) -> Commune:
        return self.commune

    def form_valid(self, form: StartPeriodReportForm) -> PeriodReport:
        data = form.cleaned_data
        return period_report.start_period_report(
            by=self.request.user, commune=self.object, year=data["year"], quarter=data["quarter"]
        )


class EditPeriodReport(EditPaperView):
    form_class = PeriodReportTextForm
    title = "Viết phần lời của báo cáo"


class SendBackPeriodReport(ReasonFormMixin, ActFormView):
    model = PeriodReport
    help = "bao-cao-quy"
    permission = permissions.superior
    act = "reports.send_back"
    reason_help = "Nói rõ cần sửa chỗ nào."
    title = "Trả lại báo cáo"
    success_message = "Đã trả lại kèm lý do; xã sẽ gửi bản khác."

    def form_valid(self, form: ReasonForm) -> PeriodReport:
        reason = form.cleaned_data["reason"]
        return period_report.send_back_period_report(
            by=self.request.user, report=self.object, reason=reason, seen=self.seen
        )


class PeriodReportPostView(ActPostView):
    model = PeriodReport

    def get_object(self) -> PeriodReport:
        return self.get_visible_or_404(PeriodReport, self.kwargs["pk"], "commune")


class AcknowledgePeriodReport(PeriodReportPostView):
    permission = permissions.superior
    act = "reports.acknowledge"
    success_message = "Đã xác nhận đã nhận báo cáo."

    def perform(self) -> PeriodReport:
        return period_report.acknowledge_period_report(by=self.request.user, report=self.object, seen=self.seen)


class RedoPeriodReport(PeriodReportPostView):
    permission = permissions.office
    act = "reports.redo"
    success_message = "Đã mở bản mới. Số liệu được tính lại."

    def perform(self) -> PeriodReport:
        return period_report.redo_period_report(by=self.request.user, report=self.object, seen=self.seen)


def _timeline_entry(entry: Any) -> dict[str, Any]:
    back = entry.act in ("reports.return", "reports.recall", "reports.send_back")
    return {
        "what": entry.label,
        "who": entry.actor_name,
        "when": entry.at,
        "note": str(entry.facts.get("reason", "")),
        "mark": "back" if back else "done",
    }
