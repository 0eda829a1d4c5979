"""Extras of a verdict: outlook, several awards, preference among equals, procedure, differences between two days."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.case_parser import parse_case
from emulation.legal.engine.rules.eligibility import eligibility_outlook, judge, verdict_differences
from emulation.legal.engine.rules.facts import EligibilityCase
from emulation.legal.engine.rules.money import PricedAward, payable_awards, prize_money
from emulation.legal.engine.rules.ranking import RankingCandidate, rank_by_preference
from emulation.legal.engine.rules.requirements import applicable_procedure
from emulation.legal.tests.test_cases import case_of

LAW = shipped_statutes().law
AUTUMN_2025 = date(2025, 11, 15)


def case(**row: Any) -> EligibilityCase:
    return parse_case(LAW, case_of({"on": "2025-11-15", "base": "official", **row}))


# ── outlook ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "years", "year", "missing"),
    [
        # Luật 2022 Điều 22: three CSTĐCS in a row
        (
            {"award": "CSTDT", "record": ["CSTDCS 2023", "CSTDCS 2024", "CSTDCS 2025"]},
            0,
            2025,
            "Đã đủ 3 lần",
        ),  # no sáng kiến yet, and the year is not over
        ({"award": "CSTDT", "record": ["CSTDCS 2024", "CSTDCS 2025"]}, 1, 2026, "Còn 1 lần"),
        ({"award": "CSTDT", "record": ["CSTDCS 2025"]}, 2, 2027, "Còn 2 lần"),
        ({"award": "CSTDT"}, 2, 2027, "Còn 3 lần"),  # 2025 may still come
        ({"award": "CSTDTQ"}, 3, 2028, "Còn 2 lần"),  # the first CSTĐ cấp tỉnh in 2027, as the line above
        (
            {"award": "CSTDT", "record": ["CSTDCS 2023", "CSTDCS 2025"]},
            2,
            2027,
            "Còn 2 lần",
        ),  # a gap restarts the count
        (
            {"award": "CSTDT", "record": ["CSTDCS 2024", "CSTDCS 2025 dot_xuat"]},
            1,
            2026,
            "Còn 2 lần",
        ),  # NĐ 152 Điều 4.3: the one of 2025 does not count
        # 2.2: two CSTĐCS in a row
        ({"award": "BKT", "record": ["CSTDCS 2025"]}, 1, 2026, "Còn 1 lần"),
        ({"award": "COCP", "base": "collective"}, 0, 2025, "Còn 1 lần"),
        # NĐ 122/2018 (C13): three years of GĐVH, while there was a giấy khen GĐVH
        (
            {"award": "GK_GDVH", "base": "household", "on": "2021-11-15", "record": ["GDVH 2020", "GDVH 2021"]},
            1,
            2022,
            "Còn 1",
        ),
    ],
)
def test_who_will_be_eligible_and_what_is_missing(row: dict[str, Any], years: int, year: int, missing: str) -> None:
    found = eligibility_outlook(LAW, case(**row))
    assert found is not None
    assert (found.years, found.year) == (years, year)
    assert missing in found.missing[0] and found.citation


@pytest.mark.parametrize(
    "row",
    [
        {"award": "LDTT"},  # needs no earlier award
        {"award": "CSTDT", "drop": "record"},  # the record is not known
        {"award": "GK_GDVH", "base": "household", "record": ["GDVH 2024", "GDVH 2025"]},  # nobody gives it now
    ],
)
def test_no_outlook(row: dict[str, Any]) -> None:
    assert eligibility_outlook(LAW, case(**row)) is None


def test_a_pupil_has_no_outlook_on_what_needs_titles_of_workers() -> None:
    asked = case(award="CSTDT")
    assert eligibility_outlook(LAW, replace(asked, subject=replace(asked.subject, work="pupil"))) is None


def test_a_newcomer_meets_a_condition_in_its_other_way() -> None:
    asked = case(award="BKT", record=[])
    asked = replace(asked, subject=replace(asked.subject, joined=date(2025, 8, 28), evaluation={}))
    found = eligibility_outlook(LAW, asked)
    assert found is not None and found.year == 2026
    assert found.missing[0].startswith(
        "Đủ theo cách còn lại của điều kiện “02 lần liên tục Chiến sĩ thi đua cơ sở, hoặc"
    )


# ── several awards at once (NĐ 152 Điều 49.5, 49.6) ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("grants", "paid", "total"),
    [
        ([("LDTT", "2025"), ("CSTDCS", "2025")], (False, True), 2_340_000),  # one period: the highest title only
        ([("CSTDCS", "2025"), ("LDTT", "2025")], (True, False), 2_340_000),
        ([("LDTT", "2024"), ("CSTDCS", "2025")], (True, True), 3_050_000),  # two periods: each
        ([("CSTDCS", "2025"), ("GKX", "2025")], (True, True), 3_050_000),  # a title and a form: both
        ([("GKX", "campaign"), ("GKX", "2025")], (True, True), 1_420_000),  # forms for different achievements: each
        ([("LDTT", "2025"), ("CSTDCS", "2025"), ("CSTDT", "2025")], (False, False, True), 7_020_000),
        ([("LDTT", "2025"), ("CSTT", "2025")], (True, False), 710_000),  # as high as each other: one of them
        ([("LDTT", "2025")], (True,), 710_000),
        ([], (), 0),
    ],
)
def test_what_several_awards_pay(grants: list[tuple[str, str]], paid: tuple[bool, ...], total: int) -> None:
    given = [PricedAward(code, period, prize_money(LAW, code, "person", AUTUMN_2025)) for code, period in grants]
    found = payable_awards(LAW, given, AUTUMN_2025)
    assert (found.paid, found.total) == (paid, total)
    assert [bool(reason) for reason in found.reasons] == [not one for one in paid]
    assert "khoản 5, 6 Điều 49 Nghị định số 152/2025/NĐ-CP" in found.citation


# ── preference (NĐ 152 Điều 4, 2.3 item 5) ───────────────────────────────────────────────────────


def test_women_and_collectives_of_women_come_first_among_equals() -> None:
    equals = [
        RankingCandidate(1),
        RankingCandidate(2, woman=True),
        RankingCandidate(3, members=100, women=69),
        RankingCandidate(4, members=10, women=7),  # 70 % exactly
        RankingCandidate(5, members=10),
        RankingCandidate(6, woman=True),
    ]
    found = rank_by_preference(LAW, AUTUMN_2025, equals)
    assert found.order == (2, 4, 6, 1, 3, 5)
    assert set(found.reasons) == {2, 4, 6} and "70%" in found.reasons[4]
    assert found.confirmed and not rank_by_preference(LAW, date(2021, 11, 15), equals).confirmed
    assert rank_by_preference(LAW, AUTUMN_2025, []).order == ()


# ── ordinary or simplified (3.4) ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("day", "cases", "simplified"),
    [
        # Luật 2003 Điều 85: three conditions all together
        ("2023-12-31", {"political", "sudden", "clear"}, True),
        ("2023-12-31", {"political", "sudden"}, False),
        ("2023-12-31", {"found"}, False),
        ("2023-12-31", set(), False),
        # Luật 2022 Điều 85: any of five
        *(("2024-01-01", {code}, True) for code in ("political", "sudden", "found", "service", "secret")),
        ("2024-01-01", {"clear"}, False),
        ("2025-07-01", {"found", "sudden"}, True),
        ("2025-07-01", set(), False),
    ],
)
def test_which_procedure(day: str, cases: set[str], simplified: bool) -> None:
    found = applicable_procedure(LAW, date.fromisoformat(day), cases)
    assert found.simplified is simplified
    assert "Điều 85" in found.citation and found.says


# ── the same subject on another day ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("award", "base", "before", "after", "change"),
    [
        ("CSTDCS", "official", "2023-12-31", "2024-01-01", "Kết quả: chưa đạt → đạt."),
        ("CSTDCS", "official", "2023-12-31", "2024-01-01", "Không còn điều kiện “Đăng ký tham gia thi đua”."),
        (
            "CSTDCS",
            "official",
            "2025-06-30",
            "2025-07-01",
            "Thẩm quyền: Chủ tịch Ủy ban nhân dân huyện → Chủ tịch Ủy ban nhân dân xã.",
        ),
        ("TTLDTT", "collective", "2025-08-04", "2025-08-05", "Thêm điều kiện “Đơn vị chưa giải thể”: đạt."),
        ("GKH", "household", "2025-06-30", "2025-07-01", "Kết quả: đạt → chưa đạt."),
        ("GDVH", "household", "2024-01-29", "2024-01-30", "Nghị định số 122/2018/NĐ-CP"),
    ],
)
def test_differences_between_two_days(award: str, base: str, before: str, after: str, change: str) -> None:
    row = {"award": award, "base": base, "set": {"evaluation": "excellent"} if base != "household" else {}}
    old, new = (judge(LAW, case(**row, year=int(before[:4]), on=day)) for day in (before, after))
    assert any(change in line for line in verdict_differences(old, new))
    assert verdict_differences(old, old) == []
