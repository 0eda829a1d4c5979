"""Pages to record and to delete follow-ups of an exemplar."""

from typing import Any

from django.urls import reverse

from campaigns.exemplars.actions.follow_up import drop_follow_up, record_follow_up
from campaigns.exemplars.forms.follow_up import FollowUpForm
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.follow_up import FollowUp
from emulation.audit.models import AuditEntry
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.idempotency import create_once
from emulation.workflow.views import ActFormView, ReasonFormMixin

RELATED = ("period", "unit", "person", "household", "collective", "field", "consent")


class NewFollowUp(ActFormView):
    """Record what was done to honour an exemplar."""

    permission = permissions.office
    act = "campaigns.follow_up"
    model = Exemplar
    form_class = FollowUpForm
    help = "viec-tiep-theo"
    success_message = "Đã ghi việc tiếp theo."

    def get_object(self) -> Exemplar:
        return self.get_visible_or_404(Exemplar, self.kwargs["pk"], *RELATED)

    def form_valid(self, form: FollowUpForm) -> Any:
        def make() -> FollowUp:
            return record_follow_up(by=self.request.user, exemplar=self.object, **form.cleaned_data)

        create_once(self.idempotency_key, self.commune, FollowUp, make)
        return self.object


class DropFollowUp(ReasonFormMixin, ActFormView):
    """Delete a follow-up recorded by mistake."""

    permission = permissions.office
    act = "campaigns.drop_follow_up"
    model = Exemplar
    help = "viec-tiep-theo"
    removed_model = FollowUp
    title = "Bỏ việc đã ghi"
    success_message = "Đã bỏ. Nhật ký vẫn giữ việc này và lý do."

    def get_object(self) -> Exemplar:
        self.row: FollowUp = self.get_visible_or_404(FollowUp, self.kwargs["pk"], "exemplar__unit", "exemplar__period")
        exemplar: Exemplar = self.row.exemplar
        return exemplar

    def form_valid(self, form: ReasonForm) -> Any:
        drop_follow_up(by=self.request.user, row=self.row, **form.cleaned_data)
        return self.object

    def get_removed_url(self, entry: AuditEntry) -> Any:
        return reverse("campaigns:exemplar", args=[entry.subject_id])
