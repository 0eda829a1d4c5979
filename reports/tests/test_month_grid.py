"""The rules of a calendar month: its days, its neighbours, its deadlines."""

from datetime import date

import pytest

from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Citation
from emulation.legal.engine.special_days import SpecialDay
from emulation.workflow.calendar_registry import Deadline
from reports.rules.month_grid import (
    MAX_ITEMS_PER_DAY,
    CalendarItem,
    last_day_of_month,
    month_days,
    month_key,
    neighbour_months,
    parse_month,
)

TODAY = date(2026, 11, 24)
NATIONAL = SpecialDay(date(2026, 9, 2), "off", "Quốc khánh", Citation(instrument="", name=""), "")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2027-02", date(2027, 2, 1)),
        ("2018-01", date(2018, 1, 1)),
        ("2017-12", date(2026, 11, 1)),
        ("2101-01", date(2026, 11, 1)),
        ("2026-12", date(2026, 12, 1)),
        ("2100-12", date(2100, 12, 1)),
        ("2026-13", date(2026, 11, 1)),
        ("2026-00", date(2026, 11, 1)),
        ("26-11", date(2026, 11, 1)),
        ("٢٠٢٦-١١", date(2026, 11, 1)),
        ("", date(2026, 11, 1)),
    ],
)
def test_parse_month(text, first):
    assert parse_month(text, TODAY) == first


def test_neighbours_across_years_and_at_the_limits():
    assert neighbour_months(date(2026, 12, 1)) == (date(2026, 11, 1), date(2027, 1, 1))
    assert neighbour_months(date(2026, 1, 1)) == (date(2025, 12, 1), date(2026, 2, 1))
    assert neighbour_months(date(2018, 1, 1))[0] is None and neighbour_months(date(2100, 12, 1))[1] is None
    assert neighbour_months(date(2018, 2, 1))[0] == date(2018, 1, 1)
    assert neighbour_months(date(2100, 11, 1))[1] == date(2100, 12, 1)
    assert (last_day_of_month(date(2028, 2, 1)), month_key(date(2028, 2, 1))) == (date(2028, 2, 29), "2028-02")


def item(day: date, done: bool | None = False, title: str = "Việc") -> CalendarItem:
    one = Deadline(day, title, title, done=done, kind="x")
    return CalendarItem(one, "flag", "X", one.is_late(TODAY))


def test_the_kind_of_a_day_is_its_line_or_a_weekend():
    shown = month_days(date(2026, 9, 1), [], {NATIONAL.day: NATIONAL}, WorkCalendar.of([NATIONAL]), TODAY)
    assert [shown[number].day_kind for number in (0, 1, 4, 5, 6)] == ["", "off", "rest", "rest", ""]
    assert all(square.more == 0 for square in shown)


def test_every_day_of_the_month_is_listed():
    shown = month_days(
        date(2026, 9, 1), [item(date(2026, 9, 30))], {NATIONAL.day: NATIONAL}, WorkCalendar.of([NATIONAL]), TODAY
    )
    assert [square.day.day for square in shown] == list(range(1, 31))
    assert (shown[0].column, shown[0].weekday, shown[0].bare, shown[0].works) == (2, "Thứ Ba", True, True)
    assert (shown[1].works, shown[1].rest, shown[1].bare, shown[1].line) == (False, False, False, NATIONAL)
    assert (shown[4].rest, shown[4].bare) == (True, True)
    assert [one.late for one in shown[29].items] == [True]


def test_today_is_never_hidden_and_items_over_the_limit_are_counted():
    shown = month_days(
        TODAY.replace(day=1),
        [item(TODAY, title=str(n)) for n in range(MAX_ITEMS_PER_DAY + 3)],
        {},
        WorkCalendar(),
        TODAY,
    )
    today = shown[23]
    assert today.today and (len(today.items), today.more) == (MAX_ITEMS_PER_DAY, 3)
    empty = month_days(TODAY.replace(day=1), [], {}, WorkCalendar(), TODAY)
    assert [square.day for square in empty if not square.bare] == [TODAY]


@pytest.mark.parametrize(("done", "late"), [(False, True), (True, False), (None, False)])
def test_only_an_undone_deadline_is_late(done, late):
    assert item(date(2026, 11, 23), done).late is late
    assert not item(TODAY, done).late
