"""A month of dated things as people read it: its days, its neighbours. Pure.

month_of("2026-11", today)      -> date(2026, 11, 1); the month of today when nothing sensible was asked for
"""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.acts.deadlines import Deadline
from emulation.legal.workdays import Day, WorkCalendar, is_weekend

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
FIRST_YEAR, LAST_YEAR = 2018, 2100
ON_A_DAY = 12
"""So many things a day are shown in the month; the page of the day has all."""


@dataclass(frozen=True)
class Item:
    """One dated thing with its icon, and how it stands today."""

    deadline: Deadline
    icon: str
    label: str
    late: bool


@dataclass(frozen=True)
class Square:
    """One day of the month."""

    day: date
    items: list[Item]
    more: int
    line: Day | None
    works: bool
    today: bool

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]

    @property
    def column(self) -> int:
        """1 for Monday … 7 for Sunday."""
        return self.day.isoweekday()

    @property
    def rest(self) -> bool:
        """A Saturday or Sunday of which the table says nothing."""
        return is_weekend(self.day) and self.line is None

    @property
    def bare(self) -> bool:
        """Nothing to say: left out where days stand under each other."""
        return not (self.items or self.line or self.today)

    @property
    def css_class(self) -> str:
        """The classes of the square: what kind of day it is, whether it is today, whether it is empty."""
        kind = self.line.kind if self.line else "rest" if self.rest else ""
        return " ".join(filter(None, [kind, "today" if self.today else "", "bare" if self.bare else ""]))


def month_of(asked: str, today: date) -> date:
    """The first day of the month "2026-11"; of today's month for anything else."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", asked, re.ASCII)
    year, month = (int(part) for part in found.groups()) if found else (0, 0)
    return date(year, month, 1) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else today.replace(day=1)


def last_of(first: date) -> date:
    """The last day of the month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def neighbours(first: date) -> tuple[date | None, date | None]:
    """The month before and the month after, where there is one."""
    before, after = (first - timedelta(days=1)).replace(day=1), last_of(first) + timedelta(days=1)
    return (before if before.year >= FIRST_YEAR else None, after if after.year <= LAST_YEAR else None)


def key_of(first: date) -> str:
    """`2026-11`, as it stands in addresses."""
    return f"{first:%Y-%m}"


def title_of(first: date) -> str:
    return f"tháng {first.month}/{first.year}"


def squares(
    first: date, items: Sequence[Item], days: Mapping[date, Day], calendar: WorkCalendar, today: date
) -> list[Square]:
    """Every day of the month with what falls on it."""
    by_day: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        by_day[item.deadline.day].append(item)
    found = []
    for number in range(monthrange(first.year, first.month)[1]):
        day = first + timedelta(days=number)
        here = by_day.get(day, [])
        found.append(
            Square(
                day,
                here[:ON_A_DAY],
                max(0, len(here) - ON_A_DAY),
                days.get(day),
                calendar.is_working(day),
                day == today,
            )
        )
    return found
