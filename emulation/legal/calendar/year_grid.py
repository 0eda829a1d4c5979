"""A year of the working calendar as twelve months of weeks, and its special days in stretches. Pure."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.special_days import SpecialDay

WEEKDAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class DayCell:
    """One square: a day of the month with its line of the table, or None for a square before the 1st or after the last."""

    day: date | None
    line: SpecialDay | None = None
    works: bool = False


@dataclass(frozen=True)
class WorkMonth:
    number: int
    weeks: list[list[DayCell]]
    working: int


@dataclass(frozen=True)
class SpecialDayStretch:
    """Days on end that the table says the same of."""

    first: date
    last: date
    line: SpecialDay

    @property
    def weekdays(self) -> str:
        """`Thứ Hai`, or `Thứ Hai đến Thứ Sáu`."""
        names = [WEEKDAY_NAMES[day.weekday()] for day in (self.first, self.last)]
        return names[0] if self.first == self.last else " đến ".join(names)


def work_months(year: int, days: Mapping[date, SpecialDay], calendar: WorkCalendar) -> list[WorkMonth]:
    """The twelve months, weeks from Monday, each with the number of its working days."""
    return [_month(year, number, days, calendar) for number in range(1, 13)]


def _month(year: int, number: int, days: Mapping[date, SpecialDay], calendar: WorkCalendar) -> WorkMonth:
    def cell(day: date) -> DayCell:
        return DayCell(day, days.get(day), calendar.is_working(day)) if day.month == number else DayCell(None)

    weeks = [[cell(day) for day in week] for week in Calendar().monthdatescalendar(year, number)]
    return WorkMonth(number, weeks, sum(cell.works for week in weeks for cell in week))


def special_day_stretches(year: int, days: Mapping[date, SpecialDay]) -> list[SpecialDayStretch]:
    """The special days of the year, oldest first; neighbours of one kind, name and source are one stretch."""
    found: list[SpecialDayStretch] = []
    for day, line in sorted(days.items()):
        if day.year != year:
            continue
        before = found[-1] if found else None
        if before and before.last + timedelta(days=1) == day and _same(before.line, line):
            found[-1] = SpecialDayStretch(before.first, day, before.line)
        else:
            found.append(SpecialDayStretch(day, day, line))
    return found


def _same(one: SpecialDay, other: SpecialDay) -> bool:
    return (one.kind, one.name, one.citation, one.source, one.confirmed) == (
        other.kind,
        other.name,
        other.citation,
        other.source,
        other.confirmed,
    )
