"""Which days are worked, and counting working days. Pure: no Django, no clock.

Monday to Friday are working days; `off` removes days, `work` adds make-up days on weekends. Outside the years of the
table only weekends are known: `known(day)` is False there, and a caller that prints a date must mention it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Self

from emulation.legal.engine.special_days import SpecialDay, has_tet, is_weekend


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of an office: `off` and `work` with their names, the `years` that the table covers.

    `unconfirmed` are the days of both that have not been compared with the official notice of the year.
    """

    off: Mapping[date, str] = field(default_factory=dict)
    work: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    unconfirmed: frozenset[date] = frozenset()

    @classmethod
    def of(cls, days: Iterable[SpecialDay]) -> Self:
        """The calendar of these lines; a year is covered when its Tết is among them."""
        rows = list(days)
        off = {row.day: row.name for row in rows if row.kind == "off"}
        work = {row.day: row.name for row in rows if row.kind == "work"}
        years = frozenset(year for year in {day.year for day in off} if has_tet(off, year))
        return cls(off, work, years, frozenset(row.day for row in rows if not row.confirmed))

    def known(self, day: date) -> bool:
        """Whether the table covers the year of this day."""
        return day.year in self.years

    def unknown_years(self, first: date, last: date) -> list[int]:
        """The years from one day to another that the table does not cover."""
        return [year for year in range(first.year, last.year + 1) if year not in self.years]

    def is_working(self, day: date) -> bool:
        """Whether the office works that day."""
        return day in self.work if is_weekend(day) else day not in self.off

    def name(self, day: date) -> str:
        """The name of the day in the table, or ""."""
        return self.off.get(day) or self.work.get(day, "")

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day, otherwise the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)

    def last_working(self, day: date) -> date:
        """The day itself if it is a working day, otherwise the last working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it when n is negative; `day` is not counted, n = 0 returns it.

        For a working day `add(add(day, n), -n)` is the same day.
        """
        if n == 0:
            return day
        count = self._count(day)
        wanted = count + n if n > 0 else count - self.is_working(day) + n + 1
        start = day.toordinal()
        # The answer is within this many days: weekends double n at most, and every day off adds at most two days.
        margin = 2 * abs(n) + 2 * len(self.off) + 14
        ordinals = range(start + 1, start + margin) if n > 0 else range(max(1, start - margin), start)
        return date.fromordinal(ordinals[bisect_left(ordinals, wanted, key=self._count_to)])

    def between(self, first: date, last: date) -> int:
        """Number of working days after `first` up to and including `last`; negative when `last` is the earlier one."""
        return self._count(last) - self._count(first)

    def _count(self, day: date) -> int:
        return self._count_to(day.toordinal())

    def _count_to(self, ordinal: int) -> int:
        """Working days from 1/1/0001, a Monday, up to and including this day."""
        weeks, rest = divmod(ordinal, 7)
        days, sums = self._shifts
        return weeks * 5 + min(rest, 5) + sums[bisect_right(days, ordinal)]

    @cached_property
    def _shifts(self) -> tuple[list[int], list[int]]:
        """The days that differ from a plain week, and the correction of the count after 0, 1, 2 … of them."""
        shifts = [(day.toordinal(), -1) for day in self.off if not is_weekend(day)]
        shifts += [(day.toordinal(), 1) for day in self.work if is_weekend(day)]
        shifts.sort()
        sums = [0]
        for _, shift in shifts:
            sums.append(sums[-1] + shift)
        return [day for day, _ in shifts], sums


@dataclass(frozen=True, slots=True)
class HolidayRun:
    """Consecutive days off as one period: Tết with the weekend inside it is one run."""

    first: date
    last: date
    names: tuple[str, ...]


def holiday_runs(calendar: WorkCalendar, first: date, last: date) -> list[HolidayRun]:
    """The named days off after `first` up to and including `last`, in runs; holidays on weekends alone are left out."""
    found: list[HolidayRun] = []
    run: list[date] = []
    for n in range(1, (last - first).days + 2):
        day = first + timedelta(days=n)
        if day <= last and not calendar.is_working(day):
            run.append(day)
            continue
        named = [day_off for day_off in run if day_off in calendar.off]
        if any(not is_weekend(day_off) for day_off in named):
            names = dict.fromkeys(calendar.off[day_off] for day_off in named)
            found.append(HolidayRun(named[0], named[-1], tuple(names)))
        run = []
    return found
