"""Pages that give, hand over and end a role of an account; each shows first what it does."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from emulation.accounts.models import AccountRequest
from emulation.accounts.rules import is_protected
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from villages.actions.account_requests import Subject
from villages.actions.account_roles import assign_role, end_role
from villages.forms.account_roles import EndRoleForm, HandOverForm
from villages.forms.accounts import GiveRoleForm
from villages.models import Unit
from villages.queries.account_roles import RolePlan, left_behind, others_in_role
from villages.queries.accounts import accounts_by_name, roles_to_change
from villages.views.accounts import PlannedFormView


class GiveRole(PlannedFormView):
    act = "accounts.give_role"
    form_class = GiveRoleForm

    def perform(self, form: Any) -> HttpResponse:
        grant = form.grant()
        if is_protected([grant.role]):
            return self.ask(Subject(AccountRequest.GIVE_ROLE, grant.user, grant), form.cleaned_data["reason"])
        assign_role(by=self.request.user, commune=self.object, grant=grant)
        return self.done(f"Đã giao vai {grant.title} cho {grant.full_name}.", grant.user)


class HandOverRole(GiveRole):
    act = "accounts.hand_over"
    form_class = HandOverForm

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.account
        colleagues = accounts_by_name(self.request.user).filter(is_active=True)
        others = colleagues.exclude(pk__in=[self.account.pk, self.request.user.pk])
        return {
            **super().get_form_kwargs(),
            "held": roles_to_change(self.object, self.account),
            "colleagues": list(others),
        }


class EndRole(PlannedFormView):
    act = "accounts.end_role"
    form_class = EndRoleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.account
        return {**super().get_form_kwargs(), "held": roles_to_change(self.object, self.account)}

    def plan(self, form: EndRoleForm) -> RolePlan:
        assert self.account
        held = form.held_role(form.cleaned_data)
        assert held
        ends_on = form.cleaned_data["ends_on"]
        if held.is_future(timezone.localdate()):
            return RolePlan([f"Vai {held.label} bị hủy, không bắt đầu nữa."])
        last = f"{self.account.full_name} thôi giữ vai {held.title}: ngày cuối {ends_on:%d/%m/%Y}."
        return RolePlan([last], **self._who_goes_on(held.membership, ends_on + timedelta(days=1)))

    def _who_goes_on(self, row: Membership, on: date) -> dict[str, list[str]]:
        """The notes and cautions of the plan: who has the role from that day on, or that nobody has."""
        assert self.account
        unit = Unit.objects.filter(pk=row.unit_id).first() if row.unit_id else None
        left = left_behind(self.account, on - timedelta(days=1))
        if others := others_in_role(self.object, Role(row.role), unit, on, self.account):
            return {"notes": [f"Việc của vai này có {', '.join(others)} làm tiếp."], "cautions": left}
        nobody = "Chưa có người thay thì việc của vai này không ai thấy; có người thay thì dùng “Chuyển giao”."
        return {"cautions": [nobody, *left]}

    def perform(self, form: EndRoleForm) -> HttpResponse:
        held = form.held_role(form.cleaned_data)
        assert held and self.account
        end_role(
            by=self.request.user,
            commune=self.object,
            user=self.account,
            membership=held.membership,
            ends_on=form.cleaned_data["ends_on"],
        )
        return self.done(f"Đã ghi: {self.account.full_name} thôi vai {held.title}.", self.account)
