"""Password validators with Vietnamese messages, and one-time passwords."""

import secrets
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

MIN_PASSWORD_LENGTH = 10
# Without letters and digits that look alike in print.
SLIP_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Three groups of four characters, about 59 random bits: k7qf-2mxa-9trb."""
    return "-".join("".join(secrets.choice(SLIP_ALPHABET) for _ in range(4)) for _ in range(3))


class PasswordLengthValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < MIN_PASSWORD_LENGTH:
            raise ValidationError(
                f"Mật khẩu phải có ít nhất {MIN_PASSWORD_LENGTH} ký tự; một câu ngắn dễ nhớ là tốt nhất."
            )

    def get_help_text(self) -> str:
        return f"Ít nhất {MIN_PASSWORD_LENGTH} ký tự; một câu ngắn dễ nhớ là tốt nhất."


class PasswordNotCommonValidator(CommonPasswordValidator):
    def validate(self, password: str, user: Any = None) -> None:
        if password.lower().strip() in self.passwords:
            raise ValidationError("Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn mật khẩu khác.")

    def get_help_text(self) -> str:
        return "Không dùng mật khẩu phổ biến."
