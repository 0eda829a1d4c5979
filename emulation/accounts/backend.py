"""Sign-in. Too many wrong passwords make a client wait; known and unknown login names get the same answer in the same time.

Failures are counted by login name and address together, so that nobody can keep a colleague out by typing wrong passwords
for them somewhere else. A second, generous limit counts an address over all names and slows down who tries many names.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.models import LoginFailure, User
from emulation.accounts.sign_in_log import WINDOW
from emulation.core.addresses import address_group, client_address

MAX_LOGIN_FAILURES = 10
"""Wrong passwords for one login name from one address within WINDOW."""
MAX_ADDRESS_LOGIN_FAILURES = 100
"""Wrong passwords from one address for all names within WINDOW: a whole office may share one address."""


def login_name(typed: str) -> str:
    """The form in which a typed login name is compared and counted."""
    return typed.strip().lower()[:60]


def must_wait(name: str, address: str, *, besides: int | None = None) -> bool:
    """Whether too many wrong passwords came just now from this address group, for this name or for all names.

    `besides`: the id of a failure that does not count.
    """
    recent = LoginFailure.objects.filter(address=address, at__gte=_since()).exclude(pk=besides)
    if recent.filter(username=name)[:MAX_LOGIN_FAILURES].count() >= MAX_LOGIN_FAILURES:
        return True
    return bool(address) and recent[:MAX_ADDRESS_LOGIN_FAILURES].count() >= MAX_ADDRESS_LOGIN_FAILURES


def _since() -> datetime:
    return timezone.now() - WINDOW


class ThrottledBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        name, address = login_name(username or ""), client_address(request)
        group = address_group(address)
        if not name or password is None:
            return None
        if must_wait(name, group):
            sign_in_log.note_refusal(name, address)
            return None
        # The attempt counts before the password is checked: a hundred requests at the same moment are no hundred attempts.
        attempt = LoginFailure.objects.create(username=name, address=group)
        if must_wait(name, group, besides=attempt.pk):
            attempt.delete()
            sign_in_log.note_refusal(name, address)
            return None
        user = User.objects.filter(username=name).first()
        if user is None:
            make_password(password)  # the same work as checking, so that the time does not show which names exist
        elif user.check_password(password) and user.is_active:
            LoginFailure.objects.filter(username=name, address=group).delete()
            return user
        LoginFailure.objects.filter(at__lt=_since()).delete()
        sign_in_log.note_failure(attempt, user, address, waits=must_wait(name, group))
        return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
