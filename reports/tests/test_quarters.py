"""Quarters."""

from datetime import date

import pytest

from reports.rules.quarters import (
    last_finished_quarter,
    quarter_months,
    quarter_of_day,
    quarter_range,
    quarter_title,
)


@pytest.mark.parametrize(
    ("number", "first", "last", "months"),
    [
        (1, date(2026, 1, 1), date(2026, 3, 31), (1, 2, 3)),
        (2, date(2026, 4, 1), date(2026, 6, 30), (4, 5, 6)),
        (3, date(2026, 7, 1), date(2026, 9, 30), (7, 8, 9)),
        (4, date(2026, 10, 1), date(2026, 12, 31), (10, 11, 12)),
    ],
)
def test_the_days_and_months_of_a_quarter(number: int, first: date, last: date, months: tuple[int, int, int]) -> None:
    found = quarter_range(2026, number)
    assert (found.first, found.last) == (first, last) and quarter_months(number) == months
    assert found.contains(first) and found.contains(last)
    assert not found.contains(date.fromordinal(first.toordinal() - 1))
    assert not found.contains(date.fromordinal(last.toordinal() + 1))
    assert quarter_of_day(first) == quarter_of_day(last) == (2026, number)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), (2025, 4)),
        (date(2026, 3, 31), (2025, 4)),
        (date(2026, 4, 1), (2026, 1)),
        (date(2026, 12, 31), (2026, 3)),
    ],
)
def test_the_last_finished_quarter(day: date, quarter: tuple[int, int]) -> None:
    assert last_finished_quarter(day) == quarter


def test_titles_use_roman_numerals() -> None:
    assert [quarter_title(2026, number) for number in range(1, 5)] == [
        "quý I năm 2026",
        "quý II năm 2026",
        "quý III năm 2026",
        "quý IV năm 2026",
    ]
