"""The days of a case by who decides: the commune's limits, the superior's day, the day of the deed; due days on days off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.legal.calendar.case_deadlines import CaseCourse, case_deadlines
from emulation.legal.calendar.lateness import is_late, last_day
from emulation.legal.calendar.time_limits import (
    CULTURAL_FAMILY_STEPS,
    PROPOSAL_STEPS,
    Milestone,
    due_date,
)
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.loader import shipped_statutes

LAW = shipped_statutes().law
CALENDAR = WorkCalendar.of(shipped_statutes().days)
TODAY = date(2026, 11, 3)
SUPERIOR = CaseCourse(before=date(2026, 12, 10), backward=PROPOSAL_STEPS)
DAYS = st.dates(date(2024, 3, 1), date(2028, 10, 31))


def days(course: CaseCourse, today: date = TODAY) -> dict[str, str]:
    return {step.code: f"{step.day:%d/%m}" for step in case_deadlines(LAW, CALENDAR, course, today)}


def step(course: CaseCourse, code: str) -> Milestone:
    return next(one for one in case_deadlines(LAW, CALENDAR, course, TODAY) if one.code == code)


def test_what_the_commune_decides_counts_from_receipt_and_from_nothing_else() -> None:
    received = CaseCourse(received=date(2026, 11, 2))
    assert days(received) == {"appraised": "23/11", "council": "27/11", "sign": "01/12"}
    assert days(received) == days(received, date(2027, 5, 5)), "a received file does not depend on today"
    sign = step(received, "sign")
    assert sign.arithmetic.startswith("20 ngày làm việc kể từ 02/11/2026") and not sign.confirmed
    assert step(received, "council").advised and not sign.advised
    draft = step(CaseCourse(), "sign")
    assert draft.arithmetic.startswith("nếu nộp hôm nay: 20 ngày làm việc kể từ 03/11/2026")


def test_what_a_superior_decides_is_counted_back_and_never_after_the_limit() -> None:
    assert days(SUPERIOR) == {
        "submit": "09/11", "appraised": "01/12", "council": "04/12", "sign": "08/12", "send": "09/12",
    }  # fmt: skip
    early = replace(SUPERIOR, received=date(2026, 10, 2))
    assert days(early) == {"appraised": "23/10", "council": "28/10", "sign": "30/10", "send": "09/12"}
    late = replace(SUPERIOR, received=date(2026, 11, 20))
    assert days(late)["sign"] == "08/12" and "trước khi hết hạn thẩm định" in step(late, "sign").arithmetic
    after = replace(SUPERIOR, received=date(2026, 12, 14))
    assert step(after, "sign").day > date(2026, 12, 14), "the office is not late before it has the file"


def test_a_sudden_deed_counts_from_the_deed_in_every_case() -> None:
    sudden = CaseCourse(deed=date(2026, 10, 30))
    assert days(sudden)["submit"] == "04/11" and step(sudden, "submit").label == "Đơn vị nộp hồ sơ đột xuất"
    assert "submit" not in days(replace(sudden, received=date(2026, 11, 3)))
    assert "send" not in days(sudden)


def test_a_cultural_family_counts_back_from_the_day_of_the_decree() -> None:
    course = CaseCourse("limit.decide_gdvh", (), None, None, date(2026, 11, 25), CULTURAL_FAMILY_STEPS)
    assert list(days(course)) == ["meet", "post", "submit", "sign"] and days(course)["sign"] == "23/11"
    assert days(replace(course, received=date(2026, 11, 4))) == {"sign": "16/11"}  # 14/11 is a Saturday
    assert step(course, "sign").label == "Chủ tịch quyết định tặng danh hiệu"


@given(DAYS, st.booleans())
def test_one_day_for_each_step_in_order_and_on_working_days(received: date, above: bool) -> None:
    course = replace(SUPERIOR, before=received + timedelta(days=60)) if above else CaseCourse()
    found = case_deadlines(LAW, CALENDAR, replace(course, received=received), received)
    steps = [one.day for one in found]
    assert len({one.code for one in found}) == len(steps)
    assert steps == sorted(filter(CALENDAR.is_working, steps))
    limit = due_date(LAW, CALENDAR, "limit.appraise", received).day
    sign = next(one.day for one in found if one.code == "sign")
    assert received < sign <= limit and (above or sign == limit)


@given(DAYS)
def test_a_due_day_never_ends_on_a_day_off_and_never_moves_back(due: date) -> None:
    last = last_day(LAW, CALENDAR, due)
    assert CALENDAR.is_working(last) and last >= due
    assert last_day(LAW, CALENDAR, last) == last
    assert CALENDAR.between(due, last) == (last != due)


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2026-10-25", "2026-10-26"),  # Sunday
        ("2026-08-22", "2026-08-22"),  # a Saturday that is worked
        ("2026-02-16", "2026-02-23"),  # Tết
        ("2026-11-25", "2026-11-25"),
        ("2015-11-01", "2015-11-01"),  # no rule that day
    ],
)
def test_due_days_on_days_off_move_to_the_next_working_day(due: str, last: str) -> None:
    assert last_day(LAW, CALENDAR, date.fromisoformat(due)) == date.fromisoformat(last)


@given(st.none() | DAYS, st.none() | DAYS)
def test_only_a_first_sending_after_the_last_day_is_late(sent: date | None, due: date | None) -> None:
    assert is_late(sent, due) is (sent is not None and due is not None and (sent - due).days > 0)
