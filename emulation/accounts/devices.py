"""Own devices: recognised by a cookie, listed with their sessions, ended one by one; a new one is announced to the owner."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.models import Device, User
from emulation.accounts.owner_notices import notify_account_owner
from emulation.accounts.rules import device_name
from emulation.core.addresses import client_address

DEVICE_KEY = "device"
SEEN_KEY = "seen_at"
COOKIE_DAYS = 400
NEW_DEVICE = (
    "Tài khoản của bạn vừa đăng nhập ở thiết bị mới: {name}, địa chỉ {address}. Máy lạ thì đổi mật khẩu ngay và đăng "
    "xuất máy đó ở “Trang của tôi”."
)


def cookie_name() -> str:
    return "__Host-device" if settings.HTTPS else "device"


def note_device(request: HttpRequest, user: User) -> str:
    """Records the device of a session that has just begun; notifies the owner of one that is not their first and is new.

    Returns the token for `put_device_cookie`.
    """
    token = request.COOKIES.get(cookie_name(), "")[:64] or secrets.token_urlsafe(24)
    now = timezone.now()
    address = client_address(request)
    values = {
        "name": device_name(request.headers.get("User-Agent", "")),
        "address": address,
        "session_key": request.session.session_key or "",
        "signed_in_at": now,
        "seen_at": now,
    }
    is_first = not Device.objects.filter(user=user).exists()
    device, is_new = Device.objects.update_or_create(
        user=user,
        token_hash=sha256(token.encode()).hexdigest(),
        defaults=values,
        create_defaults={**values, "first_signed_in_at": now},
    )
    request.session[DEVICE_KEY] = device.pk
    request.session[SEEN_KEY] = int(now.timestamp())
    if is_new and not is_first:
        notify_account_owner(user, NEW_DEVICE.format(name=device.name, address=address or "không rõ"))
    return token


def put_device_cookie(response: HttpResponse, token: str) -> None:
    """Gives the browser the cookie by which it is recognised at the next sign-in; it opens nothing."""
    response.set_cookie(
        cookie_name(), token, max_age=COOKIE_DAYS * 86400, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def keep_session(request: HttpRequest, user: User) -> None:
    """Keeps the session in use when the password or the second step changes, and the device with its new key."""
    update_session_auth_hash(request, user)
    Device.objects.filter(pk=request.session.get(DEVICE_KEY, 0)).update(session_key=request.session.session_key)


@dataclass(frozen=True)
class OpenDevice:
    """A device with an open session; `is_this`: the one that asks."""

    device: Device
    is_this: bool


def open_devices(request: HttpRequest) -> list[OpenDevice]:
    """The user's devices that are signed in now, the one in use first; two queries."""
    devices = list(Device.objects.filter(user=request.user).exclude(session_key=""))
    sessions = Session.objects.filter(
        session_key__in=[one.session_key for one in devices], expire_date__gt=timezone.now()
    )
    right = request.user.get_session_auth_hash()
    valid = {one.session_key for one in sessions if one.get_decoded().get(HASH_SESSION_KEY) == right}
    this = request.session.get(DEVICE_KEY)
    rows = [OpenDevice(one, one.pk == this) for one in devices if one.session_key in valid]
    return sorted(rows, key=lambda row: not row.is_this)


@transaction.atomic
def end_device(request: HttpRequest, device_id: int) -> Device | None:
    """Ends the session of another device of the user; None when they have no such open one, or it is the one in use."""
    found = next((row for row in open_devices(request) if row.device.pk == device_id and not row.is_this), None)
    if found is None:
        return None
    Session.objects.filter(session_key=found.device.session_key).delete()
    user: Any = request.user
    sign_in_log.note_own_act(sign_in_log.END_DEVICE, user, client_address(request))
    return found.device
