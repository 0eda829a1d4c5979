"""Calendar feed as iCalendar (RFC 5545): all-day events without alarms; names no person and no case."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event, vDuration, vText, vUri

from reports.queries.calendar_feed import FeedEvent as Told

REFRESH_INTERVAL = timedelta(hours=6)


def calendar_feed_ics(name: str, site: str, events: Iterable[Told]) -> bytes:
    """The feed; the same events give the same bytes. `site` is where the links of the events lead ("https://…")."""
    feed = Calendar()
    feed.add("prodid", "-//So Vang//Lich cong tac//VI")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", vText(name))
    feed.add("x-wr-timezone", vText("Asia/Ho_Chi_Minh"))
    feed.add("refresh-interval", vDuration(REFRESH_INTERVAL), parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", vDuration(REFRESH_INTERVAL))
    for told in events:
        feed.add_component(_event(told, site))
    return feed.to_ical()


def _event(told: Told, site: str) -> Event:
    event, one = Event(), told.deadline
    event.add("uid", f"{told.uid}@so-vang")
    event.add("dtstamp", told.since.astimezone(UTC))
    event.add("last-modified", told.since.astimezone(UTC))
    event.add("sequence", told.sequence)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", told.title)
    event.add("description", "Mở Sổ Vàng để xem và làm việc này.")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if one.url:
        event.add("url", vUri(site + one.url))
    return event
