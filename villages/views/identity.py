"""Pages of the names of the commune and of its superior by date."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from emulation.communes.models import Commune, CommuneIdentity
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, PageView, ReasonFormMixin
from villages.actions.identity import NAMES, follow_commune_name, set_identity, take_back_identity
from villages.forms.units import FollowNameForm, IdentityForm
from villages.models import Unit
from villages.queries.former_names import FormerName, followers_of, former_names

HELP = "ten-goi-cua-xa"


class IdentityList(PageView):
    """The names by date, the latest first; where the name of the office's unit is changed."""

    permission = permissions.staff
    template_name = "villages/identities.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = list(self.commune.identities.order_by("-starts_on"))
        former = [one for one in former_names(self.commune)[1] if not one.planned]
        return {
            **super().get_context_data(**context),
            "commune": self.commune,
            "rows": rows,
            "today": today,
            "waiting": bool(rows) and rows[0].starts_on > today,
            "former": former,
            "mixed": any(one.has_whole_name for one in former),
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
        return reverse("villages:follow_name" if former_names(self.object)[1] else "villages:identities")


class FollowCommuneName(ActFormView):
    """Units and the council have the new name of the commune in their own names from the same day."""

    permission = permissions.office
    act = "villages.follow_commune_name"
    model = Commune
    form_class = FollowNameForm
    template_name = "villages/follow_name.html"
    help = HELP
    title = "Đổi tên đơn vị, Hội đồng theo tên mới của xã"
    success_message = "Đã ghi các tên mới, từ cùng ngày với tên của xã. Văn bản của ngày trước giữ tên cũ."

    def get_object(self) -> Commune:
        return self.commune

    @cached_property
    def found(self) -> tuple[CommuneIdentity, list[FormerName]]:
        return former_names(self.commune)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "found": [one for one in self.found[1] if one.may_follow]}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        identity, found = self.found
        others = [one for one in found if not one.may_follow]
        return {**super().get_context_data(**context), "identity": identity, "found": found, "others": others}

    def form_valid(self, form: FollowNameForm) -> Any:
        follow_commune_name(by=self.request.user, commune=self.object, keys=form.cleaned_data["names"])
        return reverse("villages:identities")


class TakeBackIdentity(ReasonFormMixin, ActFormView):
    permission = permissions.office
    act = "villages.take_back_identity"
    model = Commune
    help = HELP
    title = "Rút tên gọi chưa đến ngày"
    reason_label = "Vì sao rút lại?"
    success_message = "Đã rút; tên gọi đang dùng tiếp tục có hiệu lực."
    template_name = "villages/take_back_identity.html"

    def get_object(self) -> Commune:
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = list(self.commune.identities.order_by("-starts_on")[:2])
        waits = len(rows) == 2 and rows[0].starts_on > timezone.localdate()
        council, changes = followers_of(*rows) if waits else (None, [])
        return {**super().get_context_data(**context), "council": council, "changes": changes}

    def form_valid(self, form: forms.Form) -> Any:
        take_back_identity(by=self.request.user, commune=self.object, reason=form.cleaned_data["reason"])
        return reverse("villages:identities")
