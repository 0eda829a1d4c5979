"""What a calendar on a telephone reads: whose link it is, and what it says now beside what it said before."""

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

FEED_BACK, FEED_AHEAD = timedelta(days=62), timedelta(days=400)


@dataclass(frozen=True)
class FeedEvent:
    """One thing of the feed, how many times it changed and since when it stands so."""

    uid: str
    deadline: Deadline
    sequence: int
    since: datetime

    @property
    def title(self) -> str:
        said = self.deadline.public_title
        return f"Xong: {said}" if self.deadline.done else said


def hash_token(token: str) -> str:
    """Only this is kept of a token: 32 random bytes need no salt."""
    return sha256(token.encode()).hexdigest()


def calendar_link_of(token: str) -> CalendarLink | None:
    """The live link of this token, its user still in use and still serving in the commune; None otherwise.

    `link.user` then stands in the commune of the link, whatever other communes he serves in.
    """
    link = CalendarLink.objects.live().filter(token_hash=hash_token(token)).select_related("user", "commune").first()
    if link is None or not link.user.is_active:
        return None
    user: Any = link.user
    user.commune_choice = link.commune_id
    capacity = capacity_of(user)
    return link if capacity.roles and capacity.commune_id == link.commune_id else None


def feed_events(link: CalendarLink, on: date, now: datetime) -> tuple[list[FeedEvent], dict[str, Any]]:
    """What the feed says around the day `on`, and what is to be kept as told."""
    found: list[FeedEvent] = []
    told: dict[str, Any] = {}
    for one in calendar_registry.deadlines_between(link.user, on - FEED_BACK, on + FEED_AHEAD):
        uid, mark = f"{one.ident.replace(':', '-')}-{link.commune_id}", _mark(one)
        before, sequence, since = link.told.get(uid, ("", -1, ""))
        told[uid] = [before, sequence, since] if before == mark else [mark, sequence + 1, now.isoformat()]
        found.append(FeedEvent(uid, one, told[uid][1], datetime.fromisoformat(told[uid][2])))
    return found, told


def _mark(one: Deadline) -> str:
    said = f"{one.day} {one.public_title} {one.done is True} {one.url}"
    return sha256(said.encode()).hexdigest()[:16]


def save_feed_state(link: CalendarLink, told: dict[str, Any], now: datetime) -> None:
    """Remembers what was told, and once an hour that the link is used: a telephone that asks often writes little."""
    changed: dict[str, Any] = {"told": told} if told != link.told else {}
    if link.last_used_at is None or now - link.last_used_at > timedelta(hours=1):
        changed["last_used_at"] = now
    if changed:
        CalendarLink.objects.filter(pk=link.pk).update(**changed)


def own_calendar_link(user: User) -> CalendarLink | None:
    """The person's live link."""
    return CalendarLink.objects.visible_to(user).live().first()


def now_in_whole_seconds() -> datetime:
    """Now, in whole seconds: iCalendar knows no smaller ones."""
    return timezone.now().replace(microsecond=0)
