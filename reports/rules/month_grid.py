"""A month of dated things: its days, its neighbours. Pure.

parse_month("2026-11", today)   -> date(2026, 11, 1); the month of today for anything else
"""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.special_days import SpecialDay, is_weekend
from emulation.workflow.calendar_registry import Deadline

WEEKDAY_LABELS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WEEKDAY_SHORT_LABELS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
FIRST_MONTH_YEAR, LAST_MONTH_YEAR = 2018, 2100
MAX_ITEMS_PER_DAY = 12
"""So many things a day are shown in the month; the page of the day has all."""


@dataclass(frozen=True)
class CalendarItem:
    """One dated thing with its icon, and how it stands today."""

    deadline: Deadline
    icon: str
    label: str
    late: bool


@dataclass(frozen=True)
class MonthDay:
    """One day of the month."""

    day: date
    items: list[CalendarItem]
    more: int
    line: SpecialDay | None
    works: bool
    today: bool

    @property
    def weekday(self) -> str:
        return WEEKDAY_LABELS[self.day.weekday()]

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


def parse_month(asked: str, today: date) -> date:
    """The first day of the month "2026-11"; of today's month for anything else."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", asked, re.ASCII)
    year, month = (int(part) for part in found.groups()) if found else (0, 0)
    return (
        date(year, month, 1)
        if FIRST_MONTH_YEAR <= year <= LAST_MONTH_YEAR and 1 <= month <= 12
        else today.replace(day=1)
    )


def last_day_of_month(first: date) -> date:
    """The last day of the month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def neighbour_months(first: date) -> tuple[date | None, date | None]:
    """The month before and the month after, where there is one."""
    before, after = (first - timedelta(days=1)).replace(day=1), last_day_of_month(first) + timedelta(days=1)
    return (before if before.year >= FIRST_MONTH_YEAR else None, after if after.year <= LAST_MONTH_YEAR else None)


def month_key(first: date) -> str:
    """`2026-11`, as it stands in addresses."""
    return f"{first:%Y-%m}"


def month_title(first: date) -> str:
    return f"tháng {first.month}/{first.year}"


def month_days(
    first: date, items: Sequence[CalendarItem], days: Mapping[date, SpecialDay], calendar: WorkCalendar, today: date
) -> list[MonthDay]:
    """Every day of the month with what falls on it."""
    by_day: dict[date, list[CalendarItem]] = defaultdict(list)
    for item in items:
        by_day[item.deadline.day].append(item)
    found = []
    for number in range(monthrange(first.year, first.month)[1]):
        day = first + timedelta(days=number)
        here = by_day.get(day, [])
        found.append(
            MonthDay(
                day,
                here[:MAX_ITEMS_PER_DAY],
                max(0, len(here) - MAX_ITEMS_PER_DAY),
                days.get(day),
                calendar.is_working(day),
                day == today,
            )
        )
    return found
