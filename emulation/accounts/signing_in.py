"""From the right password to the open session: the second step comes in between for users who switched it on."""

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.devices import note_device, put_device_cookie
from emulation.accounts.models import User
from emulation.accounts.reauthentication import note_password_typed
from emulation.accounts.second_step import has_second_step
from emulation.core.addresses import client_address

PENDING_KEY = "second_step"
PENDING_SECONDS = 10 * 60


def sign_in_user(request: HttpRequest, user: User, to: str = "", *, is_logged: bool = False) -> HttpResponse:
    """Signs in a user whose password is right, or asks for the second step first.

    `to`: a checked address, "" for the first page. `is_logged`: the audit log has an entry of this sign-in already.
    """
    if not has_second_step(user):
        return begin_session(request, user, to, is_logged=is_logged)
    request.session.cycle_key()
    request.session[PENDING_KEY] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": int(timezone.now().timestamp()),
        "to": to,
    }
    return redirect("accounts:second_step")


def pending_user(request: HttpRequest) -> User | None:
    """Who typed the right password in this session within the last ten minutes, unless it was changed since."""
    pending = request.session.get(PENDING_KEY)
    if not pending or timezone.now().timestamp() - pending["at"] > PENDING_SECONDS:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == pending["hash"] else None


def finish_second_step(request: HttpRequest, user: User) -> HttpResponse:
    """Signs in a user who passed the second step."""
    return begin_session(request, user, request.session.pop(PENDING_KEY)["to"])


def begin_session(
    request: HttpRequest, user: User, to: str, *, is_logged: bool = False, act: str = sign_in_log.SIGN_IN
) -> HttpResponse:
    """Begins and records the session; redirects to the wanted page, or to the password that must be changed first.

    `act`: how the user signed in, for the logs.
    """
    with transaction.atomic():
        if not is_logged:
            sign_in_log.note_own_act(act, user, client_address(request))
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        token = note_device(request, user)
    note_password_typed(request)
    response = redirect("accounts:password" if user.must_change_password else to or settings.LOGIN_REDIRECT_URL)
    put_device_cookie(response, token)
    return response
