"""The user's own password once more before an act with grave consequences, unless it was typed a short while ago.

A code of the user's app, or with a script a passkey of theirs, is as good as the password. Acts of a workflow table ask for it
by `Step.asks_password`; forms on the user's own sign-in are a `PasswordAgainMixin`.
"""

import re
import time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from emulation.accounts import sign_in_log
from emulation.accounts.backend import verify_password
from emulation.accounts.models import User
from emulation.accounts.passkey_sign_in import has_passkey
from emulation.accounts.second_step import can_use_passkeys, has_app, verify_code
from emulation.core.addresses import client_address

SESSION_KEY = "password_typed_at"
PASSKEY_KEY = "passkey_used_at"
PASSKEY_SECONDS = 60
"""How soon the form must be sent after a passkey was used in place of the password."""
FIELD = "own_password"
APP_CODE = re.compile(r"[0-9]{3} ?[0-9]{3}")


def note_password_typed(request: HttpRequest) -> None:
    """Remembers in the session that the user signed in, or typed the right password, just now."""
    request.session[SESSION_KEY] = int(time.time())


def note_passkey_used(request: HttpRequest) -> None:
    """Remembers in the session, for the next form that is sent, that a passkey of the user was used in place of the password."""
    request.session[PASSKEY_KEY] = int(time.time())


def is_password_fresh(request: HttpRequest) -> bool:
    """Whether the user signed in or typed their password in this session within the last PASSWORD_AGAIN_MINUTES."""
    age = time.time() - request.session.get(SESSION_KEY, 0)
    return 0 <= age < settings.PASSWORD_AGAIN_MINUTES * 60


def user_of(request: HttpRequest) -> User:
    """The signed-in user."""
    user: Any = request.user
    return user  # type: ignore[no-any-return]


class OwnPasswordField(forms.CharField):
    """The password of the signed-in user, or a code of their app, which no password can be: those have 10 characters.

    Wrong ones are counted and logged like those of a sign-in.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.takes_codes = has_app(user_of(request))
        minutes = settings.PASSWORD_AGAIN_MINUTES
        or_code = ", hoặc nhập mã 6 chữ số trong ứng dụng tạo mã," if self.takes_codes else ""
        self.takes_passkeys = can_use_passkeys(request) and has_passkey(user_of(request))
        again = f" Trong {minutes} phút tiếp theo không hỏi nữa." if minutes else ""
        attributes = {"autocomplete": "current-password", "class": "short"}
        if self.takes_passkeys:
            attributes["data-passkey-again"] = reverse("accounts:passkey_again")
        super().__init__(
            label="Mật khẩu của bạn",
            max_length=200,
            strip=False,
            widget=forms.PasswordInput(attrs=attributes),
            help_text=f"Nhập lại{or_code} để chắc chắn là bạn đang ngồi ở máy này.{again}",
            error_messages={"required": "Hãy nhập lại mật khẩu của bạn; việc này chưa được làm."},
        )

    def clean(self, value: Any) -> str:
        """The password; the session remembers that it was typed. Raises ValidationError if it is wrong or must wait.

        "" if a passkey was used in its place.
        """
        user = user_of(self.request)
        address = client_address(self.request)
        if not value and self.passkey_used():
            return self.accepted("", address)
        typed: str = super().clean(value)
        if self.takes_codes and APP_CODE.fullmatch(typed.strip()):
            if fault := verify_code(user, typed, address).fault:
                raise ValidationError(fault)
            return self.accepted(typed, address)
        outcome = verify_password(user.username, typed, address, sign_in_log.REPEATED_PASSWORD)
        if outcome.must_wait:
            raise ValidationError(
                "Đã nhập sai mật khẩu quá nhiều lần. Từ máy này phải chờ 15 phút rồi thử lại; việc này chưa được làm."
            )
        if outcome.user is None:
            raise ValidationError("Mật khẩu của bạn chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt.")
        return self.accepted(typed, address)

    def passkey_used(self) -> bool:
        """Whether a passkey was used just now; it counts for one form."""
        used_at = self.request.session.pop(PASSKEY_KEY, 0)
        return 0 <= time.time() - used_at < PASSKEY_SECONDS

    def accepted(self, typed: str, address: str) -> str:
        """Remembers and logs that the user was asked and answered right."""
        note_password_typed(self.request)
        sign_in_log.note_repeated_password(user_of(self.request), address)
        return typed


def own_password_field(request: HttpRequest) -> OwnPasswordField | None:
    """The field that asks for the user's password, None if it was typed lately."""
    return None if is_password_fresh(request) else OwnPasswordField(request)


class PasswordAgainMixin(forms.Form):
    """A form that also asks for the user's password unless it was typed lately; what else was typed is kept if it is wrong."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := own_password_field(request):
            self.fields[FIELD] = field

    @property
    def typed(self) -> dict[str, Any]:
        """What the form asks for, without the password."""
        return {name: value for name, value in self.cleaned_data.items() if name != FIELD}
