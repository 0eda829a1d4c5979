"""Which backups are kept: all of the last 24 hours, and the newest of each of the last 7 days, 5 weeks and 12 months
that have one. Pure.
"""

import re
from collections.abc import Callable, Collection, Hashable
from datetime import datetime, timedelta

DAYS = 7
WEEKS = 5
MONTHS = 12
RECENT = timedelta(hours=24)
"""A backup made by hand before an upgrade must survive the one made after it."""
_NAME = re.compile(r"sovang-(\d{8}-\d{6})\.tar(\.age)?")


def backup_name(made_at: datetime, *, encrypted: bool) -> str:
    """The file name of a backup: "sovang-20261128-020311.tar", with ".age" if it is encrypted."""
    return f"sovang-{made_at:%Y%m%d-%H%M%S}.tar{'.age' if encrypted else ''}"


def backup_time(name: str) -> datetime | None:
    """The time in the name of a backup file; None for any other file."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007  (local time, only compared with its like)
    except ValueError:
        return None


def backups_to_keep(
    times: Collection[datetime], *, days: int = DAYS, weeks: int = WEEKS, months: int = MONTHS
) -> set[datetime]:
    """Those of the times to keep; the newest is always among them. Days, weeks and months without a backup do not count."""
    newest_first = sorted(times, reverse=True)
    kept = {time for time in newest_first if time > newest_first[0] - RECENT}
    kept |= _newest_of_each(newest_first, lambda time: time.date(), days)
    kept |= _newest_of_each(newest_first, lambda time: time.isocalendar()[:2], weeks)
    kept |= _newest_of_each(newest_first, lambda time: (time.year, time.month), months)
    return kept


def names_to_delete(names: Collection[str]) -> list[str]:
    """The backup files that the rule no longer keeps, sorted; other files are never among them."""
    times = {name: time for name in names if (time := backup_time(name))}
    kept = backups_to_keep(times.values())
    return sorted(name for name, time in times.items() if time not in kept)


def _newest_of_each(newest_first: list[datetime], group: Callable[[datetime], Hashable], groups: int) -> set[datetime]:
    """The newest time of each group, of the `groups` newest groups."""
    found: dict[Hashable, datetime] = {}
    for time in newest_first:
        found.setdefault(group(time), time)
    return set(list(found.values())[:groups])
