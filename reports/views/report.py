"""The quarter's report: list, page, the names behind a figure, and every act on it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from emulation.acts import who
from emulation.acts.web import PAGE_SIZE, ActPage, Gated, ListPage, Page, PostAct
from emulation.audit.trail import entries_about
from emulation.communes.models import Commune
from emulation.communes.roles import COMMUNE_STAFF
from emulation.documents.forms import IssueForm
from emulation.documents.models import DocumentFile, Draft
from emulation.documents.views.issue import IssuePage
from reports import actions, papers
from reports.forms import ReasonForm, StartForm, WordsForm
from reports.models import PeriodReport
from reports.queries.figures import find

READERS = who.staff | who.superior
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReportList(ListPage):
    who = READERS
    template_name = "reports/list.html"
    help = "bao-cao-quy"

    def rows(self) -> Any:
        return PeriodReport.objects.visible_to(self.request.user).select_related("document").defer("figures")


class ReportPage(Page):
    """The figures, the words, where the report stands, and its paper."""

    who = READERS
    template_name = "reports/report.html"
    help = "bao-cao-quy"

    def content(self) -> dict[str, Any]:
        report = self.find(PeriodReport, self.kwargs["pk"], "document", "commune")
        document = report.document
        formats = list(document.files.values_list("format", flat=True)) if document else []
        staff = self.standing.has(*COMMUNE_STAFF)
        draft = (
            Draft.objects.visible_to(self.request.user).filter(key=papers.draft_key(report)).first() if staff else None
        )
        return {
            "object": report,
            "counted": papers.counted(report),
            "document": document,
            "pdf": DocumentFile.PDF in formats,
            "docx": DocumentFile.DOCX in formats,
            "draft": draft if document is None or report.state in ("draft", "submitted", "approved") else None,
            "timeline": [_line(entry) for entry in entries_about(report)] if staff else [],
        }


class Names(Page):
    """The names behind one figure."""

    who = READERS
    template_name = "reports/names.html"
    help = "bao-cao-quy"

    def content(self) -> dict[str, Any]:
        report = self.find(PeriodReport, self.kwargs["pk"], "commune")
        figure = find(papers.counted(report), self.kwargs["key"])
        if figure is None:
            raise Http404
        page = Paginator(figure["names"], PAGE_SIZE).get_page(self.request.GET.get("trang"))
        return {"object": report, "figure": figure, "page": page, "rows": page.object_list}


class Sheet(Gated):
    """The same numbers as a spreadsheet."""

    who = READERS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = self.find(PeriodReport, pk, "commune")
        name = f"bao-cao-quy-{report.quarter}-{report.year}.xlsx"
        return HttpResponse(
            papers.report_sheet(report),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class Start(ActPage):
    who = who.office
    act = "reports.start"
    model = Commune
    form_class = StartForm
    title = "Lập báo cáo quý"
    help = "bao-cao-quy"
    done = "Đã lập báo cáo. Số liệu đã được tính sẵn; hãy viết phần lời."

    def subject(self) -> Commune:
        return self.commune

    def perform(self, form: StartForm) -> PeriodReport:
        data = form.cleaned_data
        return actions.start_report(
            by=self.request.user, commune=self.object, year=data["year"], quarter=data["quarter"]
        )


class ReportAct(ActPage):
    model = PeriodReport
    help = "bao-cao-quy"

    def subject(self) -> PeriodReport:
        return self.find(PeriodReport, self.kwargs["pk"], "commune")


class Edit(ReportAct):
    who = who.office
    act = "reports.edit"
    form_class = WordsForm
    title = "Viết phần lời của báo cáo"
    done = "Đã lưu phần lời của báo cáo."

    def form_kwargs(self) -> dict[str, Any]:
        report = self.object
        initial = {"assessment": report.assessment, "shortcomings": report.shortcomings, "plan": report.plan}
        return {"initial": initial, "notes": report.return_notes}

    def perform(self, form: WordsForm) -> PeriodReport:
        return actions.edit_report(by=self.request.user, report=self.object, seen=self.seen, **form.cleaned_data)


class Return(ReportAct):
    who = who.chair
    act = "reports.return"
    form_class = ReasonForm
    title = "Trả lại báo cáo"
    done = "Đã trả lại để Văn phòng sửa."

    def perform(self, form: ReasonForm) -> PeriodReport:
        return actions.return_report(
            by=self.request.user, report=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class SendBack(ReportAct):
    who = who.superior
    act = "reports.send_back"
    form_class = ReasonForm
    title = "Trả lại báo cáo"
    done = "Đã trả lại kèm lý do; xã sẽ gửi bản khác."

    def perform(self, form: ReasonForm) -> PeriodReport:
        reason = form.cleaned_data["reason"]
        return actions.send_back_report(by=self.request.user, report=self.object, reason=reason, seen=self.seen)


class Send(IssuePage, ReportAct):
    act = "reports.send"
    title = "Lấy số, gửi cấp trên"
    done = "Đã lấy số và gửi báo cáo. Cấp trên đã thấy báo cáo này."

    def perform(self, form: IssueForm) -> PeriodReport:
        day = form.cleaned_data["issued_on"]
        return actions.send_report(by=self.request.user, report=self.object, issued_on=day, seen=self.seen)


class ReportButton(PostAct):
    model = PeriodReport

    def subject(self) -> PeriodReport:
        return self.find(PeriodReport, self.kwargs["pk"], "commune")


class Submit(ReportButton):
    who = who.office
    act = "reports.submit"
    done = "Đã trình Chủ tịch. Số liệu đã chốt."

    def perform(self) -> PeriodReport:
        return actions.submit_report(by=self.request.user, report=self.object, seen=self.seen)


class Approve(ReportButton):
    who = who.chair
    act = "reports.approve"
    done = "Đã duyệt. Văn thư sẽ lấy số và gửi cấp trên."

    def perform(self) -> PeriodReport:
        return actions.approve_report(by=self.request.user, report=self.object, seen=self.seen)


class Acknowledge(ReportButton):
    who = who.superior
    act = "reports.acknowledge"
    done = "Đã xác nhận đã nhận báo cáo."

    def perform(self) -> PeriodReport:
        return actions.acknowledge_report(by=self.request.user, report=self.object, seen=self.seen)


class Redo(ReportButton):
    who = who.office
    act = "reports.redo"
    done = "Đã mở bản mới. Số liệu được tính lại."

    def perform(self) -> PeriodReport:
        return actions.redo_report(by=self.request.user, report=self.object, seen=self.seen)


def _line(entry: Any) -> dict[str, Any]:
    back = entry.act in ("reports.return", "reports.send_back")
    return {
        "what": entry.label,
        "who": entry.actor_name,
        "when": entry.at,
        "note": str(entry.facts.get("reason", "")),
        "mark": "back" if back else "done",
    }
