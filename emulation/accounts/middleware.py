"""Forces users who signed in with a one-time password to change it first; ends sessions that were idle for too long."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.devices import DEVICE_KEY, SEEN_KEY
from emulation.accounts.models import Device
from emulation.accounts.rules import idle_limit
from emulation.communes.capacity import capacity_of
from emulation.core.addresses import client_address

ALLOWED_URL_NAMES = ("accounts:password", "accounts:logout", "accounts:slip", "accounts:new_password")


class PasswordChangeRequiredMiddleware:
    """Redirects every page to the password form, except the form itself and signing out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        must_change = request.user.is_authenticated and request.user.must_change_password
        if must_change and request.path not in {reverse(name) for name in ALLOWED_URL_NAMES}:
            return redirect("accounts:password")
        return self.get_response(request)


class IdleLimitMiddleware:
    """Signs out who made no request for longer than `IDLE_MINUTES` of their roles allows; the page then asks to sign in.

    The last request is kept in the session and with the device, at most once in five minutes. Sessions of before this have
    no limit until they end.
    """

    RENEW_SECONDS = 5 * 60

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SEEN_KEY in request.session and request.user.is_authenticated:
            self.check(request)
        return self.get_response(request)

    def check(self, request: HttpRequest) -> None:
        """Signs out, or remembers that the session is in use."""
        now = timezone.now()
        idle = now.timestamp() - request.session[SEEN_KEY]
        if 0 <= idle < self.RENEW_SECONDS:
            return
        limit = idle_limit(capacity_of(request.user).roles, settings.IDLE_MINUTES)
        if limit and idle > limit.total_seconds():
            user: Any = request.user
            sign_in_log.note_own_act(sign_in_log.IDLE, user, client_address(request))
            logout(request)
            messages.info(
                request, "Đã tự thoát vì lâu không thao tác. Đăng nhập lại để làm tiếp; chữ đang gõ dở vẫn còn."
            )
            return
        request.session[SEEN_KEY] = int(now.timestamp())
        Device.objects.filter(pk=request.session.get(DEVICE_KEY, 0)).update(seen_at=now)
