"""Password validators with Vietnamese messages, one-time passwords, codes of slips."""

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from emulation.accounts.rules import is_guessable
from emulation.communes.models import Commune
from emulation.core.registry import Registry

MIN_PASSWORD_LENGTH = 10
# Without letters and digits that look alike in print.
SLIP_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# Shorter than any password may be, so that what is typed at the sign-in is either a code or a password.
CODE_LENGTH = 8
CODE = re.compile(f"[{SLIP_ALPHABET}]{{{CODE_LENGTH}}}")

password_words: Registry[Callable[[int], Iterable[str]]] = Registry(
    "Words in passwords", "name: a function (commune id) -> words that a password of the commune must not consist of"
)


def one_time_password() -> str:
    """Three groups of four characters, about 59 random bits: k7qf-2mxa-9trb."""
    return "-".join("".join(secrets.choice(SLIP_ALPHABET) for _ in range(4)) for _ in range(3))


def slip_code() -> str:
    """The code of a slip, two groups of four characters, about 40 random bits: k7qf-2mxa."""
    return "-".join("".join(secrets.choice(SLIP_ALPHABET) for _ in range(CODE_LENGTH // 2)) for _ in range(2))


def as_code(typed: str) -> str | None:
    """The normalised code (k7qf2mxa) if what was typed looks like the code of a slip, in capitals too; else None."""
    code = re.sub(r"[\s\-–]", "", typed).lower()
    return code if CODE.fullmatch(code) and len(typed.strip()) < MIN_PASSWORD_LENGTH else None


class PasswordLengthValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < MIN_PASSWORD_LENGTH:
            raise ValidationError(f"Mật khẩu phải có ít nhất {MIN_PASSWORD_LENGTH} ký tự; một câu dễ nhớ là tốt nhất.")

    def get_help_text(self) -> str:
        return f"Ít nhất {MIN_PASSWORD_LENGTH} ký tự; một câu dễ nhớ là tốt nhất."


class PasswordNotCommonValidator(CommonPasswordValidator):
    def validate(self, password: str, user: Any = None) -> None:
        if password.lower().strip() in self.passwords:
            raise ValidationError("Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn mật khẩu khác.")

    def get_help_text(self) -> str:
        return "Không dùng mật khẩu phổ biến."


class PasswordNotLocalValidator:
    """Refuses a password that consists of words a neighbour would try: the commune, its units, the program, the user."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_guessable(password, self._words(user)):
            raise ValidationError(
                "Mật khẩu này chỉ gồm tên xã, tên đơn vị, tên của bạn hay tên phần mềm, người quen dễ đoán. Hãy thêm vài từ khác."
            )

    def get_help_text(self) -> str:
        return "Không dùng tên xã, tên đơn vị hay tên mình làm mật khẩu."

    def _words(self, user: Any) -> list[str]:
        words = ["sovang", "matkhau", "password"]
        if user is not None:
            words += [user.username, user.full_name, *user.full_name.split()]
            # Of every commune, also where the role begins later: a slip is often used before that day.
            for commune in Commune.objects.filter(memberships__user_id=user.pk).distinct():
                identity = commune.identity_on(timezone.localdate())
                words += [identity.name, identity.place_name]
                for words_of in password_words.values():
                    words += words_of(commune.pk)
        return words
