"""Pages of recipient lines that address no unit: acknowledged by the superior, recorded by the office."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns.directives.actions.recipient import acknowledge_above, record_received
from campaigns.directives.forms.directive import ReceivedForm
from campaigns.directives.models.recipient import LetterRecipient
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, PageView


class RecipientPage(PageView):
    """Redirect from the to-do entry of a recipient line to the letter."""

    permission = permissions.staff | permissions.superior

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.get_visible_or_404(LetterRecipient, self.kwargs["pk"], "letter"))


class AcknowledgeAbove(ActPostView):
    permission = permissions.superior
    act = "campaigns.acknowledge_above"
    model = LetterRecipient
    success_message = "Đã xác nhận. Xã thấy cơ quan cấp trên đã nhận."

    def perform(self) -> Any:
        return acknowledge_above(by=self.request.user, line=self.object, seen=self.seen)


class RecordReceived(ActFormView):
    """Record that a recipient without an account received the letter."""

    permission = permissions.office | permissions.clerk
    act = "campaigns.record_received"
    model = LetterRecipient
    form_class = ReceivedForm
    template_name = "campaigns/recipient_form.html"
    help = "viec-theo-cong-van"
    success_message = "Đã ghi."

    def get_object(self) -> LetterRecipient:
        return self.get_visible_or_404(LetterRecipient, self.kwargs["pk"], "letter")

    def form_valid(self, form: ReceivedForm) -> Any:
        return record_received(by=self.request.user, line=self.object, seen=self.seen, **form.cleaned_data)
