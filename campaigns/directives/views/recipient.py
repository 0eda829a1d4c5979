"""The lines of "Nơi nhận" that no unit answers for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns.directives.actions.recipient import acknowledge_above, record_received
from campaigns.directives.forms.directive import ReceivedForm
from campaigns.directives.models.recipient import LetterRecipient
from emulation.acts import who
from emulation.acts.web import ActPage, Page, PostAct


class RecipientPage(Page):
    """Where a to-do of a line leads: the letter itself."""

    who = who.staff | who.superior

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.find(LetterRecipient, self.kwargs["pk"], "letter"))


class AcknowledgeAbove(PostAct):
    who, act, model = who.superior, "campaigns.acknowledge_above", LetterRecipient
    done = "Đã xác nhận. Xã thấy cơ quan cấp trên đã nhận."

    def perform(self) -> Any:
        return acknowledge_above(by=self.request.user, line=self.object, seen=self.seen)


class RecordReceived(ActPage):
    """That somebody without a sign-in has the letter."""

    who, act, model = who.office | who.clerk, "campaigns.record_received", LetterRecipient
    form_class = ReceivedForm
    template_name = "campaigns/recipient_form.html"
    help = "viec-theo-cong-van"
    done = "Đã ghi."

    def subject(self) -> LetterRecipient:
        return self.find(LetterRecipient, self.kwargs["pk"], "letter")

    def perform(self, form: ReceivedForm) -> Any:
        return record_received(by=self.request.user, line=self.object, seen=self.seen, **form.cleaned_data)
