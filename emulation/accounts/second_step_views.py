"""Views of second steps: the code or passkey at sign-in, and the user's own page on which they are switched on and off."""

from typing import Any, ClassVar

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from emulation.accounts import second_step
from emulation.accounts.devices import keep_session
from emulation.accounts.models import User
from emulation.accounts.passkey_sign_in import new_passkey_options
from emulation.accounts.reauthentication import PasswordAgainMixin
from emulation.accounts.second_step_forms import AppForm, PasskeyForm, SecondStepForm
from emulation.accounts.signing_in import finish_second_step, pending_user
from emulation.core.addresses import client_address
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.views import BaseView

HELP = "xac-nhan-hai-buoc"
WRONG_PASSKEY = "Khóa này không đúng, hoặc trang mở đã lâu. Hãy thử lại, hoặc nhập mã."


class SignInSecondStep(BaseView):
    """The second step, after the right password; a visitor without that is sent to the sign-in."""

    permission = permissions.public
    help = HELP

    def get(self, request: HttpRequest) -> HttpResponse:
        user = pending_user(request)
        return self.page(user, SecondStepForm()) if user else redirect("accounts:login")

    def post(self, request: HttpRequest) -> HttpResponse:
        user = pending_user(request)
        if user is None:
            messages.error(request, "Đã quá 10 phút, hoặc mật khẩu vừa được đổi. Hãy đăng nhập lại từ đầu.")
            return redirect("accounts:login")
        if credential := request.POST.get("credential"):
            form: forms.Form = SecondStepForm()
            fault = "" if second_step.verify_passkey(user, credential) else WRONG_PASSKEY
        else:
            form = SecondStepForm(request.POST)
            if not form.is_valid():
                return self.page(user, form, status=422)
            outcome = second_step.verify_code(user, form.cleaned_data["code"], client_address(request))
            fault = outcome.fault
        if not fault:
            return finish_second_step(request, user)
        return self.page(user, form, status=422, fault=fault)

    def page(self, user: User, form: forms.Form, status: int = 200, fault: str = "") -> HttpResponse:
        kinds = {row.type for row in second_step.second_steps(user)}
        options = second_step.passkey_options(user) if second_step.PASSKEY in kinds else ""
        return self.render(
            "registration/second_step.html",
            status=status,
            form=form,
            fault=fault,
            options=options,
            has_app=second_step.APP in kinds,
            here=second_step.can_use_passkeys(self.request),
        )


class SecondStepList(BaseView):
    """What the user's second step is, with the ways to switch it on and off."""

    permission = permissions.signed_in
    help = HELP

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = second_step.second_steps(request.user)
        return self.render(
            "accounts/second_steps.html",
            rows=[(row, second_step.label_of(row)) for row in rows],
            has_app=any(row.type == second_step.APP for row in rows),
            codes_left=second_step.recovery_codes_left(request.user),
            here=second_step.can_use_passkeys(request),
        )


class SecondStepFormView(BaseView):
    """A form on the user's own second steps that asks for their password; `perform` calls the action."""

    permission = permissions.signed_in
    help = HELP
    form_class: ClassVar[type[PasswordAgainMixin]] = PasswordAgainMixin
    template_name: ClassVar[str]
    success_message: ClassVar[str] = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(self.form_class(request=request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(request.POST, request=request)
        if form.is_valid():
            try:
                codes = self.perform(form.typed)
            except RuleBroken as broken:
                form.add_error(broken.field if broken.field in form.fields else None, broken.message)
            else:
                keep_session(request, request.user)
                return self.done(codes)
        return self.page(form, status=422)

    def perform(self, typed: dict[str, Any]) -> list[str]:
        """Calls the action; returns recovery codes to show once, if there are new ones."""
        raise NotImplementedError

    def page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        return self.render(self.template_name, status=status, form=form)

    def done(self, codes: list[str]) -> HttpResponse:
        messages.success(self.request, self.success_message)
        if not codes:
            return redirect("accounts:second_steps")
        shown = [f"{code[:4]} {code[4:]}" for code in codes]
        return self.render("accounts/recovery_codes.html", codes=shown)


class SwitchOnApp(SecondStepFormView):
    form_class = AppForm
    template_name = "accounts/second_step_app.html"
    success_message = "Đã bật xác nhận hai bước. Các máy khác đã bị thoát ra."

    def page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        secret = get_totp_secret()
        link = get_adapter().build_totp_url(self.request.user, secret)
        picture = segno.make_qr(link, error="m").svg_data_uri(scale=4, border=2)
        groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return self.render(self.template_name, status=status, form=form, picture=picture, secret=groups, link=link)

    def perform(self, typed: dict[str, Any]) -> list[str]:
        codes = second_step.switch_on_app(
            by=self.request.user, secret=get_totp_secret(), code=typed["code"], address=client_address(self.request)
        )
        clear_totp_secret(self.request)
        return codes


class AddPasskey(SecondStepFormView):
    """A passkey that also signs in alone; `?kieu=buoc-hai`: a plain security key, which is only a second step."""

    form_class = PasskeyForm
    template_name = "accounts/add_passkey.html"
    success_message = "Đã thêm khóa. Các máy khác đã bị thoát ra."

    @property
    def is_plain(self) -> bool:
        """Whether the key need not find its user by itself nor check who they are."""
        return bool(self.request.GET.get("kieu") == "buoc-hai")

    def page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        return self.render(
            self.template_name,
            status=status,
            form=form,
            options=new_passkey_options(self.request.user, signs_in_alone=not self.is_plain),
            is_plain=self.is_plain,
            here=second_step.can_use_passkeys(self.request),
        )

    def perform(self, typed: dict[str, Any]) -> list[str]:
        return second_step.add_passkey(
            by=self.request.user,
            name=typed["name"],
            answer=typed["credential"],
            address=client_address(self.request),
        )


REMOVED = "removed_second_steps"  # in the session: the ids that this browser removed, for a second click


class RemoveSecondStep(SecondStepFormView):
    """Removes the app or the passkey that `?cach=` names by id."""

    template_name = "accounts/remove_second_step.html"
    success_message = "Đã gỡ."

    def page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        rows = second_step.second_steps(self.request.user)
        row = next((row for row in rows if str(row.pk) == self.request.GET.get("cach")), None)
        if row is None:
            if self.request.GET.get("cach") not in self.request.session.get(REMOVED, []):
                raise Http404
            messages.info(self.request, "Cách xác nhận này không còn nữa: bạn đã gỡ rồi. Lần bấm này không đổi gì.")
            return redirect("accounts:second_steps")
        return self.render(
            self.template_name, status=status, form=form, label=second_step.label_of(row), is_last=len(rows) == 1
        )

    def perform(self, typed: dict[str, Any]) -> list[str]:
        chosen = self.request.GET.get("cach", "")
        pk = int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0
        second_step.remove_second_step(by=self.request.user, pk=pk, address=client_address(self.request))
        self.request.session[REMOVED] = [*self.request.session.get(REMOVED, []), chosen]
        return []


class RecoveryCodes(SecondStepFormView):
    template_name = "accounts/new_recovery_codes.html"
    success_message = "Đã lập mã dự phòng mới; mã cũ hết dùng."

    def perform(self, typed: dict[str, Any]) -> list[str]:
        return second_step.new_recovery_codes(by=self.request.user, address=client_address(self.request))
