"""Authentication with throttling: too many wrong passwords make a client wait.

Existing and unknown login names get the same response in the same time. Failures are counted by login name and address
together, so that nobody can lock a colleague out by typing wrong passwords elsewhere. A second, higher limit counts an
address over all names, against clients that try many names.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.models import LoginFailure, User
from emulation.accounts.sign_in_log import SIGN_IN_PASSWORD, WINDOW, PasswordPurpose
from emulation.core.addresses import address_group, client_address

MAX_LOGIN_FAILURES = 10
"""Wrong passwords for one login name from one address within WINDOW."""
MAX_ADDRESS_LOGIN_FAILURES = 100
"""Wrong passwords from one address for all names within WINDOW: a whole office may share one address."""


def login_name(typed: str) -> str:
    """The normalised form of a typed login name, for comparing and counting."""
    return typed.strip().lower()[:60]


def must_wait(name: str, address: str, *, besides: int | None = None) -> bool:
    """Whether there were too many recent failures from this address group, for this name or for all names.

    `besides`: the id of a failure that is not counted.
    """
    recent = LoginFailure.objects.filter(address=address, at__gte=_since()).exclude(pk=besides)
    if recent.filter(username=name)[:MAX_LOGIN_FAILURES].count() >= MAX_LOGIN_FAILURES:
        return True
    return bool(address) and recent[:MAX_ADDRESS_LOGIN_FAILURES].count() >= MAX_ADDRESS_LOGIN_FAILURES


def _since() -> datetime:
    return timezone.now() - WINDOW


@dataclass(frozen=True)
class PasswordOutcome:
    """The user if the password is right; `must_wait`: it was not checked, after too many wrong ones."""

    user: User | None = None
    must_wait: bool = False


def verify_password(name: str, password: str, address: str, purpose: PasswordPurpose) -> PasswordOutcome:
    """Checks a password for a normalised login name; a wrong one is counted and recorded in the logs."""
    group = address_group(address)
    if must_wait(name, group):
        sign_in_log.note_refusal(purpose, name, address)
        return PasswordOutcome(must_wait=True)
    # The attempt is recorded before the password is checked, so that parallel requests cannot exceed the limit.
    attempt = LoginFailure.objects.create(username=name, address=group)
    if must_wait(name, group, besides=attempt.pk):
        attempt.delete()
        sign_in_log.note_refusal(purpose, name, address)
        return PasswordOutcome(must_wait=True)
    user = User.objects.filter(username=name).first()
    if user is None:
        make_password(password)  # as slow as a check, so that the response time does not reveal which names exist
    elif user.check_password(password) and user.is_active:
        LoginFailure.objects.filter(username=name, address=group).delete()
        return PasswordOutcome(user)
    LoginFailure.objects.filter(at__lt=_since()).delete()
    sign_in_log.note_failure(purpose, attempt, user, address, waits=must_wait(name, group))
    return PasswordOutcome()


class ThrottledBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        name = login_name(username or "")
        if not name or password is None:
            return None
        return verify_password(name, password, client_address(request), SIGN_IN_PASSWORD).user

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
