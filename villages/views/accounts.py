"""Pages of accounts: the list, one account, a new one, a slip, locking, roles, the security log."""

import hashlib
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.models import AccountRequest, PasswordSlip, User
from emulation.accounts.queries import is_protected_account
from emulation.accounts.rules import is_protected
from emulation.accounts.second_step import has_second_step
from emulation.communes.models import Commune
from emulation.core.addresses import client_address
from emulation.workflow.forms import ReasonForm
from emulation.workflow.reauthentication import add_password_fields, password_fields
from emulation.workflow.success_messages import NEXT_TASK
from emulation.workflow.views import ActFormView, BaseView, PageView, ReasonFormMixin
from villages.actions.account_requests import Subject, ask
from villages.actions.accounts import NewAccount, add_account, lock_account, reset_password, unlock_account
from villages.flow.accounts import manager
from villages.forms.accounts import AccountReasonForm, GrantForm, NewAccountForm
from villages.models import Unit
from villages.queries import accounts as queries
from villages.queries.account_roles import RolePlan, left_behind, plan_of_grant
from villages.queries.existing_units import units_without_account

HELP = "tai-khoan"


class AccountPage(PageView):
    """An account: roles by date, the state of its slip, sign-ins, requests, what is personally its owner's."""

    permission = manager
    template_name = "villages/account.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        account = self.get_visible_or_404(User, self.kwargs["pk"])
        today = timezone.localdate()
        roles = queries.roles_of_account(self.commune, account)
        return super().get_context_data(
            account=account,
            roles=[role for role in roles if not role.is_over(today)],
            past_roles=[role for role in roles if role.is_over(today)],
            protected=is_protected_account(account),
            second_step=has_second_step(account),
            is_own=account.pk == self.request.user.pk,
            slip=queries.slip_state(account),
            sign_ins=sign_in_log.recent_sign_ins(account),
            requests=queries.requests_about(self.request.user, account),
            personal=left_behind(account, today),
            **context,
        )


def slip_page(view: BaseView, account: User, code: str, next_unit: Unit | None = None) -> HttpResponse:
    """The sheet with the code, shown once; a link to add the head of `next_unit`.

    The QR code has name and code after "#": no server log gets to see them.
    """
    request = view.request
    link = request.build_absolute_uri(reverse("accounts:slip"))
    picture = segno.make_qr(f"{link}#{account.username}/{code}", error="m").svg_data_uri(scale=4, border=2)
    context = {"account": account, "code": code, "link": link, "picture": picture, "lead": "", "next_unit": next_unit}
    return view.render("villages/account_slip.html", slip=PasswordSlip.objects.filter(user=account).first(), **context)


class AccountFormView(ActFormView):
    """A form about one account; its act is one on the commune."""

    permission = manager
    model = Commune
    template_name = "villages/account_form.html"
    help = HELP
    lead = ""

    def get_object(self) -> Commune:
        self.account = self.get_visible_or_404(User, self.kwargs["pk"]) if "pk" in self.kwargs else None
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**{"account": self.account, "lead": self.lead, **context})

    def ask(self, subject: Subject, reason: str) -> HttpResponse:
        """Asks for a second person; the response shows the request."""
        request = ask(by=self.request.user, commune=self.object, subject=subject, reason=reason)
        messages.success(
            self.request,
            "Đã gửi yêu cầu. Người thứ hai xác nhận trong “Việc của tôi” của họ, trong 7 ngày.",
            extra_tags=NEXT_TASK,
        )
        return redirect(request)

    def done(self, text: str, account: User) -> HttpResponse:
        messages.success(self.request, text)
        return redirect("villages:account", account.pk)


class ResetAccount(AccountFormView):
    """Prints a slip at once, or asks for a second person if the account is protected."""

    act = "accounts.reset"
    form_class = AccountReasonForm
    help = "cap-lai-mat-khau"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "reason_required": is_protected_account(self.account)}

    @property
    def lead(self) -> str:  # type: ignore[override]
        if self.account and is_protected_account(self.account):
            return "Tài khoản này được bảo vệ: người thứ hai xác nhận rồi phiếu mới in được. Mật khẩu cũ vẫn dùng đến lúc in."
        return "Mật khẩu cũ hết dùng ngay, các máy đang đăng nhập bị thoát ra. Phiếu hiện ra một lần để in hoặc gửi, dùng trong 72 giờ."

    def form_valid(self, form: AccountReasonForm) -> HttpResponse:
        assert self.account
        if is_protected_account(self.account):
            return self.ask(Subject(AccountRequest.RESET, self.account), form.cleaned_data["reason"])
        code = reset_password(by=self.request.user, user=self.account, reason=form.cleaned_data["reason"])
        sign_in_log.note_reset(self.account, self.request.user, client_address(self.request))
        return slip_page(self, self.account, code)


