"""Authentication with throttling: too many wrong passwords make a client wait.

Existing and unknown login names get the same response in the same time. Failures are counted by login name and address
together, so that nobody can lock a colleague out by typing wrong passwords elsewhere. A second, higher limit counts an
address over all names, against clients that try many names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.models import LoginFailure, PasswordSlip, User
from emulation.accounts.sign_in_log import SIGN_IN_PASSWORD, WINDOW, PasswordPurpose
from emulation.accounts.slips import code_hash, slip_fault
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


@dataclass(frozen=True)
class SlipOutcome:
    """The slip with this code, which may be used up, ended or expired (`slip_fault`); `must_wait` as in PasswordOutcome."""

    slip: PasswordSlip | None = None
    must_wait: bool = False


def verify_password(name: str, password: str, address: str, purpose: PasswordPurpose) -> PasswordOutcome:
    """Checks a password for a normalised login name; a wrong one is counted and recorded in the logs."""

    def is_right(user: User | None) -> bool:
        if user is None:
            make_password(password)  # as slow as a check, so that the response time does not reveal which names exist
            return False
        return user.check_password(password)

    user, waits = _verify(name, address, purpose, is_right)
    return PasswordOutcome(user, waits)


def verify_slip_code(name: str, code: str, address: str) -> SlipOutcome:
    """Finds the slip by login name and normalised code; a wrong one counts like a wrong password."""
    found: list[PasswordSlip] = []

    def is_right(user: User | None) -> bool:
        user_id = user.pk if user else 0
        slips = PasswordSlip.objects.filter(user_id=user_id, code_hash=code_hash(user_id, code))
        found.extend(slips.select_related("user")[:1])
        # A slip that is over must not clear the count of wrong passwords, as often as its holder likes.
        return bool(found) and not slip_fault(found[0])

    _, waits = _verify(name, address, SIGN_IN_PASSWORD, is_right)
    return SlipOutcome(next((slip for slip in found if slip.user.is_active), None), waits)


def _verify(
    name: str, address: str, purpose: PasswordPurpose, is_right: Callable[[User | None], bool]
) -> tuple[User | None, bool]:
    """The active user if `is_right` returns True, and whether the client must wait; failures are counted and logged."""
    group = address_group(address)
    if must_wait(name, group):
        sign_in_log.note_refusal(purpose, name, address)
        return None, True
    # The attempt is recorded before the password is checked, so that parallel requests cannot exceed the limit.
    attempt = LoginFailure.objects.create(username=name, address=group)
    if must_wait(name, group, besides=attempt.pk):
        attempt.delete()
        sign_in_log.note_refusal(purpose, name, address)
        return None, True
    user = User.objects.filter(username=name).first()
    if is_right(user) and user is not None and user.is_active:
        LoginFailure.objects.filter(username=name, address=group).delete()
        return user, False
    LoginFailure.objects.filter(at__lt=_since()).delete()
    sign_in_log.note_failure(purpose, attempt, user, address, waits=must_wait(name, group))
    return None, False


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
