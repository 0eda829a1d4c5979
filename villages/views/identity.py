"""Pages of the names of the commune and of its superior by date."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin
from villages.actions.identity import NAMES, follow_commune_name, set_identity, take_back_identity
from villages.forms.units import IdentityForm
from villages.models import Unit
from villages.queries.commune_names import council_name_on, names_to_follow
from villages.queries.council import latest_council

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
            "to_follow": names_to_follow(self.commune),
            "council": self._renamed_council(rows[0].starts_on) if rows else "",
            "today": today,
            "waiting": bool(rows) and rows[0].starts_on > today,
            "offices": Unit.objects.visible_to(self.request.user).filter(kind=Unit.OFFICE).in_force(today),
        }

    def _renamed_council(self, day: date) -> str:
        """The council's name from that day, if the commune's name changes it; else ""."""
        version = latest_council(self.commune.pk)
        name = council_name_on(version, day) if version and version.starts_on < day else ""
        return name if version and name != version.name else ""


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


class FollowCommuneName(ActPostView):
    """The ticked units get the commune's new name in their names, from the same day."""

    permission = permissions.office
    act = "villages.follow_commune_name"
    model = Commune
    success_message = "Đã ghi: các đơn vị đã chọn mang tên mới từ cùng ngày với xã; văn bản trước ngày đó giữ tên cũ."

    def get_object(self) -> Commune:
        return self.commune

    def get_failure_url(self) -> str:
        return reverse("villages:identities")

    def perform(self) -> str:
        units = [int(key) for key in self.request.POST.getlist("unit") if key.isdecimal() and len(key) < 19]
        follow_commune_name(by=self.request.user, commune=self.object, units=units)
        return reverse("villages:identities")


class TakeBackIdentity(ReasonFormMixin, ActFormView):
    permission = permissions.office
    act = "villages.take_back_identity"
    model = Commune
    help = HELP
    title = "Rút tên gọi chưa đến ngày"
    reason_label = "Vì sao rút lại?"
    success_message = "Đã rút, cùng việc đổi tên đơn vị đi theo; tên gọi đang dùng tiếp tục có hiệu lực."

    def get_object(self) -> Commune:
        return self.commune

    def form_valid(self, form: forms.Form) -> Any:
        left = take_back_identity(by=self.request.user, commune=self.object, reason=form.cleaned_data["reason"])
        if left:
            names = "; ".join(str(change) for change in left)
            messages.warning(self.request, f"Vẫn chờ đến ngày, vì đổi tên riêng: {names}. Rút ở “Thay đổi đơn vị”.")
        return reverse("villages:identities")
