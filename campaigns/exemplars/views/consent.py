"""Page on which the office records a person's consent."""

from typing import Any

from django.utils import timezone

from campaigns.exemplars.actions.consent import needs_guardian, record_consent
from campaigns.exemplars.forms.consent import ConsentForm
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.views.follow_up import RELATED
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView


class RecordConsent(ActFormView):
    """Record whether the nominee consents to be named in public."""

    permission = permissions.unit_head | permissions.office
    act = "campaigns.record_consent"
    model = Exemplar
    form_class = ConsentForm
    template_name = "campaigns/consent.html"
    help = "dong-y-neu-guong"
    success_message = "Đã ghi ý kiến."

    def get_object(self) -> Exemplar:
        return self.get_visible_or_404(Exemplar, self.kwargs["pk"], *RELATED)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        minor = hasattr(self, "object") and needs_guardian(self.object, timezone.localdate())
        return {**super().get_context_data(**context), "minor": minor}

    def get_initial(self) -> dict[str, Any]:
        return ConsentForm.initial_of(self.object)

    def form_valid(self, form: ConsentForm) -> Any:
        record_consent(by=self.request.user, exemplar=self.object, seen=self.seen, **form.cleaned_data)
        return self.object
