"""The reminder schedule: days, stages, hours; the spans of periods."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.exemplars.rules.period import months_since, quarter_span
from campaigns.obligations.rules import ReminderSchedule, due_in_words, last_stage, may_send_at, stages_due
from emulation.legal.calendar.work_calendar import WorkCalendar

TET_2026 = [date(2026, 2, 16) + timedelta(days=n) for n in range(5)]
CALENDAR = WorkCalendar(off={**dict.fromkeys(TET_2026, "Tết"), date(2026, 1, 1): "Tết Dương lịch"})
SCHEDULE = ReminderSchedule()


def days(due_on: date, calendar: WorkCalendar = CALENDAR) -> dict[str, date]:
    return {stage.code: stage.day(calendar, due_on) for stage in SCHEDULE.stages}


def test_stages_are_on_working_days_without_tet() -> None:
    assert days(date(2026, 2, 13)) == {
        "before": date(2026, 2, 10),
        "due": date(2026, 2, 13),
        "after": date(2026, 2, 23),  # Monday after Tết
        "council": date(2026, 2, 25),
        "chair": date(2026, 3, 2),
    }


def test_due_on_a_sunday_is_reminded_on_friday() -> None:
    assert days(date(2026, 10, 25))["due"] == date(2026, 10, 23)
    assert days(date(2026, 10, 25))["before"] == date(2026, 10, 21)
    assert days(date(2026, 10, 25))["after"] == date(2026, 10, 26)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 10), st.integers(1, 5), st.integers(1, 5))
def test_stages_are_ordered_and_never_on_a_day_off(due_on: date, before: int, gap: int, more: int) -> None:
    schedule = ReminderSchedule(before=before, after=gap, council_after=gap + 1, chair_after=gap + 1 + more)
    planned = [stage.day(CALENDAR, due_on) for stage in schedule.stages]
    assert planned == sorted(planned) and all(CALENDAR.is_working(day) for day in planned)
    levels = [stage.level for stage in schedule.stages]
    assert levels == sorted(levels) and not schedule.faults()


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    st.lists(st.integers(-15, 30), min_size=1, max_size=12, unique=True),
    st.integers(-20, 5),
)
def test_each_stage_is_sent_once_on_whatever_days_the_job_runs(due_on: date, runs: list[int], offset: int) -> None:
    """Stages that became due on days without a job are sent by the next one, once."""
    requested_on = due_on + timedelta(days=offset)
    sent: list[str] = []
    for run in sorted(runs):
        on = due_on + timedelta(days=run)
        found = stages_due(SCHEDULE, CALENDAR, due_on, requested_on=requested_on, on=on, sent=set(sent))
        sent += [one.stage.code for one in found]
        assert all(one.planned_on <= on for one in found)
    last = due_on + timedelta(days=max(runs))
    assert sent == [code for code, day in days(due_on).items() if requested_on <= day <= last]


def test_of_several_stages_on_one_day_the_last_decides() -> None:
    found = stages_due(
        SCHEDULE, CALENDAR, date(2026, 10, 23), requested_on=date(2026, 10, 1), on=date(2026, 11, 30), sent=set()
    )
    assert [one.stage.code for one in found] == ["before", "due", "after", "council", "chair"]
    assert last_stage(found).stage.code == "chair"


def test_a_period_opened_late_has_no_earlier_stages() -> None:
    found = stages_due(
        SCHEDULE, CALENDAR, date(2026, 8, 25), requested_on=date(2026, 11, 3), on=date(2026, 11, 30), sent=set()
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
def test_the_hours_in_which_reminders_are_sent(moment: datetime, may: bool) -> None:
    assert may_send_at(SCHEDULE, CALENDAR, moment) is may


def test_reminders_are_sent_on_a_working_saturday() -> None:
    calendar = WorkCalendar(work={date(2026, 11, 21): "làm bù"})
    assert may_send_at(SCHEDULE, calendar, datetime(2026, 11, 21, 8, 0))


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
def test_contradictions_of_a_schedule(change: dict[str, object], field: str) -> None:
    assert field in ReminderSchedule(**change).faults()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due_on", "on", "words"),
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
def test_the_time_left_in_words(due_on: date, on: date, words: str) -> None:
    assert due_in_words(due_on, on, CALENDAR) == words


def test_missed_months_are_opened_and_at_first_only_the_current_one() -> None:
    assert months_since(None, date(2026, 11, 24)) == [(2026, 11)]
    assert months_since((2026, 11), date(2026, 11, 30)) == []
    assert months_since((2026, 10), date(2027, 2, 3)) == [(2026, 11), (2026, 12), (2027, 1), (2027, 2)]
    assert months_since((2027, 3), date(2027, 2, 3)) == []


def test_the_span_of_a_quarter_is_its_last_month() -> None:
    span = quarter_span(2026, 4)
    assert (span.opens_on, span.due_on, span.ends_on) == (date(2026, 12, 1), date(2026, 12, 25), date(2026, 12, 31))
