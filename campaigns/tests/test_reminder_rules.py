"""The ladder of reminders: which day, which stage, whom."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.exemplars.rules.period import months_since, quarter_span
from campaigns.obligations.rules import ReminderSchedule, due_in_words, last_stage, may_send_at, stages_due
from emulation.legal.calendar.work_calendar import WorkCalendar

TET_2026 = [date(2026, 2, 16) + timedelta(days=n) for n in range(5)]
CALENDAR = WorkCalendar(off={**dict.fromkeys(TET_2026, "Tết"), date(2026, 1, 1): "Tết Dương lịch"})
LADDER = ReminderSchedule()


def days(due_on: date, calendar: WorkCalendar = CALENDAR) -> dict[str, date]:
    return {stage.code: stage.day(calendar, due_on) for stage in LADDER.stages}


def test_the_days_are_working_days_and_tet_is_left_out() -> None:
    assert days(date(2026, 2, 13)) == {
        "before": date(2026, 2, 10),
        "due": date(2026, 2, 13),
        "after": date(2026, 2, 23),  # Monday after Tết
        "council": date(2026, 2, 25),
        "chair": date(2026, 3, 2),
    }


def test_due_on_a_sunday_is_said_on_the_friday_before() -> None:
    assert days(date(2026, 10, 25))["due"] == date(2026, 10, 23)
    assert days(date(2026, 10, 25))["before"] == date(2026, 10, 21)
    assert days(date(2026, 10, 25))["after"] == date(2026, 10, 26)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 10), st.integers(1, 5), st.integers(1, 5))
def test_stages_climb_and_never_fall_on_a_day_off(due_on: date, before: int, gap: int, more: int) -> None:
    ladder = ReminderSchedule(before=before, after=gap, council_after=gap + 1, chair_after=gap + 1 + more)
    planned = [stage.day(CALENDAR, due_on) for stage in ladder.stages]
    assert planned == sorted(planned) and all(CALENDAR.is_working(day) for day in planned)
    levels = [stage.level for stage in ladder.stages]
    assert levels == sorted(levels) and not ladder.faults()


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    st.lists(st.integers(-15, 30), min_size=1, max_size=12, unique=True),
    st.integers(-20, 5),
)
def test_whatever_days_the_clock_runs_each_stage_comes_once(due_on: date, runs: list[int], asked: int) -> None:
    """The house may stand still for days: what came due meanwhile comes at the next run, once, and nothing is lost."""
    asked_on = due_on + timedelta(days=asked)
    gone = []
    for shift in sorted(runs):
        found = stages_due(
            LADDER, CALENDAR, due_on, asked_on=asked_on, on=due_on + timedelta(days=shift), gone=set(gone)
        )
        gone += [one.stage.code for one in found]
        assert all(one.planned_on <= due_on + timedelta(days=shift) for one in found)
    last = due_on + timedelta(days=max(runs))
    wanted = [code for code, day in days(due_on).items() if asked_on <= day <= last]
    assert gone == wanted


def test_several_stages_on_one_day_speak_with_the_last() -> None:
    found = stages_due(
        LADDER, CALENDAR, date(2026, 10, 23), asked_on=date(2026, 10, 1), on=date(2026, 11, 30), gone=set()
    )
    assert [one.stage.code for one in found] == ["before", "due", "after", "council", "chair"]
    assert last_stage(found).stage.code == "chair"


def test_a_period_opened_late_is_not_nagged_for_what_lies_behind() -> None:
    found = stages_due(
        LADDER, CALENDAR, date(2026, 8, 25), asked_on=date(2026, 11, 3), on=date(2026, 11, 30), gone=set()
    )
    assert found == []


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (datetime(2026, 11, 24, 7, 29), False),
        (datetime(2026, 11, 24, 7, 30), True),
        (datetime(2026, 11, 24, 19, 59), True),
        (datetime(2026, 11, 24, 20, 0), False),
        (datetime(2026, 11, 22, 10, 0), False),  # Sunday
        (datetime(2026, 2, 17, 10, 0), False),  # Tết
    ],
)
def test_the_hours_in_which_the_house_writes(moment: datetime, may: bool) -> None:
    assert may_send_at(LADDER, CALENDAR, moment) is may


def test_a_made_up_saturday_is_written_on() -> None:
    calendar = WorkCalendar(work={date(2026, 11, 21): "làm bù"})
    assert may_send_at(LADDER, calendar, datetime(2026, 11, 21, 8, 0))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"before": 0}, "before"),
        ({"after": 3}, "after"),
        ({"chair_after": 3}, "chair_after"),
        ({"chair_after": 31}, "chair_after"),
        ({"digest_at": time(20, 0)}, "quiet_from"),
    ],
)
def test_a_ladder_that_does_not_stand(change: dict[str, object], field: str) -> None:
    assert field in ReminderSchedule(**change).faults()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due_on", "on", "said"),
    [
        (date(2026, 11, 25), date(2026, 11, 24), "còn 1 ngày làm việc"),
        (date(2026, 11, 25), date(2026, 11, 25), "hết hạn hôm nay"),
        (date(2026, 11, 25), date(2026, 11, 26), "quá hạn 1 ngày làm việc"),
        (date(2026, 2, 13), date(2026, 2, 23), "quá hạn 1 ngày làm việc"),
        (date(2026, 10, 25), date(2026, 10, 24), "hết hạn trước ngày làm việc tới"),
        (date(2026, 10, 24), date(2026, 10, 25), "vừa quá hạn"),
        (date(2021, 10, 15), date(2026, 10, 26), "quá hạn đã lâu"),
    ],
)
def test_how_it_stands_is_said(due_on: date, on: date, said: str) -> None:
    assert due_in_words(due_on, on, CALENDAR) == said


def test_months_that_were_missed_are_opened_and_the_first_time_only_this_one() -> None:
    assert months_since(None, date(2026, 11, 24)) == [(2026, 11)]
    assert months_since((2026, 11), date(2026, 11, 30)) == []
    assert months_since((2026, 10), date(2027, 2, 3)) == [(2026, 11), (2026, 12), (2027, 1), (2027, 2)]
    assert months_since((2027, 3), date(2027, 2, 3)) == []


def test_a_quarter_is_asked_in_its_last_month() -> None:
    span = quarter_span(2026, 4)
    assert (span.opens_on, span.due_on, span.ends_on) == (date(2026, 12, 1), date(2026, 12, 25), date(2026, 12, 31))
