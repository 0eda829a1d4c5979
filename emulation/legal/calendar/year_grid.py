"""A year of the working calendar as twelve months of weeks, and its special days as periods. Pure."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.special_days import SpecialDay

WEEKDAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class DayCell:
    """One cell of a month: a day with its line of the table, or None before the 1st and after the last day."""

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
    """Consecutive days with the same entry in the table."""

    first: date
    last: date
    line: SpecialDay

    @property
    def weekdays(self) -> str:
        """`Thứ Hai`, or `Thứ Hai đến Thứ Sáu`."""
        names = [WEEKDAY_NAMES[day.weekday()] for day in (self.first, self.last)]
        return names[0] if self.first == self.last else " đến ".join(names)


def work_months(year: int, days: Mapping[date, SpecialDay], calendar: WorkCalendar) -> list[WorkMonth]:
    """The twelve months in weeks from Monday, each with its number of working days."""
    return [_month(year, number, days, calendar) for number in range(1, 13)]


def _month(year: int, number: int, days: Mapping[date, SpecialDay], calendar: WorkCalendar) -> WorkMonth:
    weeks: list[list[DayCell]] = []
    working = 0
    for week in Calendar().monthdatescalendar(year, number):
        cells = [_cell(day, number, days, calendar) for day in week]
        weeks.append(cells)
        working += sum(cell.works for cell in cells)
    return WorkMonth(number, weeks, working)


def _cell(day: date, month: int, days: Mapping[date, SpecialDay], calendar: WorkCalendar) -> DayCell:
    return DayCell(day, days.get(day), calendar.is_working(day)) if day.month == month else DayCell(None)


def special_day_stretches(year: int, days: Mapping[date, SpecialDay]) -> list[SpecialDayStretch]:
    """The special days of the year, oldest first; neighbours with the same entry are one stretch."""
    found: list[SpecialDayStretch] = []
    for day, line in sorted(days.items()):
        if day.year != year:
            continue
        before = found[-1] if found else None
        if before and before.last + timedelta(days=1) == day and _same_entry(before.line, line):
            found[-1] = SpecialDayStretch(before.first, day, before.line)
        else:
            found.append(SpecialDayStretch(day, day, line))
    return found


def _same_entry(one: SpecialDay, other: SpecialDay) -> bool:
    return replace(one, day=other.day) == other
