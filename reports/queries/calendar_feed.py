"""The calendar feed: the link of a token, and the events with their changes since the last reading."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.workflow import calendar_registry
from emulation.workflow.calendar_registry import Deadline
from reports.models import CalendarLink

FEED_BACK = timedelta(days=62)
FEED_AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class FeedEvent:
    """One event of the feed; `sequence` counts its changes, `since` is the time of the last one."""

    uid: str
    deadline: Deadline
    sequence: int
    since: datetime

    @property
    def title(self) -> str:
        title = self.deadline.public_title
        return f"Xong: {title}" if self.deadline.done else title


def hash_token(token: str) -> str:
    """The stored hash of a token; no salt, because a token is 32 random bytes."""
    return sha256(token.encode()).hexdigest()


def calendar_link_of(token: str) -> CalendarLink | None:
    """The live link of this token; None also when its user is inactive or has no role in the commune any more.

    The commune of the link is set as the chosen commune of `link.user`, who may have roles in several communes.
    """
    link = CalendarLink.objects.live().filter(token_hash=hash_token(token)).select_related("user", "commune").first()
    if link is None or not link.user.is_active:
        return None
    user: Any = link.user
    user.commune_choice = link.commune_id
    capacity = capacity_of(user)
    return link if capacity.roles and capacity.commune_id == link.commune_id else None


def feed_events(link: CalendarLink, on: date, now: datetime) -> tuple[list[FeedEvent], dict[str, Any]]:
    """The events around the day `on`, and the new state of the feed (see `CalendarLink.told`)."""
    events: list[FeedEvent] = []
    state: dict[str, Any] = {}
    for deadline in calendar_registry.deadlines_between(link.user, on - FEED_BACK, on + FEED_AHEAD):
        uid = f"{deadline.ident.replace(':', '-')}-{link.commune_id}"
        fingerprint = _fingerprint(deadline)
        before, sequence, since = link.told.get(uid, ("", -1, ""))
        if before != fingerprint:
            sequence += 1
            since = now.isoformat()
        state[uid] = [fingerprint, sequence, since]
        events.append(FeedEvent(uid, deadline, sequence, datetime.fromisoformat(since)))
    return events, state


def _fingerprint(deadline: Deadline) -> str:
    content = f"{deadline.day} {deadline.public_title} {deadline.done is True} {deadline.url}"
    return sha256(content.encode()).hexdigest()[:16]


def save_feed_state(link: CalendarLink, state: dict[str, Any], now: datetime) -> None:
    """Saves a changed state, and at most once an hour when the link was used, so that frequent reading writes little."""
    changed: dict[str, Any] = {"told": state} if state != link.told else {}
    if link.last_used_at is None or now - link.last_used_at > timedelta(hours=1):
        changed["last_used_at"] = now
    if changed:
        CalendarLink.objects.filter(pk=link.pk).update(**changed)


def own_calendar_link(user: User) -> CalendarLink | None:
    """The user's live link, or None."""
    return CalendarLink.objects.visible_to(user).live().first()


def now_in_whole_seconds() -> datetime:
    """The current time without microseconds, which iCalendar does not have."""
    return timezone.now().replace(microsecond=0)
