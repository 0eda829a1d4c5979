"""Views of passkeys in place of the password: at the sign-in, and before an act that asks for the password again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from emulation.accounts.forms import WAIT, LoginForm
from emulation.accounts.passkey_sign_in import (
    has_passkey,
    repeated_options,
    sign_in_options,
    verify_passkey_alone,
    verify_repeated_passkey,
)
from emulation.accounts.reauthentication import note_passkey_used, user_of
from emulation.accounts.second_step import can_use_passkeys
from emulation.accounts.sign_in_log import PASSKEY_SIGN_IN
from emulation.accounts.signing_in import begin_session
from emulation.accounts.views import Login
from emulation.core.addresses import client_address
from emulation.workflow import permissions
from emulation.workflow.views import BaseView

NO_PASSKEYS_HERE = "Khóa chỉ dùng được ở tên miền có https. Ở địa chỉ này hãy dùng mật khẩu."
WRONG_PASSKEY_ALONE = (
    "Chưa đăng nhập được bằng khóa này: khóa đã gỡ, tài khoản bị khóa, hoặc trang mở đã lâu. "
    "Hãy thử lại hoặc dùng mật khẩu."
)
WRONG_PASSKEY_AGAIN = "Khóa này không phải của bạn, đã gỡ, hoặc trang mở đã lâu. Hãy thử lại hoặc nhập mật khẩu."
WAIT_AGAIN = "Đã nhập sai quá nhiều lần. Từ máy này phải chờ 15 phút rồi thử lại; việc này chưa được làm."


class PasskeySignIn(Login):
    """Sign-in with a passkey alone; a script of the sign-in page posts twice: for the question, and with the answer."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Opened by hand or reloaded: the sign-in page."""
        return redirect("accounts:login")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_use_passkeys(request):
            return self.refused(NO_PASSKEYS_HERE)
        answer = request.POST.get("credential")
        if not answer:
            return HttpResponse(sign_in_options(), content_type="application/json")
        outcome = verify_passkey_alone(answer, client_address(request))
        if outcome.must_wait:
            return self.refused(WAIT)
        if outcome.user is None:
            return self.refused(WRONG_PASSKEY_ALONE)
        return begin_session(request, outcome.user, self.get_redirect_url(), act=PASSKEY_SIGN_IN)

    def refused(self, fault: str) -> HttpResponse:
        """The sign-in page with the fault."""
        context = self.get_context_data(form=LoginForm(self.request), fault=fault)
        return self.render_to_response(context, status=422)


class PasskeyAgain(BaseView):
    """A passkey in place of the own password before an act; a script posts twice: for the question, and with the answer.

    The act itself is posted by its own form afterwards, whose field for the password may then be empty.
    """

    permission = permissions.signed_in

    def post(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        if not (can_use_passkeys(request) and has_passkey(user)):
            return HttpResponse(NO_PASSKEYS_HERE, status=422, content_type="text/plain; charset=utf-8")
        answer = request.POST.get("credential")
        if not answer:
            return HttpResponse(repeated_options(user), content_type="application/json")
        address = client_address(request)
        outcome = verify_repeated_passkey(user, answer, address)
        if outcome.user is None:
            fault = WAIT_AGAIN if outcome.must_wait else WRONG_PASSKEY_AGAIN
            return HttpResponse(fault, status=422, content_type="text/plain; charset=utf-8")
        note_passkey_used(request)
        return HttpResponse(status=204)
