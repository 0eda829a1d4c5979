"""Pages of task reports: units report, the office reviews, the board shows all units."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from campaigns.directives.actions.duty_report import (
    accept_duty_report,
    report_duties,
    report_own_duties,
    return_duty_report,
)
from campaigns.directives.forms.duty import DutyReportForm, ReturnDutyReportForm
from campaigns.directives.models.duty import Duty, DutyReport, DutyReportFile, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.queries.duty import (
    duty_facts,
    office_duties,
    reason_not_assigned,
    unit_duties_of,
)
from campaigns.directives.queries.duty_board import duty_board, duty_legend, duty_tiles, moved_due_days, rows_by_duty
from campaigns.directives.queries.duty_report import duty_report_changes
from campaigns.directives.rules.duty import MARK_WORDS, DutyMark, mark_duty
from campaigns.directives.views.downloads import download_response
from emulation.workflow import permissions
from emulation.workflow.idempotency import create_once
from emulation.workflow.models import IdempotencyKey
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView
from villages.models import Unit

HELP = "bao-cao-viec-theo-cong-van"
READERS = permissions.staff | permissions.council_member | permissions.unit_head
BOARD_READERS = permissions.staff | permissions.council_member


class DutyReportFormView(ActFormView):
    """Base of the report forms of a unit and of the office: several tasks, one text."""

    form_class = DutyReportForm
    template_name = "campaigns/report_form.html"
    help = HELP
    success_message = "Đã gửi báo cáo."

    def get_unit_duties(self) -> list[UnitDuty]:
        """All tasks of the unit in the letter, open or not."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        self.rows = self.get_unit_duties()
        return {"unit_duties": [one for one in self.rows if one.state in UnitDuty.OPEN]}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "rows": getattr(self, "rows", [])}

    def report(self, form: DutyReportForm) -> DutyReport:
        """Carry out the report."""
        raise NotImplementedError

    def form_valid(self, form: DutyReportForm) -> Any:
        return create_once(self.idempotency_key, self.object.commune, DutyReport, lambda: self.report(form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form submitted twice leads to the report of the first submit, although the tasks are no longer open."""
        if (previous := self._previous_report()) is not None:
            return redirect(previous)
        return super().post(request, *args, **kwargs)

    def _previous_report(self) -> DutyReport | None:
        key = self.idempotency_key
        if not key:
            return None
        pk = IdempotencyKey.objects.filter(key=key, commune=self.commune).values_list("made", flat=True).first()
        return DutyReport.objects.visible_to(self.request.user).filter(pk=pk).first() if pk else None


class ReportDuties(DutyReportFormView):
    """The head of a unit reports tasks of one letter."""

    permission = permissions.unit_head
    act = "campaigns.report_duties"
    model = LetterReceipt

    def get_object(self) -> LetterReceipt:
        return self.get_visible_or_404(LetterReceipt, self.kwargs["pk"], "letter", "unit")

    def get_unit_duties(self) -> list[UnitDuty]:
        return unit_duties_of(self.object)

    def report(self, form: DutyReportForm) -> DutyReport:
        return report_duties(
            by=self.request.user, receipt=self.object, duty_ids=form.ids(), content=form.content(), seen=self.seen
        )


class ReportOfficeDuties(DutyReportFormView):
    """The office reports its own tasks and the council's."""

    permission = permissions.office
    act = "campaigns.report_own_duties"
    model = Letter

    def get_unit_duties(self) -> list[UnitDuty]:
        return office_duties(self.object)

    def report(self, form: DutyReportForm) -> DutyReport:
        return report_own_duties(
            by=self.request.user, letter=self.object, duty_ids=form.ids(), content=form.content(), seen=self.seen
        )


class DutyReportPage(PageView):
    """One report: its tasks, text, evidence and result."""

    permission = READERS
    template_name = "campaigns/report.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        report = self.get_visible_or_404(
            DutyReport, self.kwargs["pk"], "unit", "letter", "letter__document", "reported_by"
        )
        return {
            **super().get_context_data(**context),
            "object": report,
            "changes": duty_report_changes(report),
            "rows": list(report.duties.select_related("duty")),
            "files": [
                {"url": reverse("campaigns:report_file", args=[one.pk]), "label": one.name, "icon": "paperclip"}
                for one in report.files.all()
            ],
        }


class AcceptDutyReport(ActPostView):
    permission = permissions.office | permissions.chair
    act = "campaigns.accept_report"
    model = DutyReport
    success_message = "Đã chấp nhận. Đơn vị đã được báo."

    def perform(self) -> Any:
        return accept_duty_report(by=self.request.user, report=self.object, seen=self.seen)


class ReturnDutyReport(ActFormView):
    """Return some tasks of a report with a reason."""

    permission = permissions.office | permissions.chair
    act = "campaigns.return_report"
    model = DutyReport
    form_class = ReturnDutyReportForm
    help = HELP
    success_message = "Đã trả lại. Đơn vị đã được báo và thấy lý do."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"unit_duties": list(self.object.duties.filter(state=UnitDuty.REPORTED).select_related("duty"))}

    def form_valid(self, form: ReturnDutyReportForm) -> Any:
        return return_duty_report(
            by=self.request.user,
            report=self.object,
            duty_ids=form.ids(),
            reason=form.cleaned_data["reason"],
            seen=self.seen,
        )


