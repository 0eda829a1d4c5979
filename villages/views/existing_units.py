"""The page on which the office enters the units that the commune has when it begins to use the program."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from emulation.communes.models import Commune
from emulation.workflow import permissions
from emulation.workflow.success_messages import NEXT_TASK
from emulation.workflow.views import ActFormView
from villages.actions.existing_units import record_existing_units
from villages.forms.existing_units import ExistingUnitsForm
from villages.queries.existing_units import removable_units


class RecordExistingUnits(ActFormView):
    """All units at once, one name a line."""

    permission = permissions.office
    act = "villages.record_existing_units"
    model = Commune
    form_class = ExistingUnitsForm
    help = "bat-dau"
    title = "Ghi các đơn vị đang có"

    def get_object(self) -> Commune:
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        crumbs = [("Đơn vị, người, hộ", reverse("villages:units")), (self.title, "")]
        return super().get_context_data(crumbs=crumbs, **context)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "units": removable_units(self.object.pk)}

    def form_valid(self, form: Any) -> str:
        units = record_existing_units(
            by=self.request.user, commune=self.object, units=form.new_units(), removed=form.removed()
        )
        removed = f", bỏ {len(form.removed())}" if form.removed() else ""
        messages.success(self.request, f"Đã ghi {len(units)} đơn vị{removed}.", extra_tags=NEXT_TASK)
        return reverse("villages:units")
