"""The form of a supplement."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from commendations.actions.award_supplement import answer_supplement
from commendations.forms.award_supplement import PAID, AwardSupplementForm
from commendations.models import AwardSupplement
from commendations.queries.award_supplement import supplement_list_of
from emulation.workflow import permissions
from emulation.workflow.idempotency import is_used
from emulation.workflow.views import ActFormView


class AnswerSupplement(ActFormView):
    permission = permissions.office | permissions.clerk
    act = "commendations.answer_supplement"
    model = AwardSupplement
    form_class = AwardSupplementForm
    template_name = "commendations/award_supplement.html"
    title = "Ghi đã chi bổ sung"
    success_message = "Đã ghi."
    help = "dinh-chinh-huy-bo"

    def get_object(self) -> AwardSupplement:
        return self.get_visible_or_404(AwardSupplement, self.kwargs["pk"], "award", "amendment", "commune")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice is not refused because it was recorded the first time."""
        if is_used(self.idempotency_key, self.commune):
            return redirect(self.get_object())
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        award = self.object.award
        name = award.word("name") if award.person_id else ""
        return {"done": PAID, "answered_on": timezone.localdate(), "received_by": name}

    def form_valid(self, form: AwardSupplementForm) -> Any:
        facts = {**form.cleaned_data}
        answer_supplement(
            by=self.request.user, supplement=self.object, paid=facts.pop("done"), key=self.idempotency_key, **facts
        )
        return redirect(self.object)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = hasattr(self, "object")
        crumbs = [(str(self.object.award), self.object.get_absolute_url())] if shown else []
        to_sign = supplement_list_of(self.object.award.decision_id) if shown else None
        return {**super().get_context_data(**context), "crumbs": crumbs, "supplement_list": to_sign}
