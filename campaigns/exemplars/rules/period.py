"""Months and quarters as periods: first day, due day, closing day, title. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from emulation.core.formatting import month_number


def months_of_quarter(quarter: int) -> tuple[int, int, int]:
    """The months of a quarter: 4 -> (10, 11, 12)."""
    first = quarter * 3 - 2
    return first, first + 1, first + 2


def quarter_of_month(month: int) -> int:
    """The quarter to which a month belongs."""
    return (month + 2) // 3


DUE_DAY = 25
QUARTER_NAMES = ("I", "II", "III", "IV")


def period_in_words(kind: str, year: int, number: int) -> str:
    """ "tháng 10 năm 2026"; "quý IV năm 2026" for the kind "quarter"."""
    if kind == "quarter":
        return f"quý {QUARTER_NAMES[number - 1]} năm {year}"
    return f"tháng {month_number(number)} năm {year}"


@dataclass(frozen=True)
class PeriodSpan:
    """First and last day of a month or quarter, and its due day."""

    opens_on: date
    ends_on: date
    due_on: date


def month_span(year: int, month: int, due_day: int = DUE_DAY) -> PeriodSpan:
    """The span of a month, due on its 25th day."""
    last = monthrange(year, month)[1]
    return PeriodSpan(date(year, month, 1), date(year, month, last), date(year, month, min(due_day, last)))


def quarter_span(year: int, quarter: int, due_day: int = DUE_DAY) -> PeriodSpan:
    """The span of a quarter is its last month, because its exemplars come from its months."""
    return month_span(year, quarter * 3, due_day)


def months_since(last: tuple[int, int] | None, on: date) -> list[tuple[int, int]]:
    """The months (year, month) after `last` up to the month of `on`; only that month when `last` is None."""
    now = on.year * 12 + on.month - 1
    first = now if last is None else last[0] * 12 + last[1]
    return [(month // 12, month % 12 + 1) for month in range(first, now + 1)]


def period_title(kind: str, year: int, number: int) -> str:
    """`Tháng 11/2026`, `Tháng 02/2026`, `Quý IV/2026`."""
    return f"Quý {QUARTER_NAMES[number - 1]}/{year}" if kind == "quarter" else f"Tháng {month_number(number)}/{year}"
