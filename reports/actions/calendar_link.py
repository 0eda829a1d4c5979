"""Creates and revokes the secret URL of a user's calendar feed."""

import secrets

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.workflow.transitions import act
from reports.models import CalendarLink
from reports.queries.calendar_feed import hash_token

TOKEN_BYTES = 32


def create_calendar_link(*, by: User, commune: Commune) -> str:
    """Creates a new link for the user, revokes the previous one and returns the token, which is not stored."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with act("reports.make_calendar_link", commune, by=by, about=f"Lịch của {by.full_name}") as locked:
        CalendarLink.objects.live().filter(commune=locked, user=by).update(revoked_at=timezone.now(), told={})
        CalendarLink.objects.create(commune=locked, user=by, token_hash=hash_token(token))
    return token


def revoke_calendar_link(*, by: User, commune: Commune) -> None:
    """Revokes the user's link: the feed then answers 404. RuleBroken when there is none."""
    with act("reports.revoke_calendar_link", commune, by=by, about=f"Lịch của {by.full_name}") as locked:
        revoked = CalendarLink.objects.live().filter(commune=locked, user=by).update(revoked_at=timezone.now(), told={})
        if not revoked:
            raise RuleBroken("Bạn không có đường dẫn nào đang dùng.")


def end_calendar_links(user: User) -> None:
    """Revokes the links of a user whose password was reset, in the caller's transaction: who read one may have the URL."""
    CalendarLink.objects.live().filter(user=user).update(revoked_at=timezone.now(), told={})
