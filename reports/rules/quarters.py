"""Quarters: their days, months and titles, the quarter of a day. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

QUARTER_NUMERALS = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class DateRange:
    """A range of days; both ends are included."""

    first: date
    last: date

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last


def quarter_range(year: int, number: int) -> DateRange:
    """The calendar quarter."""
    following = date(year + 1, 1, 1) if number == 4 else date(year, number * 3 + 1, 1)
    return DateRange(date(year, number * 3 - 2, 1), following - timedelta(days=1))


def quarter_months(number: int) -> tuple[int, int, int]:
    """The months of a quarter."""
    return (number * 3 - 2, number * 3 - 1, number * 3)


def quarter_of_day(day: date) -> tuple[int, int]:
    """(year, number) of the quarter that contains the day."""
    return day.year, (day.month - 1) // 3 + 1


def last_finished_quarter(day: date) -> tuple[int, int]:
    """(year, number) of the last quarter that is over on that day."""
    year, number = quarter_of_day(day)
    return (year, number - 1) if number > 1 else (year - 1, 4)


def quarter_title(year: int, number: int) -> str:
    """`quý IV năm 2026`."""
    return f"quý {QUARTER_NUMERALS[number - 1]} năm {year}"
