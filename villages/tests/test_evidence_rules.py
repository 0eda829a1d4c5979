"""Validation of evidence; no database."""

from datetime import date

import pytest

from villages.rules import evidence as rules
from villages.rules.groups import GROUPS, work_of

TODAY = date(2026, 11, 24)
CODES = [
    "LDTT",
    "CSTT",
    "CSTDCS",
    "CSTDT",
    "CSTDTQ",
    "TTLDTT",
    "TTLDXS",
    "COTDT",
    "COCP",
    "XTB",
    "THONVH",
    "GDVH",
    "GKX",
    "GKH",
    "GK_GDVH",
    "BKT",
    "BKTTG",
    "HCLD3",
    "HCLD2",
    "HCLD1",
    "KNC",
    "TT",
]


def test_the_known_awards_are_those_of_the_catalogue():
    assert list(rules.KNOWN_AWARDS) == CODES
    assert all(len(code) <= 12 for code in CODES)
    assert rules.known_award_name("CSTDCS") == "Chiến sĩ thi đua cơ sở"
    assert rules.known_award_name("LA") == "LA"


@pytest.mark.parametrize(
    ("code", "subject", "fault"),
    [
        ("LDTT", "person", None),
        ("GKX", "household", None),
        ("TTLDTT", "collective", None),
        ("GDVH", "household", None),
        ("LDTT", "collective", "“Lao động tiên tiến” dành cho cá nhân, không dành cho tập thể."),
        ("GDVH", "person", "“Gia đình văn hóa” dành cho hộ gia đình, không dành cho cá nhân."),
        (
            "HCLD1",
            "household",
            "“Huân chương Lao động hạng Nhất” dành cho cá nhân, tập thể, không dành cho hộ gia đình.",
        ),
        ("", "person", "Hãy chọn danh hiệu, hình thức trong danh sách."),
        ("XXX", "person", "Hãy chọn danh hiệu, hình thức trong danh sách."),
    ],
)
def test_the_subjects_of_an_award(code, subject, fault):
    assert rules.award_fault(code, subject) == fault
    offered = {one for one, _ in rules.known_awards_for(subject)}
    assert (code in offered) is (fault is None)


@pytest.mark.parametrize(
    ("year", "fine"), [(1944, False), (1945, True), (2025, True), (2026, True), (2027, False), (10**9, False)]
)
def test_years(year, fine):
    assert (rules.year_fault(year, TODAY) is None) is fine


@pytest.mark.parametrize(
    ("day", "fine"), [(None, True), (TODAY, True), (date(2026, 11, 25), False), (date(2020, 1, 1), True)]
)
def test_days_of_what_has_happened(day, fine):
    assert (rules.future_day_fault(day, TODAY, "Ngày quyết định") is None) is fine


@pytest.mark.parametrize(
    ("joined", "born", "fault"),
    [
        (None, 1990, None),
        (date(2014, 9, 1), 1990, None),
        (date(2014, 9, 1), None, None),
        (date(2005, 1, 1), 1990, None),
        (date(2004, 12, 31), 1990, "chưa đủ 15 tuổi"),
        (date(2026, 12, 1), 1990, "Ngày vào đơn vị chưa đến"),
    ],
)
def test_the_day_of_joining(joined, born, fault):
    found = rules.joined_fault(joined, born, TODAY)
    assert found is None if fault is None else fault in (found or "")


@pytest.mark.parametrize(
    ("total", "ldtt", "women", "bad"),
    [(20, 15, 14, set()), (20, 20, 20, set()), (20, 21, 3, {"ldtt"}), (20, 21, 22, {"ldtt", "women"}),
     (None, 21, 22, set()), (20, None, None, set()), (0, 1, 0, {"ldtt"})],
)  # fmt: skip
def test_parts_of_a_unit_are_no_more_than_the_whole(total, ldtt, women, bad):
    assert set(rules.count_faults(total, {"ldtt": ldtt, "women": women})) == bad


def test_an_initiative_is_used_once():
    assert rules.used_initiative_fault("", None, "") is None
    fault = rules.used_initiative_fault("CSTDCS", 2024, "hồ sơ số 3")
    assert fault == (
        "Sáng kiến này đã dùng để xét Chiến sĩ thi đua cơ sở năm 2024 (hồ sơ số 3); mỗi sáng kiến chỉ dùng một lần."
    )


def test_days_in_order():
    assert rules.span_fault(TODAY, None) is None
    assert rules.span_fault(TODAY, TODAY) is None
    assert rules.span_fault(TODAY, date(2026, 11, 23)) is not None
    assert rules.decided_fault(2024, date(2023, 12, 31)) is not None
    assert rules.decided_fault(2024, date(2025, 2, 1)) is None


@pytest.mark.parametrize(
    ("group", "work"),
    [
        ("direct", "worker"), ("pupil", "pupil"), ("civil", "official"), ("public", "official"), ("official", "official"),
        ("leader", "leader"), ("business", "worker"), ("other", "worker"), ("", "unknown"),
    ],
)  # fmt: skip
def test_work_of_each_group(group, work):
    assert work_of(group) == work
    assert {code for code, _ in GROUPS} | {""} >= {group}
