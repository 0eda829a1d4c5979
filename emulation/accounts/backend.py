"""Authentication with throttling: too many wrong passwords make a client wait.

Existing and unknown login names get the same response in the same time. Failures are counted by login name and address
together, so that nobody can lock a colleague out by typing wrong passwords elsewhere. A second, higher limit counts an
address over all names, against clients that try many names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.models import LoginFailure, PasswordSlip, User
from emulation.accounts.rules import counted_name, grouped_digits, phone_digits
from emulation.accounts.sign_in_log import SIGN_IN_PASSWORD, WINDOW, PasswordPurpose
from emulation.accounts.slips import code_hash, slip_fault
from emulation.core.addresses import address_group, client_address

MAX_LOGIN_FAILURES = 10
"""Wrong passwords for one login name from one address within WINDOW."""
MAX_ADDRESS_LOGIN_FAILURES = 100
"""Wrong passwords from one address for all names within WINDOW: a whole office may share one address."""


def login_name(typed: str) -> str:
    """The normalised form of what was typed to sign in: a login name, a phone number or an e-mail address."""
    return typed.strip().lower()[:200]


def find_user(name: str) -> User | None:
    """The user with this login name, or the only active one with this phone number or e-mail address; always one query."""
    phone = grouped_digits(phone_digits(name)) or "-"
    rows = list(User.objects.filter(Q(username=name) | Q(phone=phone) | Q(email__iexact=name)))
    by_name = [user for user in rows if user.username == name]
    found = by_name or [user for user in rows if user.is_active]
    return found[0] if len(found) == 1 else None


def must_wait(key: str, address: str, *, besides: int | None = None, limit_everywhere: int = 0) -> bool:
    """Whether there were too many recent failures from this address group, for this key or for all.

    `key`: what failures are counted by, as in `rules.counted_name`. `besides`: the id of a failure that is not counted.
    `limit_everywhere`: how many there may be for the key from all addresses together, 0 for any number.
    """
    failures = LoginFailure.objects.filter(at__gte=_since()).exclude(pk=besides)
    recent = failures.filter(address=address)
    of_name = recent.filter(username=key)
    if of_name[:MAX_LOGIN_FAILURES].count() >= MAX_LOGIN_FAILURES:
        return True
    if limit_everywhere and failures.filter(username=key)[:limit_everywhere].count() >= limit_everywhere:
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

    user, waits = verify_attempt(partial(find_user, name), counted_name(name), address, purpose, is_right)
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

    _, waits = verify_attempt(partial(find_user, name), counted_name(name), address, SIGN_IN_PASSWORD, is_right)
    return SlipOutcome(next((slip for slip in found if slip.user.is_active), None), waits)


def verify_attempt(
    find: Callable[[], User | None],
    key: str,
    address: str,
    purpose: PasswordPurpose,
    is_right: Callable[[User | None], bool],
) -> tuple[User | None, bool]:
    """The active user if `is_right` returns True, and whether the client must wait; failures are counted and logged.

    `key`: what failures are counted by.
    """
    group = address_group(address)
    everywhere = purpose.limit_everywhere
    if must_wait(key, group, limit_everywhere=everywhere):
        sign_in_log.note_refusal(purpose, key, address)
        return None, True
    # The attempt is recorded before the password is checked, so that parallel requests cannot exceed the limit.
    attempt = LoginFailure.objects.create(username=key, address=group)
    if must_wait(key, group, besides=attempt.pk, limit_everywhere=everywhere):
        attempt.delete()
        sign_in_log.note_refusal(purpose, key, address)
        return None, True
    user = find()
    if is_right(user) and user is not None and user.is_active:
        LoginFailure.objects.filter(username=key, address=group).delete()
        return user, False
    LoginFailure.objects.filter(at__lt=_since()).delete()
    sign_in_log.note_failure(purpose, attempt, user, address, waits=must_wait(key, group, limit_everywhere=everywhere))
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
