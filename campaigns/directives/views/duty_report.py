"""Pages on which units report the tasks of a letter and the office sees how each unit stands."""

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
    duty_board,
    duty_facts,
    duty_legend,
    duty_tiles,
    office_duties,
    reason_not_assigned,
    unit_duties_of,
)
from campaigns.directives.rules.duty import MARK_WORDS, mark_duty
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
    """What the report of a unit and that of the office share: several tasks, one text."""

    form_class = DutyReportForm
    template_name = "campaigns/report_form.html"
    help = HELP
    success_message = "Đã gửi báo cáo."

    def owed(self) -> list[UnitDuty]:
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        self.rows = self.owed()
        return {"owed": [one for one in self.rows if one.state in UnitDuty.OPEN]}

    def get_extra_context(self) -> dict[str, Any]:
        return {"rows": getattr(self, "rows", [])}

    def report(self, form: DutyReportForm) -> DutyReport:
        raise NotImplementedError

    def perform(self, form: DutyReportForm) -> Any:
        return create_once(self.idempotency_key, self.object.commune, DutyReport, lambda: self.report(form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice finds the report that its first sending made, though nothing is owed any more."""
        if (known := self._sent_before()) is not None:
            return self.again(known)
        return super().post(request, *args, **kwargs)

    def _sent_before(self) -> DutyReport | None:
        key = self.idempotency_key
        if not key:
            return None
        made = IdempotencyKey.objects.filter(key=key, commune=self.commune).values_list("made", flat=True).first()
        return DutyReport.objects.visible_to(self.request.user).filter(pk=made).first() if made else None

    def again(self, report: DutyReport) -> HttpResponse:
        return redirect(report)


class ReportDuties(DutyReportFormView):
    """The head of a unit reports tasks of one letter."""

    permission = permissions.unit_head
    act = "campaigns.report_duties"
    model = LetterReceipt

    def get_object(self) -> LetterReceipt:
        return self.get_visible_or_404(LetterReceipt, self.kwargs["pk"], "letter", "unit")

    def owed(self) -> list[UnitDuty]:
        return unit_duties_of(self.object)

    def report(self, form: DutyReportForm) -> DutyReport:
        return report_duties(
            by=self.request.user, receipt=self.object, duty_ids=form.ids(), told=form.told(), seen=self.seen
        )


class ReportOfficeDuties(DutyReportFormView):
    """The office reports its own tasks and the council's."""

    permission = permissions.office
    act = "campaigns.report_own_duties"
    model = Letter

    def owed(self) -> list[UnitDuty]:
        return office_duties(self.object)

    def report(self, form: DutyReportForm) -> DutyReport:
        return report_own_duties(
            by=self.request.user, letter=self.object, duty_ids=form.ids(), told=form.told(), seen=self.seen
        )


class DutyReportPage(PageView):
    """One report: its tasks, what was done, the evidence, what became of it."""

    permission = READERS
    template_name = "campaigns/report.html"
    help = HELP

    def get_context_data(self) -> dict[str, Any]:
        report = self.get_visible_or_404(
            DutyReport, self.kwargs["pk"], "unit", "letter", "letter__document", "reported_by"
        )
        kept = list(report.files.all())
        return {
            "object": report,
            "rows": list(report.duties.select_related("duty")),
            "files": [
                {"url": reverse("campaigns:report_file", args=[one.pk]), "label": one.name, "icon": "paperclip"}
                for one in kept
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
    """Some tasks of a report go back with a reason."""

    permission = permissions.office | permissions.chair
    act = "campaigns.return_report"
    model = DutyReport
    form_class = ReturnDutyReportForm
    help = HELP
    success_message = "Đã trả lại. Đơn vị đã được báo và thấy lý do."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"owed": list(self.object.duties.filter(state=UnitDuty.REPORTED).select_related("duty"))}

    def perform(self, form: ReturnDutyReportForm) -> Any:
        return return_duty_report(
            by=self.request.user,
            report=self.object,
            duty_ids=form.ids(),
            reason=form.cleaned_data["reason"],
            seen=self.seen,
        )


class DutyReportFileView(BaseView):
    """Evidence of a report, as a download."""

    permission = READERS

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        kept = self.get_visible_or_404(DutyReportFile, pk, "report__unit")
        return download_response(kept, f"minh chung {kept.report.unit.name} {kept.pk}")


class UnitDutyPage(PageView):
    """One task of one unit: until when, what was reported, what became of it."""

    permission = READERS
    template_name = "campaigns/unit_duty.html"
    help = HELP

    def get_context_data(self) -> dict[str, Any]:
        one = self.get_visible_or_404(
            UnitDuty, self.kwargs["pk"], "unit", "duty", "letter", "letter__document", "report", "receipt"
        )
        found = mark_duty(duty_facts(one), timezone.localdate())
        heads = self.capacity.heads(one.unit_id)
        may = heads and one.state in UnitDuty.OPEN and one.receipt and one.receipt.state == LetterReceipt.RECEIVED
        return {"object": one, "mark": MARK_WORDS[found], "may_report": may}


class DutyBoardPage(PageView):
    """Unit x task of one letter: who did what in time, late, or says nothing."""

    permission = BOARD_READERS
    template_name = "campaigns/duty_board.html"
    help = HELP

    def get_context_data(self) -> dict[str, Any]:
        letter = self.get_visible_or_404(Letter, self.kwargs["pk"], "document", "directive")
        if letter.state != Letter.ISSUED:
            raise Http404
        board = duty_board(letter, timezone.localdate())
        aims = Duty.objects.filter(directive_id=letter.directive_id, is_aim=True) if letter.directive_id else []
        return {
            "object": letter,
            "board": board,
            "duties": [cell.duty for cell in board[0].cells] if board else [],
            "aims": aims,
            "tiles": duty_tiles(board),
            "legend": duty_legend(),
        }


class DutyNotAssignedPage(PageView):
    """Why a cell of the board is empty."""

    permission = BOARD_READERS
    template_name = "campaigns/no_duty.html"
    help = HELP

    def get_context_data(self) -> dict[str, Any]:
        letter = self.get_visible_or_404(Letter, self.kwargs["pk"], "document")
        unit = self.get_visible_or_404(Unit, self.kwargs["unit"])
        duty = Duty.objects.filter(directive_id=letter.directive_id, pk=self.kwargs["duty"]).first()
        if duty is None:
            raise Http404
        return {"object": letter, "unit": unit, "duty": duty, "why": reason_not_assigned(letter, unit, duty)}
