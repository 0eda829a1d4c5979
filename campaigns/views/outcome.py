"""Pages of consent, of what followed an exemplar, and of the shared reasons for a return."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from campaigns import actions
from campaigns.forms.choice import WhyForm
from campaigns.forms.outcome import ConsentForm, FollowUpForm, ReasonForm
from campaigns.models import Exemplar, FollowUp, ReturnReason
from emulation.acts import who
from emulation.acts.once import once
from emulation.acts.web import ActPage, PostAct
from emulation.communes.models import Commune

RELATED = ("period", "unit", "person", "household", "collective", "field", "consent")


class RecordConsent(ActPage):
    """What the person answered when asked whether the story may be told in public."""

    who, act, model = who.unit_head | who.office, "campaigns.record_consent", Exemplar
    form_class = ConsentForm
    template_name = "campaigns/consent.html"
    help = "dong-y-neu-guong"
    done = "Đã ghi ý kiến."

    def subject(self) -> Exemplar:
        return self.find(Exemplar, self.kwargs["pk"], *RELATED)

    def extra(self) -> dict[str, Any]:
        minor = hasattr(self, "object") and actions.needs_guardian(self.object, timezone.localdate())
        return {"minor": minor}

    def initial(self) -> dict[str, Any]:
        return ConsentForm.initial_of(self.object)

    def perform(self, form: ConsentForm) -> Any:
        actions.record_consent(by=self.request.user, exemplar=self.object, seen=self.seen, **form.cleaned_data)
        return self.object


class NewFollowUp(ActPage):
    """Writing down what was done for an exemplar."""

    who, act, model = who.office, "campaigns.follow_up", Exemplar
    form_class = FollowUpForm
    help = "viec-tiep-theo"
    done = "Đã ghi việc tiếp theo."

    def subject(self) -> Exemplar:
        return self.find(Exemplar, self.kwargs["pk"], *RELATED)

    def perform(self, form: FollowUpForm) -> Any:
        def make() -> FollowUp:
            return actions.follow_up(by=self.request.user, exemplar=self.object, **form.cleaned_data)

        once(self.once_key, self.commune, FollowUp, make)
        return self.object


class DropFollowUp(ActPage):
    """Taking back what was written by mistake."""

    who, act, model = who.office, "campaigns.drop_follow_up", Exemplar
    form_class = WhyForm
    help = "viec-tiep-theo"
    title = "Bỏ việc đã ghi"
    done = "Đã bỏ. Nhật ký vẫn giữ việc này và lý do."

    def subject(self) -> Exemplar:
        self.row: FollowUp = self.find(FollowUp, self.kwargs["pk"], "exemplar__unit", "exemplar__period")
        exemplar: Exemplar = self.row.exemplar
        return exemplar

    def perform(self, form: WhyForm) -> Any:
        actions.drop_follow_up(by=self.request.user, row=self.row, **form.cleaned_data)
        return self.object


class Reasons(ActPage):
    """The shared reasons by field, each switched on or off, and a form for one more."""

    who, act, model = who.office, "campaigns.set_reasons", Commune
    form_class = ReasonForm
    template_name = "campaigns/reasons.html"
    help = "ly-do-tra-lai"
    title = "Lý do trả lại mẫu"
    done = "Đã thêm lý do."

    def subject(self) -> Commune:
        return self.commune

    def extra(self) -> dict[str, Any]:
        rows = list(ReturnReason.objects.visible_to(self.request.user))
        return {"groups": [(label, [row for row in rows if row.field == name]) for name, label in ReturnReason.FIELDS]}

    def perform(self, form: ReasonForm) -> Any:
        actions.add_reason(by=self.request.user, commune=self.object, **form.cleaned_data)
        return "campaigns:reasons"


class SwitchReason(PostAct):
    """Offers a reason again, or no more."""

    who, act, model = who.office, "campaigns.set_reasons", ReturnReason

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = self.find(ReturnReason, self.kwargs["pk"])
        on = request.POST.get("on") == "1"
        actions.switch_reason(by=request.user, commune=self.commune, reason=reason, on=on)
        return redirect("campaigns:reasons")
