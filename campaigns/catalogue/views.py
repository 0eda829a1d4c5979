"""Page of the return reasons, with the button that turns one off or on."""

from typing import Any

from campaigns.catalogue.actions import add_return_reason, toggle_return_reason
from campaigns.catalogue.forms import ReturnReasonForm
from campaigns.catalogue.models import ReturnReason
from emulation.communes.models import Commune
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView


class ReturnReasonsPage(ActFormView):
    """The return reasons by field, each switched on or off, and a form to add one."""

    permission = permissions.office
    act = "campaigns.set_reasons"
    model = Commune
    form_class = ReturnReasonForm
    template_name = "campaigns/reasons.html"
    help = "ly-do-tra-lai"
    title = "Lý do trả lại mẫu"
    success_message = "Đã thêm lý do."

    def get_object(self) -> Commune:
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = list(ReturnReason.objects.visible_to(self.request.user))
        return {
            **super().get_context_data(**context),
            "groups": [(label, [row for row in rows if row.field == name]) for name, label in ReturnReason.FIELDS],
        }

    def form_valid(self, form: ReturnReasonForm) -> Any:
        add_return_reason(by=self.request.user, commune=self.object, **form.cleaned_data)
        return "campaigns:reasons"


class ToggleReturnReason(ActPostView):
    """Switch a reason on or off."""

    permission = permissions.office
    act = "campaigns.set_reasons"
    model = ReturnReason

    def get_failure_url(self) -> str:
        """The list: a reason has no page of its own."""
        return "campaigns:reasons"

    def perform(self) -> str:
        on = self.request.POST.get("on") == "1"
        toggle_return_reason(by=self.request.user, commune=self.commune, reason=self.object, on=on)
        return "campaigns:reasons"
