"""Relations to a nominee: declared, taken back, explained."""

from typing import Any

from django.http import Http404

from commendations.actions.kinship import declare_kinship, end_kinship, explain_kinship
from commendations.forms.kinship import KinshipForm
from commendations.models import Kinship, Nomination
from commendations.queries.kinship import kin_of_case, people_to_declare
from commendations.queries.same_case import NAMED
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ReasonFormMixin

HELP = "ho-so-cua-chinh-minh"


class DeclareKinship(ActFormView):
    """A user declares that they are kin of the nominee; the office also for others."""

    permission = permissions.staff | permissions.council_member
    act = "commendations.declare_kinship"
    model = Nomination
    help = HELP
    success_message = "Đã ghi quan hệ. Người đó không biểu quyết hồ sơ này; làm việc khác thì phải nêu lý do."

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NAMED)

    def get_form(self, *data: Any) -> KinshipForm:
        return KinshipForm(*data, people=people_to_declare(self.request.user, self.object.commune_id))

    def form_valid(self, form: KinshipForm) -> Any:
        declare_kinship(
            by=self.request.user,
            nomination=self.object,
            person=form.chosen,
            kind=form.cleaned_data["kind"],
            note=form.cleaned_data["note"],
        )
        visible = Nomination.objects.visible_to(self.request.user).filter(pk=self.object.pk).exists()
        return self.object if visible else "commendations:nominations"


class EndKinship(ReasonFormMixin, ActFormView):
    """The office takes a declaration back: `?khai=` names it."""

    permission = permissions.office
    act = "commendations.end_kinship"
    model = Nomination
    help = HELP
    reason_label = "Vì sao rút lời khai?"
    success_message = "Đã rút lời khai."

    def form_valid(self, form: Any) -> Any:
        asked = self.request.GET.get("khai", "")
        declared: list[Kinship] = kin_of_case(self.object, self.request.user).declared
        kinship = next((row for row in declared if str(row.pk) == asked), None)
        if kinship is None:
            raise Http404
        end_kinship(by=self.request.user, nomination=self.object, kinship=kinship, reason=form.cleaned_data["reason"])
        return self.object


class ExplainKinship(ReasonFormMixin, ActFormView):
    """Why a user acts on the case of kin."""

    permission = permissions.staff
    act = "commendations.explain_kinship"
    model = Nomination
    help = HELP
    reason_label = "Vì sao vẫn làm việc này?"
    reason_help = "Lý do được ghi vào biên bản họp Hội đồng và nhật ký, không sửa được."
    success_message = "Đã ghi lý do."

    def form_valid(self, form: Any) -> Any:
        explain_kinship(
            by=self.request.user, nomination=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
        return self.object
