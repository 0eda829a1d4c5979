"""Two cases whose deeds look alike, next to each other: the office keeps them apart with a reason, or takes that back."""

from typing import Any

from django.http import Http404

from commendations.actions.deeds_apart import end_deeds_apart, keep_deeds_apart
from commendations.models import Nomination
from commendations.queries.other_deeds import other_deeds
from commendations.queries.same_case import NAMED
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ReasonFormMixin


class TwoDeedsView(ReasonFormMixin, ActFormView):
    """Base: the other case is named by `?voi=`."""

    permission = permissions.office
    model = Nomination
    template_name = "commendations/two_deeds.html"
    help = "cung-de-nghi"

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NAMED)

    @property
    def other(self) -> Nomination:
        """The other case. Raises Http404 for one that is not about the same nominee or household and period."""
        asked = self.request.GET.get("voi", "")
        rows = other_deeds(self.object, self.request.user)
        found = next((row.case for row in rows if str(row.case.pk) == asked), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "other": self.other}


class KeepDeedsApart(TwoDeedsView):
    act = "commendations.keep_apart"
    title = "Hai việc khác nhau"
    reason_label = "Vì sao đây là hai việc khác nhau?"
    success_message = "Đã ghi: hai việc khác nhau. Hội đồng và Chủ tịch đọc được lý do."

    def form_valid(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        keep_deeds_apart(by=self.request.user, nomination=self.object, other=self.other, reason=reason)
        return self.object


class EndDeedsApart(TwoDeedsView):
    act = "commendations.end_apart"
    title = "Rút kết luận hai việc khác nhau"
    success_message = "Đã rút kết luận."

    def form_valid(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        end_deeds_apart(by=self.request.user, nomination=self.object, other=self.other, reason=reason)
        return self.object
