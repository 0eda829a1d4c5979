"""Pages of the vice chair about the chair's own case: deciding it, taking that back."""

from typing import Any

from commendations.actions.chair_submission import ChairDecision
from commendations.actions.deputy_decision import decide_for_chair, undo_deputy_decision
from commendations.models import ChairSubmission
from commendations.views.chair_submission import ChairDecisionsView
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ReasonFormMixin


class DecideForChair(ChairDecisionsView):
    """The vice chair's page: the chair's own case."""

    permission = permissions.vice_chair
    act = "commendations.decide_for_chair"
    title = "Quyết định hồ sơ của Chủ tịch"
    by_deputy = True

    def record(self, decisions: dict[int, ChairDecision]) -> ChairSubmission:
        return decide_for_chair(by=self.request.user, chair_submission=self.object, decisions=decisions, seen=self.seen)


class UndoDeputyDecision(ReasonFormMixin, ActFormView):
    permission = permissions.vice_chair
    act = "commendations.undo_decide_for_chair"
    model = ChairSubmission
    title = "Xét lại hồ sơ của Chủ tịch"
    help = "chu-tich-quyet-dinh"
    reason_label = "Vì sao xét lại?"
    success_message = "Đã rút lại. Hồ sơ của Chủ tịch chờ xét lại; đơn vị đã được báo."

    def form_valid(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return undo_deputy_decision(by=self.request.user, chair_submission=self.object, reason=reason, seen=self.seen)
