"""Rules of changes of units: days in order, acting heads for six calendar months, codes, plans, one successor at the end."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from emulation.communes.capacity import last_successors
from villages.rules.unit_changes import (
    MAX_CODE_LENGTH,
    NewUnit,
    OrderingPaper,
    UnitPlan,
    acting_fault,
    day_fault,
    last_acting_day,
    paper_fault,
    plan_as_json,
    plan_from_json,
    unit_code,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
ONE_DAY = timedelta(days=1)
KEYS = st.tuples() | st.lists(st.integers(1, 99), max_size=3).map(tuple)
NEW_UNITS = st.builds(
    NewUnit,
    name=st.text(max_size=5),
    sort=st.integers(0, 50),
    head=st.none() | st.integers(1, 9),
    acting_until=st.none() | DAYS,
    people=KEYS,
    households=KEYS,
)


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def test_last_acting_day_by_calendar():
    for first, last in (
        (date(2026, 7, 1), date(2026, 12, 31)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 11, 29), date(2027, 5, 28)),
        (date(2026, 12, 1), date(2027, 5, 31)),
    ):
        assert last_acting_day(first, 6) == last


@given(DAYS)
def test_acting_never_takes_longer_than_six_months(first):
    last = last_acting_day(first, 6)
    assert acting_fault(first, last, 6) == "" != acting_fault(first, last + ONE_DAY, 6)
    after = last + ONE_DAY
    assert months_between(first, after) in (6, 7)
    assert after.day == first.day or after.day == 1


@given(DAYS)
def test_a_later_start_never_ends_earlier(first):
    assert last_acting_day(first, 6) <= last_acting_day(first + ONE_DAY, 6)
    assert acting_fault(first, first - ONE_DAY, 6) and not acting_fault(first, None, 6)


@given(DAYS, DAYS)
def test_days_in_the_past_only_within_the_year(day, today):
    fault = day_fault(day, today)
    assert bool(fault) is (day.year < today.year or (day - today).days > 731)


@given(DAYS, DAYS, DAYS)
def test_the_paper_comes_before_the_day(paper_day, day, today):
    assert bool(paper_fault(OrderingPaper(day=paper_day), day, today)) is (paper_day > today or paper_day > day)
    assert paper_fault(OrderingPaper(), day, today) == ""


@given(st.text(max_size=60), st.sets(st.text("abc-2", max_size=6), max_size=5))
def test_codes_are_new_short_and_plain(name, taken):
    code = unit_code(name, taken)
    assert code not in taken and code.isascii() and 0 < len(code) <= MAX_CODE_LENGTH
    assert unit_code("Thôn Đồng Mài", ()) == "thon-dong-mai"
    assert unit_code("Thôn 1", {"thon-1", "thon-1-2"}) == "thon-1-3"


@given(st.builds(UnitPlan, title=st.text(max_size=5), units=st.lists(NEW_UNITS, max_size=3).map(tuple)))
def test_plans_are_the_same_after_storing(plan):
    assert plan_from_json(plan_as_json(plan)) == plan


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_a_lineage_ends_at_one_unit_that_is_in_force(steps):
    """Each closed unit is taken over by a younger one, as changes write it: its last successor is never a closed unit."""
    direct = {unit: unit + 1 + step for unit, step in enumerate(steps)}
    found = last_successors(direct)
    assert found.keys() == direct.keys()
    assert all(last not in direct and last > unit for unit, last in found.items())
    assert all(found[unit] == found.get(direct[unit], direct[unit]) for unit in direct)


def test_a_chain_that_comes_back_ends():
    assert set(last_successors({1: 2, 2: 1})) == {1, 2}
