"""Counting working days: properties of any calendar, and the calendar of this release day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.legal.calendar.work_calendar import HolidayRun, WorkCalendar, holiday_runs
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.special_days import has_tet, is_weekend

DAYS = st.dates(date(2017, 1, 1), date(2030, 12, 31))
STEPS = st.integers(1, 400)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Any days off, also in long runs, and any make-up days on weekends."""
    off = draw(st.sets(DAYS, max_size=60))
    for start in draw(st.lists(DAYS, max_size=3)):
        off |= {start + timedelta(days=n) for n in range(draw(st.integers(1, 40)))}
    work = {day for day in draw(st.sets(DAYS, max_size=20)) if is_weekend(day)} - off
    return WorkCalendar(dict.fromkeys(off, "nghỉ"), dict.fromkeys(work, "làm bù"))


def counted(calendar: WorkCalendar, first: date, last: date) -> int:
    """The slow count, day by day."""
    return sum(calendar.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@given(calendars(), DAYS, DAYS)
def test_between_equals_the_slow_count(calendar: WorkCalendar, one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    assert calendar.between(first, last) == counted(calendar, first, last)
    assert calendar.between(last, first) == -calendar.between(first, last)


@given(calendars(), DAYS, STEPS)
def test_between_is_the_inverse_of_add(calendar: WorkCalendar, day: date, n: int) -> None:
    end = calendar.add(day, n)
    assert end > day and calendar.is_working(end)
    assert calendar.between(day, end) == n


@given(calendars(), DAYS, STEPS)
def test_adding_backwards_is_the_inverse(calendar: WorkCalendar, day: date, n: int) -> None:
    back = calendar.add(day, -n)
    assert back < day and calendar.is_working(back)
    day = calendar.next_working(day)
    assert calendar.add(calendar.add(day, n), -n) == day
    assert calendar.add(calendar.add(day, -n), n) == day


@given(calendars(), DAYS, DAYS, STEPS, STEPS)
def test_add_is_monotone(calendar: WorkCalendar, one: date, other: date, n: int, more: int) -> None:
    first, last = min(one, other), max(one, other)
    assert calendar.add(first, n) <= calendar.add(last, n)
    assert calendar.add(first, -n) <= calendar.add(last, -n)
    assert calendar.add(first, n) < calendar.add(first, n + more)
    assert calendar.add(first, n + more) == calendar.add(calendar.add(first, n), more)


@given(calendars(), DAYS)
def test_the_nearest_working_days(calendar: WorkCalendar, day: date) -> None:
    after, before = calendar.next_working(day), calendar.last_working(day)
    assert before <= day <= after and calendar.is_working(before) and calendar.is_working(after)
    assert counted(calendar, before, after) <= 1
    assert (before == after == day) == calendar.is_working(day)
    assert calendar.add(day, 0) == day


@given(calendars(), DAYS, DAYS)
def test_holiday_runs_contain_every_named_weekday_off_and_no_working_day(
    calendar: WorkCalendar, one: date, other: date
) -> None:
    first, last = min(one, other), max(one, other)
    found = holiday_runs(calendar, first, last)
    inside: set[date] = set()
    for run in found:
        inside |= {run.first + timedelta(days=n) for n in range((run.last - run.first).days + 1)}
    assert not any(calendar.is_working(day) for day in inside)
    assert {day for day in calendar.off if first < day <= last and not is_weekend(day)} <= inside
    assert all(first < run.first <= run.last <= last for run in found)


# ── the calendar of this release ─────────────────────────────────────────────────────────────────

SHIPPED = WorkCalendar.of(shipped_statutes().days)

# Weekdays off and weekend days worked by year, written by hand from the notices of those years as published elsewhere;
# the table must have the same days.
BY_HAND: dict[int, tuple[str, str]] = {
    2021: ("1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9", ""),
    2022: ("3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9", ""),
    2023: ("2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9", ""),
    2024: ("1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9", "4/5"),
    2025: ("1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", "26/4"),
    2026: ("1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11", "10/1 22/8"),
}


def days_of(year: int, text: str) -> set[date]:
    return {date(year, int(month), int(day)) for day, month in (pair.split("/") for pair in text.split())}


@pytest.mark.parametrize("year", BY_HAND)
def test_the_table_agrees_with_the_notices(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    days = [day for day in days if day.year == year]
    off, work = BY_HAND[year]
    assert {day for day in days if not is_weekend(day) and not SHIPPED.is_working(day)} == days_of(year, off)
    assert {day for day in days if is_weekend(day) and SHIPPED.is_working(day)} == days_of(year, work)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-02-13", 1, "2026-02-23"),  # the Friday before Tết
        ("2026-02-17", 1, "2026-02-23"),  # from inside Tết
        ("2026-02-23", -1, "2026-02-13"),
        ("2026-08-21", 1, "2026-08-22"),  # a Saturday that is made up for
        ("2026-08-22", 1, "2026-08-24"),
        ("2026-08-28", 1, "2026-09-03"),  # the Monday swapped away, then 1/9 and 2/9
        ("2026-11-23", 1, "2026-11-25"),  # 24/11
        ("2025-11-23", 1, "2025-11-24"),  # not yet a day off in 2025
        ("2025-12-31", 2, "2026-01-06"),  # over the turn of a year, 2/1 swapped for 10/1
        ("2026-01-09", 1, "2026-01-10"),
        ("2026-12-05", -1, "2026-12-04"),  # from a Saturday back
        ("2026-11-02", 20, "2026-12-01"),
        ("2017-04-28", 1, "2017-05-01"),  # before the table: weekends only
        ("2029-02-12", 1, "2029-02-13"),  # after it: Tết of 2029 is not known
    ],
)
def test_boundaries(start: str, n: int, end: str) -> None:
    assert SHIPPED.add(date.fromisoformat(start), n) == date.fromisoformat(end)


def test_years_outside_the_table_are_unknown() -> None:
    assert SHIPPED.years == frozenset(range(2018, 2029))
    assert SHIPPED.known(date(2018, 1, 1)) and SHIPPED.known(date(2028, 12, 31))
    assert not SHIPPED.known(date(2017, 12, 31)) and not SHIPPED.known(date(2029, 1, 1))
    assert SHIPPED.unknown_years(date(2027, 5, 1), date(2030, 1, 1)) == [2029, 2030]
    assert SHIPPED.unknown_years(date(2026, 1, 1), date(2026, 12, 31)) == []


def test_a_year_is_known_by_its_tet() -> None:
    tet = {date(2029, 2, day) for day in range(12, 17)}
    assert has_tet(tet, 2029) and not has_tet(tet, 2028) and not has_tet(tet - {date(2029, 2, 12)}, 2029)
    assert not has_tet({date(2029, 1, 1), date(2029, 4, 30)}, 2029)


def test_days_are_named() -> None:
    assert SHIPPED.name(date(2026, 2, 17)) == "Tết Nguyên đán"
    assert SHIPPED.name(date(2026, 8, 22)) == "Làm bù cho ngày 31/08/2026"
    assert SHIPPED.name(date(2026, 8, 23)) == SHIPPED.name(date(2026, 8, 24)) == ""


def test_holiday_runs_have_their_names() -> None:
    assert holiday_runs(SHIPPED, date(2026, 2, 1), date(2026, 2, 28)) == [
        HolidayRun(date(2026, 2, 16), date(2026, 2, 20), ("Tết Nguyên đán",))
    ]
    assert holiday_runs(SHIPPED, date(2027, 4, 29), date(2027, 5, 2)) == [
        HolidayRun(date(2027, 4, 30), date(2027, 5, 1), ("Ngày Chiến thắng 30/4", "Ngày Quốc tế lao động 01/5"))
    ]
    # A holiday on a weekend costs no working day by itself.
    assert holiday_runs(SHIPPED, date(2026, 4, 24), date(2026, 4, 26)) == []


def test_no_line_is_confirmed() -> None:
    """None of the notices was read in the original: only days recorded by the office count as confirmed."""
    assert {row.day for row in shipped_statutes().days} == SHIPPED.unconfirmed
