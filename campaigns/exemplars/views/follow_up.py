"""Pages of consent, of what followed an exemplar, and of the shared reasons for a return."""

from typing import Any

from campaigns.exemplars.actions.follow_up import drop_follow_up, record_follow_up
from campaigns.exemplars.forms.follow_up import FollowUpForm
from campaigns.exemplars.forms.shortlist import ShortReasonForm
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.follow_up import FollowUp
from emulation.acts import who
from emulation.acts.once import once
from emulation.acts.web import ActPage

RELATED = ("period", "unit", "person", "household", "collective", "field", "consent")


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
            return record_follow_up(by=self.request.user, exemplar=self.object, **form.cleaned_data)

        once(self.once_key, self.commune, FollowUp, make)
        return self.object


class DropFollowUp(ActPage):
    """Taking back what was written by mistake."""

    who, act, model = who.office, "campaigns.drop_follow_up", Exemplar
    form_class = ShortReasonForm
    help = "viec-tiep-theo"
    title = "Bỏ việc đã ghi"
    done = "Đã bỏ. Nhật ký vẫn giữ việc này và lý do."

    def subject(self) -> Exemplar:
        self.row: FollowUp = self.find(FollowUp, self.kwargs["pk"], "exemplar__unit", "exemplar__period")
        exemplar: Exemplar = self.row.exemplar
        return exemplar

    def perform(self, form: ShortReasonForm) -> Any:
        drop_follow_up(by=self.request.user, row=self.row, **form.cleaned_data)
        return self.object
