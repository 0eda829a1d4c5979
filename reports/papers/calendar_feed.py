"""Calendar feed as iCalendar (RFC 5545): all-day events without alarms and without names of people or cases."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event, vDuration, vText, vUri

from reports.queries.calendar_feed import FeedEvent

REFRESH_INTERVAL = timedelta(hours=6)


def calendar_feed_ics(name: str, site: str, events: Iterable[FeedEvent]) -> bytes:
    """The feed; the same events give the same bytes. `site` is the base URL of the event links ("https://…")."""
    feed = Calendar()
    feed.add("prodid", "-//So Vang//Lich cong tac//VI")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", vText(name))
    feed.add("x-wr-timezone", vText("Asia/Ho_Chi_Minh"))
    feed.add("refresh-interval", vDuration(REFRESH_INTERVAL), parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", vDuration(REFRESH_INTERVAL))
    for event in events:
        feed.add_component(_component(event, site))
    return feed.to_ical()


def _component(event: FeedEvent, site: str) -> Event:
    component = Event()
    deadline = event.deadline
    component.add("uid", f"{event.uid}@so-vang")
    component.add("dtstamp", event.since.astimezone(UTC))
    component.add("last-modified", event.since.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("dtstart", deadline.day)
    component.add("dtend", deadline.day + timedelta(days=1))
    component.add("summary", event.title)
    component.add("description", "Mở Sổ Vàng để xem và làm việc này.")
    component.add("transp", "TRANSPARENT")
    component.add("class", "PRIVATE")
    if deadline.url:
        component.add("url", vUri(site + deadline.url))
    return component
