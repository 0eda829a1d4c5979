"""The user's own password once more before an act with grave consequences, unless it was typed a short while ago."""

import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from emulation.accounts.backend import verify_password
from emulation.accounts.sign_in_log import REPEATED_PASSWORD
from emulation.core.addresses import client_address

SESSION_KEY = "password_typed_at"
FRESH_SECONDS = 15 * 60


def note_password_typed(request: HttpRequest) -> None:
    """Remembers in the session that the user typed the right password just now."""
    request.session[SESSION_KEY] = int(time.time())


def is_password_fresh(request: HttpRequest) -> bool:
    """Whether the user typed their password in this session within the last 15 minutes."""
    age = time.time() - request.session.get(SESSION_KEY, 0)
    return 0 <= age < FRESH_SECONDS


class PasswordAgainMixin(forms.Form):
    """A form that also asks for the user's password unless it was typed lately; what else was typed is kept if it is wrong.

    Wrong ones are counted like those of a sign-in.
    """

    own_password = forms.CharField(
        label="Mật khẩu của bạn",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "short"}),
        help_text="Nhập lại để chắc chắn là bạn đang ngồi ở máy này. Trong 15 phút tiếp theo không hỏi nữa.",
        error_messages={"required": "Hãy nhập lại mật khẩu của bạn."},
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        if is_password_fresh(request):
            del self.fields["own_password"]
        else:
            self.order_fields([name for name in self.fields if name != "own_password"])

    def clean_own_password(self) -> str:
        typed: str = self.cleaned_data["own_password"]
        user: Any = self.request.user
        outcome = verify_password(user.username, typed, client_address(self.request), REPEATED_PASSWORD)
        if outcome.must_wait:
            raise ValidationError(
                "Đã nhập sai mật khẩu quá nhiều lần. Từ máy này phải chờ 15 phút rồi thử lại; việc này chưa được làm."
            )
        if outcome.user is None:
            raise ValidationError("Mật khẩu của bạn chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt.")
        note_password_typed(self.request)
        return typed

    @property
    def typed(self) -> dict[str, Any]:
        """What the form asks for, without the password."""
        return {name: value for name, value in self.cleaned_data.items() if name != "own_password"}
