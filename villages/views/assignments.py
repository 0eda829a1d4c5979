"""Pages of council liaisons and of absences of unit heads."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView
from villages.actions.assignments import assign_liaisons, end_absence, record_absence
from villages.forms.assignments import AbsenceForm, CouncilLiaisonsForm
from villages.models import Absence, CouncilLiaison, Unit
from villages.queries.contacts import council_members_on
from villages.queries.people import memberships_on, unit_head_ids
from villages.queries.role_conflicts import checking_user_ids


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

    def form_valid(self, form: CouncilLiaisonsForm) -> HttpResponse:
        changed = assign_liaisons(by=self.request.user, commune=self.object, liaisons=form.chosen())
        messages.success(self.request, f"Đã lưu phân công, {changed} đơn vị thay đổi.")
        return redirect("villages:units")


class RecordAbsence(ActFormView):
    """The head, or the office for them, records an absence."""

    permission = permissions.office | permissions.unit_head
    act = "villages.record_absence"
    model = Unit
    form_class = AbsenceForm
    help = "bao-vang"
    title = "Báo vắng"
    success_message = "Đã ghi. Trong những ngày đó lời nhắc đến người làm thay, không có thì đến ủy viên phụ trách."

    def get_form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        heads = User.objects.filter(pk__in=unit_head_ids(self.object, today))
        serving = memberships_on(today).filter(commune_id=self.object.commune_id).values("user_id")
        colleagues = User.objects.filter(pk__in=serving, is_active=True)
        checking = checking_user_ids(self.object.commune_id, today, today)
        deputies = colleagues.exclude(pk__in=checking.union(head.pk for head in heads)).order_by("full_name")
        return {"heads": list(heads), "deputies": list(deputies), "initial": {"starts_on": today}}

    def form_valid(self, form: AbsenceForm) -> Any:
        data = form.cleaned_data
        record_absence(
            by=self.request.user,
            unit=self.object,
            head=form.users[data["head"]],
            deputy=form.users.get(data["deputy"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            note=data["note"],
        )
        return self.object


class EndAbsence(ActPostView):
    permission = permissions.office | permissions.unit_head
    act = "villages.end_absence"
    model = Absence
    success_message = "Đã ghi là đã về."

    def perform(self) -> Any:
        end_absence(by=self.request.user, absence=self.object)
        return self.object.unit

    def get_failure_url(self) -> Any:
        return self.object.unit
