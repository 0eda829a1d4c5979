"""Pages of the office's appraisal of a submitted nomination."""

from typing import Any

from django.db import transaction

from commendations.actions import appraisal as actions
from commendations.forms.nomination import ChecklistForm, ReturnNominationForm
from commendations.models import Nomination
from commendations.queries.cancelled_earlier import cancelled_earlier
from commendations.queries.checklist import checklist_papers
from commendations.queries.other_deeds import other_deeds
from commendations.queries.qualifying import submitted_cases_of
from commendations.views.nomination import NOMINEE_RELATIONS
from emulation.legal import current
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, ActPostView, ReasonFormMixin


class ReturnNomination(ActFormView):
    """Return the file with a reason for each part to correct."""

    permission = permissions.office
    act = "commendations.return"
    model = Nomination
    form_class = ReturnNominationForm
    template_name = "commendations/nomination_return.html"
    help = "tham-dinh-ho-so"
    success_message = "Đã trả lại. Đơn vị đã được báo và thấy lý do ngay tại mục cần sửa."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"nomination": self.object}

    def form_valid(self, form: ReturnNominationForm) -> Any:
        return actions.return_nomination(
            by=self.request.user, nomination=self.object, notes=form.notes(), seen=self.seen
        )


class ReturnAfterCouncil(ReasonFormMixin, ActFormView):
    permission = permissions.office | permissions.chair
    act = "commendations.return_after_council"
    model = Nomination
    title = "Trả lại đơn vị"
    help = "tham-dinh-ho-so"
    reason_label = "Lý do trả lại"
    reason_help = "Hồ sơ ra khỏi phiếu trình và dự thảo. Đơn vị sửa, nộp lại; hồ sơ được thẩm định và Hội đồng xét lại."
    success_message = "Đã trả lại đơn vị. Hồ sơ đã ra khỏi phiếu trình và dự thảo."

    def form_valid(self, form: ReasonForm) -> Any:
        return actions.return_after_council(
            by=self.request.user, nomination=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class CheckNomination(ActFormView):
    """The checklist by the law of the day of receipt."""

    permission = permissions.office
    act = "commendations.check"
    model = Nomination
    form_class = ChecklistForm
    template_name = "commendations/nomination_check.html"
    help = "tham-dinh-ho-so"
    success_message = "Đã ghi kết quả kiểm tra hồ sơ."

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"nomination": self.object, "papers": checklist_papers(self.object, self.request.user)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        case = getattr(self, "object", None)
        warnings = cancelled_earlier(case) if case else []
        alike = self.alike(case) if case else 0
        deeds = other_deeds(case, self.request.user) if case else []
        return {
            **super().get_context_data(**context),
            "cancelled_earlier": warnings,
            "alike": alike,
            "other_deeds": deeds,
        }

    def alike(self, case: Nomination) -> int:
        """How many other submitted cases of the unit are for the same title and year.

        0 for awards that are no titles and for collectives, which the page for many does not have.
        """
        is_title = current.law_for(case.commune_id).award(case.award_code).genus == "title"
        if case.collective_id or not is_title:
            return 0
        rows = submitted_cases_of(case.unit, case.award_code, case.award_year, self.request.user)
        return rows.exclude(pk=case.pk).count()

    def form_valid(self, form: ChecklistForm) -> Any:
        # One transaction: if completing fails, the marks and their new version are rolled back too, so that the form
        # on screen is not stale when it is sent again.
        with transaction.atomic():
            actions.save_checklist(by=self.request.user, nomination=self.object, marks=form.marks(), seen=self.seen)
            if self.request.POST.get("do") == "complete":
                actions.complete_nomination(by=self.request.user, nomination=self.object)
        return self.object


class CompleteNomination(ActPostView):
    permission = permissions.office
    act = "commendations.complete"
    model = Nomination
    success_message = "Hồ sơ hợp lệ, có thể đưa vào phiên họp Hội đồng."

    def perform(self) -> Any:
        return actions.complete_nomination(by=self.request.user, nomination=self.object, seen=self.seen)