class LockAccount(ReasonFormMixin, AccountFormView):
    act = "accounts.lock"
    form_class = ReasonForm
    lead = (
        "Người này bị thoát ra ngay ở mọi máy và không đăng nhập được nữa, cho đến khi mở khóa. "
        "Vai trò vẫn ghi như cũ: nghỉ hẳn thì cho thôi vai hoặc chuyển giao."
    )

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        assert self.account
        lock_account(by=self.request.user, user=self.account, reason=form.cleaned_data["reason"])
        return self.done(f"Đã khóa tài khoản của {self.account.full_name}.", self.account)


class UnlockAccount(AccountFormView):
    act = "accounts.unlock"
    form_class = AccountReasonForm

    @property
    def lead(self) -> str:  # type: ignore[override]
        if self.account and is_protected_account(self.account):
            return "Tài khoản này được bảo vệ: người thứ hai xác nhận rồi mới mở khóa được."
        return "Mật khẩu vẫn như cũ."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "second_person": is_protected_account(self.account)}

    def form_valid(self, form: AccountReasonForm) -> HttpResponse:
        assert self.account
        if is_protected_account(self.account):
            return self.ask(Subject(AccountRequest.UNLOCK, self.account), form.cleaned_data["reason"])
        unlock_account(by=self.request.user, user=self.account, reason=form.cleaned_data["reason"])
        return self.done(f"Đã mở khóa tài khoản của {self.account.full_name}.", self.account)


class PlannedFormView(AccountFormView):
    """A form that shows first what would end and begin; it acts when the same is sent again."""

    planned: RolePlan | None = None
    previewed = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "commune": self.object, "account": self.account}

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}

    def plan(self, form: Any) -> RolePlan:
        return plan_of_grant(self.object, form.grant())

    def form_valid(self, form: GrantForm) -> HttpResponse:
        plan = self.plan(form)
        mark = hashlib.sha256(repr(sorted(form.cleaned_data.items())).encode()).hexdigest()[:32]
        if self.request.POST.get("previewed") != mark:
            self.planned = plan
            self.previewed = mark
            add_password_fields(form, self.request, self.act)
            return self.render_form(form)
        return self.perform(form)

    def form_with_password(self, *data: Any) -> forms.Form:
        """The preview needs no password; what confirms it does."""
        confirms = bool(data) and bool(self.request.POST.get("previewed"))
        return super().form_with_password(*data) if confirms else self.get_form(*data)

    def render_form(self, form: Any, status: int = HTTPStatus.OK) -> HttpResponse:
        """With the preview again if nothing but the password was wrong."""
        if status == HTTPStatus.UNPROCESSABLE_ENTITY and set(form.errors) and set(form.errors) <= set(password_fields):
            self.planned = self.plan(form)
            self.previewed = self.request.POST["previewed"]
        return super().render_form(form, status=status)

    def perform(self, form: Any) -> HttpResponse:
        """Calls the action; returns the response."""
        raise NotImplementedError

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = {"planned": self.planned, "previewed": self.previewed, "password_names": [*password_fields]}
        return super().get_context_data(previews=True, **shown, **context)


class AddAccount(PlannedFormView):
    act = "accounts.add_account"
    form_class = NewAccountForm
    lead = "Phiếu mật khẩu hiện ra một lần khi thêm xong; người được cấp tự đặt mật khẩu của mình."

    def get_initial(self) -> dict[str, Any]:
        """With the unit that `?don-vi=` names by id, and the role that heads it, or the role that `?vai=` names."""
        return {**super().get_initial(), **queries.first_role_of(self.object, self.request.GET)}

    def plan(self, form: NewAccountForm) -> RolePlan:
        plan = plan_of_grant(self.object, form.grant())
        return replace(plan, notes=[f"Tên đăng nhập: {form.cleaned_data['username']}.", *plan.notes])

    def perform(self, form: NewAccountForm) -> HttpResponse:
        grant = form.grant()
        account = NewAccount.of(form.cleaned_data)
        if is_protected([grant.role]):
            return self.ask(Subject(AccountRequest.ADD, grant=grant, account=account), form.cleaned_data["reason"])
        user, code = add_account(by=self.request.user, commune=self.object, account=account, grant=grant)
        return slip_page(self, user, code, next(iter(units_without_account(self.object.pk)), None))
