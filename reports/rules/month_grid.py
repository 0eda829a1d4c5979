"""A calendar month: its days with their deadlines, its neighbours. Pure.

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
FIRST_MONTH_YEAR = 2018
LAST_MONTH_YEAR = 2100
MAX_ITEMS_PER_DAY = 12
"""How many deadlines the month shows per day; the page of the day shows all."""


@dataclass(frozen=True)
class CalendarItem:
    """A deadline with the icon and label of its kind; `late` as of today."""

    deadline: Deadline
    icon: str
    label: str
    late: bool


@dataclass(frozen=True)
class MonthDay:
    """One day of the month; `more` is the number of deadlines not shown, `line` its row in the table of special days."""

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
        """An ordinary Saturday or Sunday, without a row in the table of special days."""
        return is_weekend(self.day) and self.line is None

    @property
    def bare(self) -> bool:
        """Nothing to show: hidden when the month is shown as a list."""
        return not (self.items or self.line or self.today)

    @property
    def day_kind(self) -> str:
        """The kind of the special day, "rest" for an ordinary weekend day, "" for a working day."""
        if self.line:
            return self.line.kind
        return "rest" if self.rest else ""

    @property
    def css_class(self) -> str:
        """The CSS classes of the day: its kind, whether it is today, whether it is empty."""
        return " ".join(filter(None, [self.day_kind, "today" if self.today else "", "bare" if self.bare else ""]))


def parse_month(text: str, today: date) -> date:
    """The first day of the month "2026-11"; of today's month for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if match:
        year, month = map(int, match.groups())
        if FIRST_MONTH_YEAR <= year <= LAST_MONTH_YEAR and 1 <= month <= 12:
            return date(year, month, 1)
    return today.replace(day=1)


def last_day_of_month(first: date) -> date:
    """The last day of the month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def neighbour_months(first: date) -> tuple[date | None, date | None]:
    """The first days of the previous and the next month; None outside FIRST_MONTH_YEAR to LAST_MONTH_YEAR."""
    before = (first - timedelta(days=1)).replace(day=1)
    after = last_day_of_month(first) + timedelta(days=1)
    return (before if before.year >= FIRST_MONTH_YEAR else None, after if after.year <= LAST_MONTH_YEAR else None)


def month_key(first: date) -> str:
    """`2026-11`, the query parameter of the month."""
    return f"{first:%Y-%m}"


def month_title(first: date) -> str:
    return f"tháng {first.month}/{first.year}"


def month_days(
    first: date, items: Sequence[CalendarItem], days: Mapping[date, SpecialDay], calendar: WorkCalendar, today: date
) -> list[MonthDay]:
    """Every day of the month with its items."""
    by_day: dict[date, list[CalendarItem]] = defaultdict(list)
    for item in items:
        by_day[item.deadline.day].append(item)
    found = []
    for number in range(monthrange(first.year, first.month)[1]):
        day = first + timedelta(days=number)
        of_day = by_day.get(day, [])
        found.append(
            MonthDay(
                day,
                of_day[:MAX_ITEMS_PER_DAY],
                max(0, len(of_day) - MAX_ITEMS_PER_DAY),
                days.get(day),
                calendar.is_working(day),
                day == today,
            )
        )
    return found