class DutyReportFileView(BaseView):
    """A file of a report, served as a download."""

    permission = READERS

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        file = self.get_visible_or_404(DutyReportFile, pk, "report__unit")
        return download_response(file, f"minh chung {file.report.unit.name} {file.pk}")


class UnitDutyPage(PageView):
    """One task of one unit: its due day, report and result."""

    permission = READERS
    template_name = "campaigns/unit_duty.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        one = self.get_visible_or_404(
            UnitDuty, self.kwargs["pk"], "unit", "duty", "letter", "letter__document", "report", "receipt"
        )
        mark = mark_duty(duty_facts(one), timezone.localdate())
        return {
            **super().get_context_data(**context),
            "object": one,
            "mark": None if mark in (DutyMark.sent, DutyMark.returned) else MARK_WORDS[mark],  # as the state
            "may_report": self._may_report(one),
        }

    def _may_report(self, one: UnitDuty) -> bool:
        if not self.capacity.heads(one.unit_id) or one.state not in UnitDuty.OPEN:
            return False
        return one.receipt is not None and one.receipt.state == LetterReceipt.RECEIVED


class DutyBoardPage(PageView):
    """The table of units by tasks of one letter: done in time, late, or not reported."""

    permission = BOARD_READERS
    template_name = "campaigns/duty_board.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        letter = self.get_visible_or_404(Letter, self.kwargs["pk"], "document", "directive")
        if letter.state != Letter.ISSUED:
            raise Http404
        board = duty_board(letter, timezone.localdate())
        aims = Duty.objects.filter(directive_id=letter.directive_id, is_aim=True) if letter.directive_id else []
        return {
            **super().get_context_data(**context),
            "object": letter,
            "board": board,
            "duties": rows_by_duty(board),
            "moved": moved_due_days(letter),
            "aims": aims,
            "tiles": duty_tiles(board),
            "legend": duty_legend(),
        }


class DutyNotAssignedPage(PageView):
    """Explains why a cell of the board is empty."""

    permission = BOARD_READERS
    template_name = "campaigns/no_duty.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        letter = self.get_visible_or_404(Letter, self.kwargs["pk"], "document")
        unit = self.get_visible_or_404(Unit, self.kwargs["unit"])
        duty = Duty.objects.filter(directive_id=letter.directive_id, pk=self.kwargs["duty"]).first()
        if duty is None:
            raise Http404
        return {
            **super().get_context_data(**context),
            "object": letter,
            "unit": unit,
            "duty": duty,
            "why": reason_not_assigned(letter, unit, duty),
        }
