"""Page of the return reasons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns.catalogue.actions import add_return_reason, toggle_return_reason
from campaigns.catalogue.forms import ReturnReasonForm
from campaigns.catalogue.models import ReturnReason
from emulation.acts import who
from emulation.acts.web import ActPage, PostAct
from emulation.communes.models import Commune


class ReturnReasonsPage(ActPage):
    """The shared reasons by field, each switched on or off, and a form for one more."""

    who, act, model = who.office, "campaigns.set_reasons", Commune
    form_class = ReturnReasonForm
    template_name = "campaigns/reasons.html"
    help = "ly-do-tra-lai"
    title = "Lý do trả lại mẫu"
    done = "Đã thêm lý do."

    def subject(self) -> Commune:
        return self.commune

    def extra(self) -> dict[str, Any]:
        rows = list(ReturnReason.objects.visible_to(self.request.user))
        return {"groups": [(label, [row for row in rows if row.field == name]) for name, label in ReturnReason.FIELDS]}

    def perform(self, form: ReturnReasonForm) -> Any:
        add_return_reason(by=self.request.user, commune=self.object, **form.cleaned_data)
        return "campaigns:reasons"


class ToggleReturnReason(PostAct):
    """Offers a reason again, or no more."""

    who, act, model = who.office, "campaigns.set_reasons", ReturnReason

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = self.find(ReturnReason, self.kwargs["pk"])
        on = request.POST.get("on") == "1"
        toggle_return_reason(by=request.user, commune=self.commune, reason=reason, on=on)
        return redirect("campaigns:reasons")
