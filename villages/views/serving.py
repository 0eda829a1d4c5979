"""Pages of who watches over which unit, and of heads who are away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.accounts.models import User
from emulation.acts import who
from emulation.acts.web import ActPage, PostAct
from emulation.communes.models import Commune
from villages import actions, queries
from villages.forms.serving import AbsenceForm, ChargesForm
from villages.models import Absence, Charge, Unit


class AssignCharges(ActPage):
    """All units at once, a council member for each."""

    who, act, model = who.office, "villages.assign_charges", Commune
    form_class = ChargesForm
    help = "phu-trach-don-vi"
    title = "Phân công phụ trách đơn vị"

    def subject(self) -> Commune:
        return self.commune

    def form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        units = list(Unit.objects.filter(commune=self.object).in_force(today).exclude(kind=Unit.OFFICE))
        now = Charge.objects.filter(commune=self.object, ends_on=None).values_list("unit_id", "person_id")
        return {
            "units": units,
            "members": queries.members_now(self.object.pk, today),
            "initial": {f"unit_{unit_id}": str(person_id) for unit_id, person_id in now},
        }

    def perform(self, form: ChargesForm) -> HttpResponse:
        changed = actions.assign_charges(by=self.request.user, commune=self.object, charges=form.chosen())
        messages.success(self.request, f"Đã lưu phân công, {changed} đơn vị thay đổi.")
        return redirect("villages:units")


class RecordAbsence(ActPage):
    """The head says himself that he will be away, or the office for him."""

    who, act, model = who.office | who.unit_head, "villages.record_absence", Unit
    form_class = AbsenceForm
    help = "bao-vang"
    title = "Báo vắng"
    done = "Đã ghi. Trong những ngày đó lời nhắc đến người làm thay, không có thì đến ủy viên phụ trách."

    def form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        heads = User.objects.filter(pk__in=queries.heads_of(self.object, today))
        colleagues = User.objects.visible_to(self.request.user).filter(is_active=True)
        others = colleagues.exclude(pk__in=[head.pk for head in heads]).order_by("full_name")
        deputies = [user for user in others if actions.may_stand_in(user, self.object)]
        return {"heads": list(heads), "deputies": deputies, "initial": {"starts_on": today}}

    def perform(self, form: AbsenceForm) -> Any:
        data = form.cleaned_data
        actions.record_absence(
            by=self.request.user,
            unit=self.object,
            head=form.users[data["head"]],
            deputy=form.users.get(data["deputy"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            note=data["note"],
        )
        return self.object


class EndAbsence(PostAct):
    who, act, model = who.office | who.unit_head, "villages.end_absence", Absence
    done = "Đã ghi là đã về."

    def perform(self) -> Any:
        actions.end_absence(by=self.request.user, absence=self.object)
        return self.object.unit

    def back(self) -> Any:
        return self.object.unit
