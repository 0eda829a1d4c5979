"""Sign-in: ten wrong passwords in fifteen minutes close a name for a while; known and unknown names take the same time."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from emulation.accounts.models import LoginFailure, User

MAX_FAILURES = 10
WINDOW = timedelta(minutes=15)


def is_closed(username: str) -> bool:
    """Whether too many wrong passwords came for this name just now."""
    since = timezone.now() - WINDOW
    return LoginFailure.objects.filter(username=username[:60], at__gte=since)[:MAX_FAILURES].count() >= MAX_FAILURES


class ThrottledBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        name = (username or "").strip().lower()
        if not name or password is None or is_closed(name):
            return None
        user = User.objects.filter(username=name).first()
        if user is None:
            make_password(password)  # the same work as checking, so that the clock does not tell which names exist
        elif user.check_password(password) and user.is_active:
            LoginFailure.objects.filter(username=name).delete()
            return user
        LoginFailure.objects.create(username=name[:60])
        return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
