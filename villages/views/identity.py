"""Pages of the names of the commune and of its superior by date."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, PageView, ReasonFormMixin
from villages.actions.identity import NAMES, set_identity, take_back_identity
from villages.forms.units import IdentityForm
from villages.models import Unit

HELP = "ten-goi-cua-xa"


class IdentityList(PageView):
    """The names by date, the latest first; where the name of the office's unit is changed."""

    permission = permissions.staff
    template_name = "villages/identities.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = list(self.commune.identities.order_by("-starts_on"))
        return {
            **super().get_context_data(**context),
            "commune": self.commune,
            "rows": rows,
            "today": today,
            "waiting": bool(rows) and rows[0].starts_on > today,
            "offices": Unit.objects.visible_to(self.request.user).filter(kind=Unit.OFFICE).in_force(today),
        }


class SetIdentity(ActFormView):
    """New names from a day; the form begins with those in force."""

    permission = permissions.office
    act = "villages.set_identity"
    model = Commune
    form_class = IdentityForm
    help = HELP
    title = "Ghi tên gọi mới"
    success_message = "Đã ghi. Văn bản ban hành từ ngày đó mang tên mới; văn bản trước giữ tên cũ."

    def get_object(self) -> Commune:
        return self.commune

    def get_initial(self) -> dict[str, Any]:
        present = self.commune.identity_on(timezone.localdate())
        return {name: getattr(present, name) for name in NAMES}

    def form_valid(self, form: IdentityForm) -> Any:
        data = form.cleaned_data
        set_identity(
            by=self.request.user,
            commune=self.object,
            starts_on=data["starts_on"],
            paper=data["paper"],
            names=form.names(),
        )
        return reverse("villages:identities")


class TakeBackIdentity(ReasonFormMixin, ActFormView):
    permission = permissions.office
    act = "villages.take_back_identity"
    model = Commune
    help = HELP
    title = "Rút tên gọi chưa đến ngày"
    reason_label = "Vì sao rút lại?"
    success_message = "Đã rút; tên gọi đang dùng tiếp tục có hiệu lực."

    def get_object(self) -> Commune:
        return self.commune

    def form_valid(self, form: forms.Form) -> Any:
        take_back_identity(by=self.request.user, commune=self.object, reason=form.cleaned_data["reason"])
        return reverse("villages:identities")
