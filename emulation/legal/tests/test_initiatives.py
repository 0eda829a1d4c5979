"""Which sáng kiến an award uses: each counts once, and none is used where another way meets the condition."""

from datetime import date
from typing import Any

import pytest

from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.case_parser import parse_case
from emulation.legal.engine.rules.eligibility import accepts_initiative, initiatives_used, judge
from emulation.legal.tests.test_cases import case_of

LAW = shipped_statutes().law
DAY = date(2025, 11, 15)
CHAIN = ["CSTDCS 2024", "CSTDCS 2025"]


def initiative(year: int, title: str, scope: str = "unit", used_for: str = "") -> dict[str, Any]:
    return {"year": year, "scope": scope, "title": title, "used_for": used_for}


def used_titles(award: str, evaluation: str, initiatives: list[dict[str, Any]], **row: Any) -> list[str]:
    """The titles that the award of an official uses on 15/11/2025."""
    changes = {"evaluation": evaluation, "initiatives": initiatives}
    case = case_of({"on": "2025-11-15", "base": "official", "award": award, "set": changes, **row})
    return [one.title for one in initiatives_used(LAW, parse_case(LAW, case))]


def test_an_excellent_year_spares_the_initiative() -> None:
    """Luật 2022 Điều 23: excellent, or an initiative; either is enough for Chiến sĩ thi đua cơ sở."""
    own = [initiative(2025, "Lịch tiêm")]
    assert used_titles("CSTDCS", "excellent", own) == []
    assert used_titles("CSTDCS", "good", own) == ["Lịch tiêm"]


def test_only_the_first_that_fits_is_used() -> None:
    own = [initiative(2025, "Lịch tiêm"), initiative(2025, "Sổ điểm")]
    assert used_titles("CSTDCS", "good", own) == ["Lịch tiêm"]


@pytest.mark.parametrize(
    ("used_for", "used"),
    [("", ["Lịch tiêm"]), ("CSTDCS 2025", ["Lịch tiêm"]), ("CSTDCS 2024", []), ("BKT 2025", [])],
)
def test_an_initiative_counts_for_one_award(used_for: str, used: list[str]) -> None:
    """Công văn 5007/BNV-TĐKT năm 2023: once; the award that used it may go on counting it."""
    assert used_titles("CSTDCS", "good", [initiative(2025, "Lịch tiêm", used_for=used_for)]) == used


def test_an_initiative_of_another_year_is_not_used() -> None:
    assert used_titles("CSTDCS", "good", [initiative(2024, "Lịch tiêm")]) == []


def test_a_bang_khen_uses_two_unless_the_chain_of_titles_is_there() -> None:
    """Bằng khen of the province: two CSTĐCS in a row, or two excellent years with two initiatives."""
    own = [initiative(2024, "Lịch tiêm"), initiative(2025, "Sổ điểm"), initiative(2025, "Vườn rau")]
    assert used_titles("BKT", "excellent", own, record=CHAIN) == []
    assert len(used_titles("BKT", "excellent", own)) == 2
    assert used_titles("BKT", "excellent", own[:1]) == []
    assert used_titles("BKT", "good", own) == []


def test_the_title_of_the_province_uses_one_of_its_scope() -> None:
    """Luật 2022 Điều 22: effective and spread in the province."""
    own = [initiative(2025, "Cơ sở"), initiative(2024, "Tỉnh", "province"), initiative(2023, "Toàn quốc", "nation")]
    assert used_titles("CSTDT", "excellent", own, record=[*CHAIN, "CSTDCS 2023"])[0] in ("Tỉnh", "Toàn quốc")
    assert len(used_titles("CSTDT", "excellent", own, record=[*CHAIN, "CSTDCS 2023"])) == 1
    assert used_titles("CSTDT", "excellent", own[:1]) == []


def test_an_award_without_such_a_condition_uses_none() -> None:
    assert used_titles("LDTT", "excellent", [initiative(2025, "Lịch tiêm")]) == []


@pytest.mark.parametrize(
    ("award", "subject", "accepts"),
    [
        ("CSTDCS", "person", True),  # one of two ways
        ("BKT", "person", True),  # inside "all of" inside "any of"
        ("CSTDT", "person", True),  # the condition itself
        ("LDTT", "person", False),
        ("GKX", "person", False),
        ("BKT", "collective", False),
    ],
)
def test_which_awards_may_use_an_initiative(award: str, subject: str, accepts: bool) -> None:
    assert accepts_initiative(LAW, award, subject, DAY) is accepts


def condition(award: str, code: str, **row: Any) -> Any:
    """The finding of one condition of the award."""
    verdict = judge(LAW, parse_case(LAW, case_of({"on": "2025-11-15", "base": "official", "award": award, **row})))
    return next(finding for finding in verdict.findings if finding.code == code)


def test_of_several_ways_the_one_that_is_met_is_shown() -> None:
    excellent = condition("CSTDCS", "achievement", set={"evaluation": "excellent", "initiatives": []})
    assert excellent.met is True and "xuất sắc" in excellent.says and "sáng kiến" not in excellent.says
    assert excellent.needs == ""


def test_of_several_ways_none_of_which_is_met_all_are_shown_with_what_each_needs() -> None:
    none = condition("CSTDCS", "achievement", set={"evaluation": "good", "initiatives": []})
    assert none.met is False and "Hoàn thành tốt" in none.says
    first, second = none.needs.split(" Hoặc: ")
    assert "xuất sắc" in first and "áng kiến" in second


def test_of_several_ways_one_that_is_not_known_leaves_the_whole_open() -> None:
    assert condition("CSTDCS", "achievement", set={"evaluation": "good"}, drop="initiatives").met is None
    assert condition("CSTDCS", "achievement", set={"evaluation": "excellent"}, drop="initiatives").met is True
