"""The days of a report by the law, and the rules of adjustments."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Law
from emulation.legal.engine.loader import shipped_statutes
from reports.rules.adjustments import ReportedFigure, adjusted_names, adjustment_lines, format_change
from reports.rules.quarters import DateRange, quarter_range
from reports.rules.report_days import COUNT_DAY_CODE, count_day, report_due, statistical_year_to_date

LAW = shipped_statutes().law
CALENDAR = WorkCalendar.of(shipped_statutes().days)
UNCOVERED = quarter_range(2018, 1)
"""A quarter before the first values of the statutes."""


def with_count_day(day: int) -> Law:
    values = [value for value in shipped_statutes().values if value.code != COUNT_DAY_CODE]
    own = [value for value in shipped_statutes().values if value.code == COUNT_DAY_CODE]
    changed = [type(value)(**{**vars_of(value), "content": day}) for value in own]
    return Law(LAW.codes.values(), [*values, *changed], LAW.awards.values())


def vars_of(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("day", "expected"), [(31, "2026-06-30"), (30, "2026-06-30"), (14, "2026-06-14")])
def test_the_count_day_is_a_day_of_the_last_month(day: int, expected: str) -> None:
    assert count_day(with_count_day(day), quarter_range(2026, 2)) == date.fromisoformat(expected)


def test_the_default_is_the_last_day_of_the_period() -> None:
    for number in (1, 2, 3, 4):
        quarter = quarter_range(2026, number)
        assert count_day(LAW, quarter) == quarter.last
    assert count_day(LAW, UNCOVERED) == UNCOVERED.last


def test_the_report_is_due_fifteen_days_later_on_a_working_day() -> None:
    due = report_due(LAW, CALENDAR, quarter_range(2027, 4))  # 15/1/2028 is a Saturday
    assert due is not None and due.day == date(2028, 1, 17) and not due.confirmed
    assert report_due(LAW, CALENDAR, UNCOVERED) is None


@pytest.mark.parametrize(("number", "last"), [(1, date(2026, 3, 31)), (3, date(2026, 9, 30)), (4, date(2026, 11, 30))])
def test_the_statistical_year_begins_in_december_and_leaves_the_next_december_out(number: int, last: date) -> None:
    quarter = quarter_range(2026, number)
    assert statistical_year_to_date(LAW, quarter, quarter.last) == DateRange(date(2025, 12, 1), last)
    assert statistical_year_to_date(LAW, UNCOVERED, UNCOVERED.last).first == date(2017, 12, 1)
    assert statistical_year_to_date(LAW, quarter, date(2026, 2, 14)).last == date(2026, 2, 14)


@given(st.integers(2019, 2035), st.integers(1, 4), st.integers(0, 91))
def test_the_year_to_date_is_never_longer_than_a_year(year: int, number: int, back: int) -> None:
    quarter = quarter_range(year, number)
    found = statistical_year_to_date(LAW, quarter, max(quarter.first, quarter.last - timedelta(days=back)))
    assert found.first <= quarter.first <= found.last <= quarter.last
    assert (found.last - found.first).days < 366


# ── adjustments ──────────────────────────────────────────────────────────────────────────────────
def figure(key: str, *idents: str, value: int | None = None) -> dict[str, object]:
    names = [[f"Tên {ident}", "Thôn 1", "Giấy khen"] for ident in idents]
    amount = len(idents) if value is None else value
    return {"key": key, "label": key, "unit": "lượt", "value": amount, "names": names, "ids": list(idents)}


def reported(*figures: dict[str, object]) -> dict[str, ReportedFigure]:
    return {str(one["key"]): ReportedFigure.of(one) for one in figures}


def test_a_cancelled_award_is_a_minus_and_a_late_one_a_plus() -> None:
    [line] = adjustment_lines(reported(figure("granted", "a", "b")), {"granted": figure("granted", "b", "c", "d")})
    assert (line["reported"], line["now"]) == (2, 3)
    assert [name[0] for name in line["removed"]] == ["a"] and [name[0] for name in line["added"]] == ["c", "d"]
    texts = adjusted_names([{"period": "quý III năm 2026", **line}])
    assert texts[0] == "Quý III năm 2026, thêm: Tên c (Thôn 1)" and texts[-1].endswith("bớt: Tên a (Thôn 1)")
    assert [format_change(change) for change in (1, -2, 0, 1_500_000)] == ["+1", "-2", "0", "+1.500.000"]


def test_the_reason_why_an_award_no_longer_counts_follows_its_name() -> None:
    removed = [["award:1", "An", "Thôn 1"], ["award:2", "An", "Thôn 1"], ["award:3", "Bình", "Thôn 2"]]
    reasons = {"award:1": "đã hủy bỏ theo A", "award:2": "đã hủy bỏ theo A"}
    lines = [
        {"period": "quý I năm 2027", "added": [["award:9", "Chi", "Thôn 3"]], "removed": removed, "reasons": reasons}
    ]
    assert adjusted_names(lines) == [
        "Quý I năm 2027, thêm: Chi (Thôn 3)",
        "Quý I năm 2027, bớt: An (Thôn 1), 02 lượt, đã hủy bỏ theo A",
        "Quý I năm 2027, bớt: Bình (Thôn 2)",
    ]


def test_two_awards_of_one_person_are_counted_although_several_figures_name_them() -> None:
    names = [["1", "An", "Thôn 1", ""], ["2", "An", "Thôn 1", ""]]
    lines = [
        {"period": "quý IV năm 2026", "added": [], "removed": names},
        {"period": "quý IV năm 2026", "added": [], "removed": names[:1]},
    ]
    assert adjusted_names(lines) == ["Quý IV năm 2026, bớt: An (Thôn 1), 02 lượt"]


def test_a_replaced_award_shows_although_the_count_is_the_same() -> None:
    [line] = adjustment_lines(reported(figure("granted", "a")), {"granted": figure("granted", "b")})
    assert line["reported"] == line["now"] == 1 and line["added"] and line["removed"]


def test_money_is_adjusted_by_its_sum() -> None:
    [line] = adjustment_lines(reported(figure("money", "a", value=500)), {"money": figure("money", "a", value=300)})
    assert (line["reported"], line["now"], line["added"], line["removed"]) == (500, 300, [], [])


def test_titles_appear_and_vanish_and_other_figures_of_another_form_do_not() -> None:
    before = reported(figure("titles_A", "a"), figure("units_silent", "x"), figure("awards_women", "a"))
    lines = adjustment_lines(before, {"titles_B": figure("titles_B", "b"), "granted": figure("granted", "b")})
    assert [(line["key"], line["reported"], line["now"]) for line in lines] == [("titles_B", 0, 1), ("titles_A", 1, 0)]


def test_figures_that_were_stored_without_ids_are_compared_by_value() -> None:
    old = figure("awards", "a", "b")
    del old["ids"]
    assert adjustment_lines(reported(old), {"awards": figure("awards", "x", "y")}) == []
    [line] = adjustment_lines(reported(old), {"awards": figure("awards", "x")})
    assert (line["reported"], line["now"], line["added"], line["removed"]) == (2, 1, [], [])


IDENTS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(IDENTS, IDENTS, IDENTS)
def test_what_was_adjusted_is_not_adjusted_again(first: list[str], second: list[str], third: list[str]) -> None:
    """Two reports in a row together state exactly what is counted."""
    state = reported(figure("granted", *first))
    for idents in (second, second, third):
        lines = adjustment_lines(state, {"granted": figure("granted", *idents)})
        for line in lines:
            assert line["now"] - line["reported"] == len(line["added"]) - len(line["removed"])
            state = {"granted": state["granted"].after(line)}
        assert state["granted"].value == len(idents) and set(state["granted"].names or ()) == set(idents)
        assert adjustment_lines(state, {"granted": figure("granted", *idents)}) == []
