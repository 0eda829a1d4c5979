"""Pages of council liaisons."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView
from villages.actions.assignments import assign_liaisons
from villages.forms.assignments import CouncilLiaisonsForm
from villages.models import CouncilLiaison, Unit
from villages.queries.contacts import council_members_on


class AssignLiaisons(ActFormView):
    """One form for all units: the council member in charge of each."""

    permission = permissions.office
    act = "villages.assign_charges"
    model = Commune
    form_class = CouncilLiaisonsForm
    help = "phu-trach-don-vi"
    title = "Phân công phụ trách đơn vị"

    def get_object(self) -> Commune:
        return self.commune

    def get_form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        units = list(Unit.objects.filter(commune=self.object).in_force(today).exclude(kind=Unit.OFFICE))
        present = CouncilLiaison.objects.filter(commune=self.object, ends_on=None).values_list("unit_id", "person_id")
        return {
            "units": units,
            "members": council_members_on(self.object.pk, today),
            "initial": {f"unit_{unit_id}": str(person_id) for unit_id, person_id in present},
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(lead="Chưa phân công thì ủy viên thường trực của Hội đồng nhận tin.", **context)

    def form_valid(self, form: CouncilLiaisonsForm) -> HttpResponse:
        changed = assign_liaisons(by=self.request.user, commune=self.object, liaisons=form.chosen())
        messages.success(self.request, f"Đã lưu phân công, {changed} đơn vị thay đổi.")
        return redirect("villages:units")
