"""A year of working days as people read it: twelve months of weeks, and the special days in stretches. Pure."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.legal.workdays import Day, WorkCalendar

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class Cell:
    """One square: a day of the month with its line of the table, or None for a square before the 1st or after the last."""

    day: date | None
    line: Day | None = None
    works: bool = False


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[Cell]]
    working: int


@dataclass(frozen=True)
class Stretch:
    """Days on end that the table says the same of."""

    first: date
    last: date
    line: Day

    @property
    def weekdays(self) -> str:
        """`Thứ Hai`, or `Thứ Hai đến Thứ Sáu`."""
        names = [WEEKDAYS[day.weekday()] for day in (self.first, self.last)]
        return names[0] if self.first == self.last else " đến ".join(names)


def months_of(year: int, days: Mapping[date, Day], calendar: WorkCalendar) -> list[Month]:
    """The twelve months, weeks from Monday, each with the number of its working days."""
    return [_month(year, number, days, calendar) for number in range(1, 13)]


def _month(year: int, number: int, days: Mapping[date, Day], calendar: WorkCalendar) -> Month:
    def cell(day: date) -> Cell:
        return Cell(day, days.get(day), calendar.is_working(day)) if day.month == number else Cell(None)

    weeks = [[cell(day) for day in week] for week in Calendar().monthdatescalendar(year, number)]
    return Month(number, weeks, sum(cell.works for week in weeks for cell in week))


def stretches_of(year: int, days: Mapping[date, Day]) -> list[Stretch]:
    """The special days of the year, oldest first; neighbours of one kind, name and source are one stretch."""
    found: list[Stretch] = []
    for day, line in sorted(days.items()):
        if day.year != year:
            continue
        before = found[-1] if found else None
        if before and before.last + timedelta(days=1) == day and _same(before.line, line):
            found[-1] = Stretch(before.first, day, before.line)
        else:
            found.append(Stretch(day, day, line))
    return found


def _same(one: Day, other: Day) -> bool:
    return (one.kind, one.name, one.citation, one.source, one.confirmed) == (
        other.kind,
        other.name,
        other.citation,
        other.source,
        other.confirmed,
    )
