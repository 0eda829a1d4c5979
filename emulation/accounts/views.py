"""Views for signing in and out, setting a password by a slip, changing one's password and contact details."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.accounts import actions, sign_in_log
from emulation.accounts.devices import end_device, keep_session, open_devices
from emulation.accounts.forms import (
    ChangePasswordForm,
    ContactForm,
    LoginForm,
    NewPasswordForm,
    OfficePhoneForm,
    SlipForm,
    call_office,
)
from emulation.accounts.models import PasswordSlip, User
from emulation.accounts.owner_notices import notify_account_owner
from emulation.accounts.queries import office_phone
from emulation.accounts.second_step import can_use_passkeys
from emulation.accounts.signing_in import sign_in_user
from emulation.accounts.slips import slip_fault, use_slip
from emulation.communes.models import Commune
from emulation.core.addresses import client_address
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, BaseView


class Login(LoginView):
    """Login view. Django restricts `next` to this host."""

    permission = permissions.public
    form_class = LoginForm
    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "comes_back": context["next"] not in ("", reverse("home")),
            "passkeys": can_use_passkeys(self.request),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        if form.slip:
            return to_new_password(self.request, form.slip)
        return sign_in_user(self.request, form.get_user(), self.get_redirect_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


SLIP_KEY = "password_slip"
SLIP_SECONDS = 30 * 60


def to_new_password(request: HttpRequest, slip: PasswordSlip) -> HttpResponse:
    """Remembers in the session whose slip was shown, without signing in, and goes on to the new password."""
    request.session.cycle_key()
    request.session[SLIP_KEY] = [slip.pk, int(timezone.now().timestamp())]
    return redirect("accounts:new_password")


class UseSlip(BaseView):
    """The page that the QR code of a slip opens.

    Login name and code are in the fragment of the address, which browsers send to no server, so that neither a log nor
    a Referer has them; slip.js puts them into the form.
    """

    permission = permissions.public
    template_name = "registration/slip.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render(self.template_name, form=SlipForm(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SlipForm(request, request.POST)
        if form.is_valid() and form.slip:
            return to_new_password(request, form.slip)
        return self.render(self.template_name, form=form, status=422)


class NewPassword(BaseView):
    """The holder of a slip, who is not signed in, sets a password: this uses the slip up and signs them in."""

    permission = permissions.public
    template_name = "registration/new_password.html"

    def slip(self) -> PasswordSlip | None:
        """The slip that was shown in this session within the last half hour."""
        pk, shown_at = self.request.session.get(SLIP_KEY, (0, 0))
        if timezone.now().timestamp() - shown_at > SLIP_SECONDS:
            return None
        return PasswordSlip.objects.select_related("user").filter(pk=pk).first()

    def get(self, request: HttpRequest) -> HttpResponse:
        slip = self.slip()
        if slip is None:
            return redirect("accounts:slip")
        if fault := slip_fault(slip):
            return self.refused(fault)
        return self.render(self.template_name, form=NewPasswordForm(slip), account=slip.user)

    def post(self, request: HttpRequest) -> HttpResponse:
        slip = self.slip()
        if slip is None:
            return redirect("accounts:slip")
        if fault := slip_fault(slip):
            return self.refused(fault)
        form = NewPasswordForm(slip, request.POST)
        if not form.is_valid():
            return self.render(self.template_name, form=form, account=slip.user, status=422)
        try:
            user = use_slip(slip, password=form.cleaned_data["new_password1"], address=client_address(request))
        except RuleBroken as broken:
            return self.refused(broken.message)
        del request.session[SLIP_KEY]
        messages.success(request, "Đã đặt mật khẩu mới. Phiếu hết tác dụng, có thể bỏ đi.")
        return sign_in_user(request, user, is_logged=True)

    def refused(self, fault: str) -> HttpResponse:
        """The page with the reason why the slip is refused and whom to call."""
        self.request.session.pop(SLIP_KEY, None)
        phone = office_phone(self.request)
        return self.render("registration/slip_refused.html", fault=call_office(fault, phone), status=422)


class Logout(LogoutView):
    permission = permissions.signed_in
    template_name = "registration/logged_out.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            sign_in_log.note_own_act(sign_in_log.SIGN_OUT, request.user, client_address(request))
        return super().post(request, *args, **kwargs)


class ChangePassword(BaseView):
    permission = permissions.signed_in
    help = "doi-mat-khau"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render("registration/password_change.html", form=ChangePasswordForm(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ChangePasswordForm(request, request.POST)
        if not form.is_valid():
            return self.render("registration/password_change.html", form=form, status=422)
        with transaction.atomic():
            user = form.save()
            User.objects.filter(pk=user.pk).update(must_change_password=False)
            sign_in_log.note_own_act(sign_in_log.CHANGE_PASSWORD, user, client_address(request))
            notify_account_owner(user, "Mật khẩu của bạn vừa được đổi.")
        keep_session(request, user)
        messages.success(request, "Đã đổi mật khẩu. Các máy khác đang đăng nhập bằng tài khoản này đã bị thoát ra.")
        return redirect("home")


class OwnPage(BaseView):
    """The user's own page: posts, contact details (which they edit here), recent sign-ins, password, sessions."""

    permission = permissions.signed_in
    help = "trang-cua-toi"
    template_name = "accounts/own.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ContactForm(initial={"phone": request.user.phone, "email": request.user.email})
        return self.render(self.template_name, form=form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ContactForm(request.POST)
        if not form.is_valid():
            return self.render(self.template_name, form=form, status=422)
        actions.set_contact_details(by=request.user, address=client_address(request), **form.cleaned_data)
        messages.success(request, "Đã lưu thông tin liên hệ.")
        return redirect("accounts:own")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        sign_ins = sign_in_log.recent_sign_ins(self.request.user)
        return super().get_context_data(sign_ins=sign_ins, devices=open_devices(self.request), **context)


class EndOtherSessions(BaseView):
    """Signs the user out on all other devices."""

    permission = permissions.signed_in

    def post(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            actions.end_other_sessions(by=request.user)
            sign_in_log.note_own_act(sign_in_log.END_SESSIONS, request.user, client_address(request))
        keep_session(request, request.user)
        messages.success(request, "Đã đăng xuất tài khoản này trên mọi máy khác.")
        return redirect("accounts:own")


class EndDevice(BaseView):
    """Signs the user out on one other device."""

    permission = permissions.signed_in

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("device", "")
        device = end_device(request, int(typed)) if re.fullmatch(r"[0-9]{1,18}", typed) else None
        if device is None:
            messages.info(request, "Máy đó không còn đăng nhập bằng tài khoản này.")
        else:
            messages.success(request, f"Đã đăng xuất: {device.name}.")
        return redirect("accounts:own")


class SetOfficePhone(ActFormView):
    """The office's telephone number from a day on."""

    permission = permissions.office | permissions.administrator
    act = "accounts.set_office_phone"
    model = Commune
    form_class = OfficePhoneForm
    help = "cap-lai-mat-khau"
    title = "Ghi số điện thoại Văn phòng"
    success_message = "Đã ghi số điện thoại Văn phòng."

    def get_object(self) -> Commune:
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        crumbs = [("Tài khoản", reverse("villages:accounts")), (self.title, "")]
        return super().get_context_data(crumbs=crumbs, **context)

    def get_initial(self) -> dict[str, Any]:
        return {"phone": office_phone(self.request), "starts_on": timezone.localdate()}

    def form_valid(self, form: OfficePhoneForm) -> str:
        actions.set_office_phone(by=self.request.user, commune=self.object, **form.cleaned_data)
        return reverse("villages:accounts")
