"""Pages of a request about a protected account: read, confirm, refuse, withdraw, carry out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from emulation.accounts import sign_in_log
from emulation.accounts.models import AccountRequest, User
from emulation.accounts.queries import confirmer_ids
from emulation.audit.log import entries_about
from emulation.core.addresses import client_address
from emulation.core.errors import RuleBroken
from emulation.core.text import name_key
from emulation.workflow.success_messages import NEXT_TASK
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin
from villages.actions.account_requests import (
    carry_out_request,
    confirm_request,
    grant_of_request,
    refuse_request,
    withdraw_request,
)
from villages.flow.accounts import ASKED, asker, confirming, second_person
from villages.queries.account_roles import plan_of_grant
from villages.queries.accounts import slip_state
from villages.views.accounts import slip_page

HELP = "tai-khoan-nguoi-thu-hai"
SLIP_FOLLOWS = "Phiếu mật khẩu hiện ra một lần ngay sau đó: hãy in hoặc chụp gửi cho chủ tài khoản."


class AccountRequestPage(PageView):
    """What is asked, why, by whom; who may confirm; what it would end and begin."""

    permission = confirming
    template_name = "villages/account_request.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        request = self.get_visible_or_404(
            AccountRequest, self.kwargs["pk"], "user", "instead_of", "asked_by", "decided_by"
        )
        ids = confirmer_ids(commune_id=request.commune_id, asked_by_id=request.asked_by_id, user_id=request.user_id)
        plan = fault = None
        if request.role and request.state == ASKED:
            try:
                plan = plan_of_grant(self.commune, grant_of_request(request))
            except RuleBroken as broken:
                fault = broken.message
        return super().get_context_data(
            object=request,
            confirmers=sorted(User.objects.filter(pk__in=ids), key=lambda user: name_key(user.full_name)),
            plan=plan,
            waits=request.state == ASKED,
            fault=fault,
            slip=slip_state(request.user) if request.user else "",
            entries=[
                {"what": entry.label, "who": entry.actor_name, "when": entry.at} for entry in entries_about(request)
            ],
            **context,
        )


class ConfirmRequest(ActPostView):
    permission = second_person
    act = "accounts.confirm_request"
    model = AccountRequest
    success_message = "Đã xác nhận. Người yêu cầu nhận thông báo và thực hiện."

    def perform(self) -> Any:
        confirm_request(by=self.request.user, request=self.object, seen=self.seen)
        return self.object


class RefuseRequest(ReasonFormMixin, ActFormView):
    permission = second_person
    act = "accounts.refuse_request"
    model = AccountRequest
    help = HELP
    reason_label = "Vì sao từ chối"
    reason_help = "Người yêu cầu đọc lý do này."
    success_message = "Đã từ chối."

    def form_valid(self, form: Any) -> Any:
        refuse_request(by=self.request.user, request=self.object, reason=form.cleaned_data["reason"], seen=self.seen)
        return self.object


class WithdrawRequest(ActPostView):
    permission = asker
    act = "accounts.withdraw_request"
    model = AccountRequest
    success_message = "Đã rút yêu cầu."

    def perform(self) -> Any:
        withdraw_request(by=self.request.user, request=self.object)
        return self.object


class CarryOutRequest(ActFormView):
    """Does what was confirmed; a slip is shown once."""

    permission = asker
    act = "accounts.carry_out_request"
    model = AccountRequest
    form_class = forms.Form
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        with_slip = self.object.kind in (AccountRequest.ADD, AccountRequest.RESET)
        lead = {"lead": SLIP_FOLLOWS} if with_slip else {}
        return super().get_context_data(**{**lead, **context})

    def form_valid(self, form: Any) -> HttpResponse:
        user, code = carry_out_request(by=self.request.user, request=self.object, seen=self.seen)
        if code:
            sign_in_log.note_reset(user, self.request.user, client_address(self.request))
            return slip_page(self, user, code)
        messages.success(self.request, "Đã thực hiện.", extra_tags=NEXT_TASK)
        return redirect("villages:account", user.pk)
