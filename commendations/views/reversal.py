"""The forms that take back what was recorded by mistake: a handover, a recovery, or what was done with a supplement."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from commendations.actions.reversal import reverse_handover, reverse_recovery, reverse_supplement_answer
from commendations.models import AwardRecovery, AwardSupplementAnswer, Handover
from emulation.workflow import permissions
from emulation.workflow.idempotency import is_used
from emulation.workflow.views import ActFormView, ReasonFormMixin


class ReversalView(ReasonFormMixin, ActFormView):
    """The reason, under the name of what was recorded; returns to the award."""

    permission = permissions.office | permissions.clerk
    template_name = "commendations/reversal.html"
    title = "Rút lại lần ghi nhầm"
    help = "dinh-chinh-huy-bo"
    reason_label = "Vì sao rút lại?"
    reason_help = "Lần ghi này và lý do vẫn nằm trong Sổ vàng; sau đó ghi lại cho đúng."
    success_message = "Đã rút lại lần ghi nhầm."

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice is not refused because it was taken back the first time."""
        if is_used(self.idempotency_key, self.commune):
            return redirect(self.get_object())
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = hasattr(self, "object")
        crumbs = [(str(self.object), self.object.get_absolute_url())] if shown else []
        return {**super().get_context_data(**context), "crumbs": crumbs}


class ReverseHandover(ReversalView):
    act = "commendations.reverse_handover"
    model = Handover
    help = "so-vang"

    def form_valid(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        reverse_handover(by=self.request.user, handover=self.object, reason=reason, key=self.idempotency_key)
        return redirect(self.object)


class ReverseRecovery(ReversalView):
    act = "commendations.reverse_recovery"
    model = AwardRecovery

    def form_valid(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        reverse_recovery(by=self.request.user, recovery=self.object, reason=reason, key=self.idempotency_key)
        return redirect(self.object)


class ReverseSupplementAnswer(ReversalView):
    act = "commendations.reverse_supplement_answer"
    model = AwardSupplementAnswer

    def form_valid(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        reverse_supplement_answer(by=self.request.user, answer=self.object, reason=reason, key=self.idempotency_key)
        return redirect(self.object)
