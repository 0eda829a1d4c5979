"""Time limits and counting back: every regime, both sides of the boundaries, Tết, make-up days, years without a table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.legal.calendar.time_limits import (
    CULTURAL_FAMILY_STEPS,
    PROPOSAL_STEPS,
    BackwardStep,
    Milestone,
    count_back,
    due_date,
    yearly_due_date,
)
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Law, NoValue
from emulation.legal.engine.loader import shipped_statutes

LAW = shipped_statutes().law
CALENDAR = WorkCalendar.of(shipped_statutes().days)
REGIMES = {"R1": "2021-11-01", "R2": "2024-11-01", "R3": "2026-03-02", "R4": "2026-11-02", "R5": "2027-11-01"}


def on(text: str) -> date:
    return date.fromisoformat(text)


# For each limit and regime: days, working, confirmed.
LIMITS: dict[str, dict[str, tuple[int, bool, bool] | None]] = {
    "limit.appraise": {"R1": (10, True, True), **dict.fromkeys(("R2", "R3", "R4", "R5"), (20, True, False))},
    "limit.return": {"R1": None, **dict.fromkeys(("R2", "R3", "R4", "R5"), (5, True, False))},
    "limit.copy": dict.fromkeys(REGIMES, (10, True, False)),
    "limit.forward": {"R1": (7, True, False), **dict.fromkeys(("R2", "R3", "R4", "R5"), (10, True, False))},
    "limit.refusal": dict.fromkeys(REGIMES, (10, True, False)),
    "limit.number": {
        **dict.fromkeys(("R1", "R2"), (1, True, True)),
        **dict.fromkeys(("R3", "R4", "R5"), (1, True, False)),
    },
    "limit.post": {"R1": None, **dict.fromkeys(("R2", "R3", "R4"), (10, False, True)), "R5": (10, False, False)},
    "limit.decide_gdvh": {
        "R1": None,
        **dict.fromkeys(("R2", "R3", "R4"), (10, False, True)),
        "R5": (10, False, False),
    },
    "habit.office_to_council": dict.fromkeys(REGIMES, (3, True, False)),
    "habit.council_to_chair": dict.fromkeys(REGIMES, (2, True, False)),
    "habit.meeting_to_post": dict.fromkeys(REGIMES, (1, True, False)),
    "report.quarter.send": dict.fromkeys(REGIMES, (15, False, False)),
    "habit.sudden": dict.fromkeys(REGIMES, (3, True, False)),
}


@pytest.mark.parametrize("code", LIMITS)
def test_the_limits_of_every_regime(code: str) -> None:
    for regime, expected in LIMITS[code].items():
        day = on(REGIMES[regime])
        if expected is None:
            with pytest.raises(NoValue):
                LAW.value_on(code, day)
            continue
        value = LAW.value_on(code, day)
        assert (value.content["days"], value.content["working"], value.confirmed) == expected, regime
        assert value.citation.text and value.source
        assert value.needs_review == (regime in ("R4", "R5") and code != "limit.number")


def test_every_limit_is_in_the_table_above() -> None:
    assert {code.code for code in shipped_statutes().codes if code.shape == "days"} == set(LIMITS)


def test_limits_taken_from_the_central_procedure_have_a_note() -> None:
    for code in ("limit.return", "limit.copy", "limit.forward", "limit.refusal"):
        for value in LAW.history(code):
            assert not value.confirmed and "vận dụng" in value.note


@pytest.mark.parametrize(
    ("code", "start", "end", "arithmetic"),
    [
        ("limit.appraise", "2023-12-29", "2024-01-15", "10 ngày làm việc kể từ 29/12/2023 (trừ 01/01/2024 Tết Dương lịch)"),
        ("limit.appraise", "2024-01-01", "2024-01-29", "20 ngày làm việc kể từ 01/01/2024"),
        ("limit.appraise", "2026-11-02", "2026-12-01", "(trừ 24/11/2026 Ngày Văn hóa Việt Nam)"),
        ("limit.appraise", "2027-01-25", "2027-03-01", "(trừ 04/02/2027 đến 10/02/2027 Tết Nguyên đán)"),
        ("limit.appraise", "2025-06-30", "2025-07-28", "20 ngày làm việc kể từ 30/06/2025: 28/07/2025"),
        ("limit.number", "2026-08-21", "2026-08-22", "(kể cả 22/08/2026 làm bù)"),
        ("limit.number", "2026-08-22", "2026-08-24", "1 ngày làm việc kể từ 22/08/2026"),
        ("limit.number", "2026-11-28", "2026-11-30", "1 ngày làm việc kể từ 28/11/2026: 30/11/2026"),
        ("limit.forward", "2021-11-05", "2021-11-16", "7 ngày làm việc kể từ 05/11/2021"),
        ("limit.post", "2026-11-03", "2026-11-13", "10 ngày kể từ 03/11/2026: 13/11/2026"),
        ("limit.post", "2026-10-28", "2026-11-09", "07/11/2026 là ngày nghỉ, tính đến 09/11/2026"),
        ("limit.post", "2026-11-14", "2026-11-25", "24/11/2026 là ngày nghỉ, tính đến 25/11/2026"),
        ("limit.post", "2026-08-12", "2026-08-22", "10 ngày kể từ 12/08/2026: 22/08/2026"),  # a Saturday worked
    ],
)  # fmt: skip
def test_due(code: str, start: str, end: str, arithmetic: str) -> None:
    answer = due_date(LAW, CALENDAR, code, on(start))
    assert answer.day == on(end)
    assert arithmetic in answer.arithmetic and answer.arithmetic.endswith(answer.day.strftime("%d/%m/%Y"))
    assert answer.known


def test_a_limit_not_yet_in_force_is_refused_with_a_message() -> None:
    with pytest.raises(NoValue, match="chưa có quy định “Trả lại hồ sơ không đủ điều kiện” cho ngày 29/12/2023"):
        due_date(LAW, CALENDAR, "limit.return", on("2023-12-29"))
    with pytest.raises(NoValue):
        due_date(LAW, CALENDAR, "limit.post", on("2024-01-29"))
    assert due_date(LAW, CALENDAR, "limit.post", on("2024-01-30")).day == on("2024-02-15")  # over Tết


def test_a_year_outside_the_table_is_mentioned() -> None:
    answer = due_date(LAW, CALENDAR, "limit.appraise", on("2028-12-20"))
    assert answer.day == on("2029-01-17") and not answer.known and not answer.confirmed
    assert "lịch nghỉ năm 2029 chưa có, mới trừ thứ bảy, chủ nhật" in answer.arithmetic
    inside = due_date(LAW, CALENDAR, "limit.appraise", on("2028-11-29"))
    assert inside.day == on("2028-12-27") and inside.known


def test_unconfirmed_days_make_the_due_date_unconfirmed() -> None:
    quiet = due_date(LAW, CALENDAR, "limit.appraise", on("2021-11-01"))
    assert quiet.confirmed and "Lịch làm việc" not in quiet.citation
    over = due_date(LAW, CALENDAR, "limit.appraise", on("2023-12-29"))
    assert not over.confirmed and over.citation.endswith("Lịch làm việc của xã")
    sure = WorkCalendar(CALENDAR.off, CALENDAR.work, CALENDAR.years)
    assert due_date(LAW, sure, "limit.appraise", on("2023-12-29")).confirmed


def test_facts_are_json() -> None:
    facts = due_date(LAW, CALENDAR, "limit.appraise", on("2026-11-02")).facts()
    assert facts["day"] == "2026-12-01" and facts["start"] == "2026-11-02" and facts["confirmed"] is False


@pytest.mark.parametrize(
    ("code", "year", "day"),
    [
        ("superior.yearly", 2026, "2026-12-10"),
        ("superior.yearly", 2021, "2021-12-10"),
        ("superior.education", 2026, "2026-07-10"),
        ("gdvh.finish", 2024, "2024-11-25"),
    ],
)
def test_the_days_of_the_year(code: str, year: int, day: str) -> None:
    answer = yearly_due_date(LAW, code, year)
    assert answer.day == on(day) and answer.confirmed == (code == "gdvh.finish")


def test_no_finish_before_the_decree() -> None:
    with pytest.raises(NoValue):
        yearly_due_date(LAW, "gdvh.finish", 2023)


def law_with(code: str, spans: list[tuple[str, str, object]]) -> Law:
    """A law with one code and the values (from, to, content)."""
    model = LAW.history(code)[0]
    values = [
        type(model)(code, "", "", on(start), on(end) if end else None, content, model.citation, "s", "", True, False, start)
        for start, end, content in spans
    ]  # fmt: skip
    return Law([LAW.codes[code]], values)


def test_a_due_day_that_changes_within_the_year_follows_the_law_of_that_day() -> None:
    law = law_with("superior.education", [("2018-07-01", "2026-08-31", "07-10"), ("2026-09-01", "", "06-30")])
    assert [yearly_due_date(law, "superior.education", year).day for year in (2025, 2026, 2027)] == [
        on("2025-07-10"),
        on("2026-07-10"),
        on("2027-06-30"),
    ]
    leap = law_with("superior.yearly", [("2018-07-01", "", "02-29")])
    assert [yearly_due_date(leap, "superior.yearly", year).day for year in (2027, 2028)] == [
        on("2027-02-28"),
        on("2028-02-29"),
    ]


def days(found: list[Milestone]) -> list[tuple[str, str]]:
    return [(step.code, step.day.isoformat()) for step in found]


def test_counting_back_from_the_superior() -> None:
    found = count_back(LAW, CALENDAR, yearly_due_date(LAW, "superior.yearly", 2026).day, PROPOSAL_STEPS)
    assert days(found) == [
        ("submit", "2026-11-09"),
        ("appraised", "2026-12-01"),
        ("council", "2026-12-04"),
        ("sign", "2026-12-08"),
        ("send", "2026-12-09"),
    ]
    assert [step.label for step in found] == [
        "Đơn vị nộp hồ sơ",
        "Văn phòng chuyển hồ sơ đến Hội đồng",
        "Hội đồng họp",
        "Thẩm định xong, trình Chủ tịch",
        "Gửi hồ sơ lên cấp trên",
    ]
    assert (
        "lùi 20 ngày làm việc từ 08/12/2026 (trừ 24/11/2026 Ngày Văn hóa Việt Nam): 09/11/2026" == found[0].arithmetic
    )
    assert "Quyết định số 638/QĐ-BNV" in found[0].citation and not found[0].confirmed
    assert found[3].citation == "khoản 2 Điều 15 Nghị định số 30/2020/NĐ-CP"
    assert found[4].arithmetic == "ngày làm việc cuối trước 10/12/2026: 09/12/2026"


def test_counting_back_from_the_day_of_the_cultural_families() -> None:
    found = count_back(LAW, CALENDAR, yearly_due_date(LAW, "gdvh.finish", 2026).day, CULTURAL_FAMILY_STEPS)
    assert days(found) == [
        ("meet", "2026-11-02"),
        ("post", "2026-11-03"),
        ("submit", "2026-11-13"),
        ("sign", "2026-11-23"),
    ]
    assert "(trừ 24/11/2026 Ngày Văn hóa Việt Nam)" in found[-1].arithmetic


def test_counting_back_from_any_day() -> None:
    assert days(count_back(LAW, CALENDAR, on("2021-12-31"), PROPOSAL_STEPS)) == [
        ("submit", "2021-12-15"),
        ("appraised", "2021-12-22"),
        ("council", "2021-12-27"),
        ("sign", "2021-12-29"),
        ("send", "2021-12-30"),
    ]


def test_counting_back_over_tet() -> None:
    found = count_back(LAW, CALENDAR, on("2026-02-25"), PROPOSAL_STEPS)
    assert days(found)[-2:] == [("sign", "2026-02-23"), ("send", "2026-02-24")]
    assert dict(days(found))["council"] == "2026-02-12"
    assert "trừ 16/02/2026 đến 20/02/2026 Tết Nguyên đán" in found[2].arithmetic


def test_a_limit_follows_the_law_of_its_first_day() -> None:
    """A file received on 2/1/2024 has twenty days. A limit that ends so early in 2024 that twenty days begin in 2023
    has ten days, but only if these begin in 2023 too."""
    leg = (BackwardStep("sign", "Ký"), BackwardStep("submit", "Nộp", "limit.appraise"))
    early = count_back(LAW, CALENDAR, on("2024-01-09"), leg)
    assert days(early) == [("submit", "2023-12-22"), ("sign", "2024-01-08")] and "lùi 10" in early[0].arithmetic
    late = count_back(LAW, CALENDAR, on("2024-01-25"), leg)
    assert days(late) == [("submit", "2023-12-26"), ("sign", "2024-01-24")] and "lùi 20" in late[0].arithmetic
    later = count_back(LAW, CALENDAR, on("2024-03-01"), leg)
    assert days(later) == [("submit", "2024-01-25"), ("sign", "2024-02-29")]


@given(st.dates(date(2021, 1, 1), date(2030, 12, 31)))
def test_every_step_is_on_a_working_day_before_the_next(before: date) -> None:
    found = count_back(LAW, CALENDAR, before, PROPOSAL_STEPS)
    order = [step.day for step in found]
    assert order == sorted(order) and order[-1] < before
    assert all(CALENDAR.is_working(day) for day in order)
    sign = next(step.day for step in found if step.code == "sign")
    assert due_date(LAW, CALENDAR, "limit.appraise", order[0]).day <= sign
    assert all(step.known or "chưa có" in step.arithmetic for step in found)


@given(st.dates(date(2024, 3, 1), date(2028, 11, 30)))
def test_a_list_is_posted_long_enough(before: date) -> None:
    meet, post, submit, sign = count_back(LAW, CALENDAR, before, CULTURAL_FAMILY_STEPS)
    assert submit.day - post.day >= timedelta(days=10) and sign.day - submit.day >= timedelta(days=10)
    assert meet.day < post.day
