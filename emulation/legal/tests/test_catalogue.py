"""The catalogue and the comparison of two days, with the statutes of this release; no database."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, product

import pytest

from emulation.legal.catalogue import comparison, listing
from emulation.legal.catalogue.value_lines import (
    LineScope,
    ValueGroup,
    ValueLine,
    line_scopes,
    merge_values,
    question_text,
    search_groups,
    value_groups,
)
from emulation.legal.engine.law import Law, NoValue, UnknownCode
from emulation.legal.engine.loader import regime_on, shipped_statutes
from emulation.legal.engine.rules.condition_text import condition_lines
from emulation.legal.engine.value_text import KIND_LABELS, SUBJECT_LABELS

R1 = date(2021, 11, 15)
R2 = date(2024, 5, 1)
R3 = date(2026, 5, 1)
R4 = date(2026, 11, 15)
R5 = date(2027, 4, 1)


@pytest.fixture(scope="module")
def law() -> Law:
    return shipped_statutes().law


def codes(law: Law, title: str, day: date) -> set[str]:
    found = next(section for section in listing.catalogue_sections(law, day) if section.title == title)
    return {entry.award.code for entry in found.entries}


DECIDED, PROPOSED, NOT_GIVEN = listing.SECTION_TITLES.values()


@pytest.mark.parametrize(
    ("day", "decided", "not_given"),
    [
        (R1, {"LDTT", "GDVH", "GKX", "GK_GDVH", "TT"}, {"XTB"}),
        (date(2023, 12, 31), {"LDTT", "GDVH", "GKX", "GK_GDVH", "TT"}, {"XTB"}),
        (date(2024, 1, 1), {"LDTT", "GDVH", "GKX", "GK_GDVH", "TT"}, set()),
        (date(2024, 1, 30), {"LDTT", "GDVH", "GKX", "TT"}, {"GK_GDVH"}),
        (date(2025, 6, 30), {"LDTT", "GDVH", "GKX", "TT"}, {"GK_GDVH"}),
        (date(2025, 7, 1), {"LDTT", "GDVH", "GKX", "TT", "CSTDCS", "TTLDTT", "THONVH"}, {"GK_GDVH", "GKH"}),
        (R5, {"LDTT", "GDVH", "GKX", "TT", "CSTDCS", "TTLDTT", "THONVH"}, {"GK_GDVH", "GKH"}),
    ],
)
def test_who_may_give_what(law: Law, day: date, decided: set[str], not_given: set[str]) -> None:
    assert codes(law, DECIDED, day) == decided
    assert codes(law, NOT_GIVEN, day) == not_given
    assert codes(law, PROPOSED, day) == law.awards.keys() - decided - not_given


def test_every_day_has_a_list_from_the_first_on(law: Law) -> None:
    first = listing.first_catalogue_day(law)
    assert first == date(2018, 7, 1)
    for day in (first, *listing.change_days(law), date(2099, 12, 31)):
        for code in law.awards:
            assert listing.award_parts(law, code, day) and listing.catalogue_entry(law, code, day).subjects
    with pytest.raises(NoValue):
        listing.catalogue_sections(law, first - timedelta(days=1))
    with pytest.raises(UnknownCode):
        listing.catalogue_entry(law, "KHONG", R3)


@pytest.mark.parametrize(
    ("award", "day", "money", "sure"),
    [
        ("GKX", R1, (230_000, 230_000, 450_000), (False, False, False)),  # 223.500 and 447.000, rounding not confirmed
        ("GKX", date(2023, 7, 1), (270_000, 270_000, 540_000), (True, False, True)),  # nothing to round
        ("GKX", R3, (710_000, 1_060_000, 1_410_000), (False, False, False)),
        ("CSTDCS", R3, (2_340_000,), (True,)),
        ("CSTDCS", R5, (2_530_000,), (False,)),  # the decree has lapsed
        ("GDVH", R3, (0,), (False,)),
        ("HCLD1", R3, (), ()),
        ("GKH", R3, (), ()),  # no longer given: no sums
    ],
)
def test_the_money_of_the_day(law: Law, award: str, day: date, money: tuple[int, ...], sure: tuple[bool, ...]) -> None:
    entry = listing.catalogue_entry(law, award, day)
    assert tuple(one.price.money.rounded for one in entry.sums) == money
    assert tuple(one.sure for one in entry.sums) == sure
    assert entry.pays is any(money)


def test_the_page_of_an_award_has_its_sections_and_the_general_rules(law: Law) -> None:
    titles = [part.title for part in listing.award_parts(law, "GKX", R3)]
    assert titles == ["Điều kiện", "Thẩm quyền", "Hội đồng", "Hồ sơ", "Tiền thưởng", "Mẫu, bảo quản"]
    assert [part.title for part in listing.award_parts(law, "TT", R3)] == ["Điều kiện", "Thẩm quyền"]
    shown = {award: shown_codes(law, award) for award in law.awards}
    with_initiative = {award for award, found in shown.items() if "initiative.once" in found}
    assert with_initiative == {"CSTDCS", "CSTDT", "CSTDTQ", "BKT"}
    assert "record.excluded" in shown["CSTDT"] and "record.excluded" not in shown["CSTDCS"]
    assert "base_salary" in shown["GKX"] and "base_salary" not in shown["HCLD1"]
    assert "CSTDCS.quota" in shown["CSTDCS"]


def shown_codes(law: Law, award: str) -> set[str]:
    """The questions that the page of an award answers under regime R3."""
    found: set[str] = set()
    for part in listing.award_parts(law, award, R3):
        found.update(line.value.code for line in part.shown)
    return found


@pytest.mark.parametrize(
    ("code", "subject", "day", "words"),
    [
        ("TTLDTT.ldtt_share", "collective", R1, ["Trên 50% cá nhân đạt Lao động tiên tiến."]),
        ("TTLDTT.ldtt_share", "collective", R3, ["Từ 70% cá nhân đạt Lao động tiên tiến."]),
        ("LDTT.months", "person", R1, ["Từ 10 tháng trở lên.", "Hỏi với: cán bộ, công chức, viên chức, cán bộ lãnh đạo, quản lý."]),
        ("CSTDTQ.chain", "person", R3, ["02 lần liên tục được tặng Chiến sĩ thi đua cấp tỉnh, mỗi lần cách nhau không quá 03 năm."]),
        ("COCP.chain", "collective", R3, ["Đã được tặng Cờ thi đua của Ủy ban nhân dân tỉnh trong năm xét hoặc năm liền trước."]),
        ("GKX.pending", "person", R3, []),
    ],
)  # fmt: skip
def test_conditions_show_their_figures(law: Law, code: str, subject: str, day: date, words: list[str]) -> None:
    assert condition_lines(law.value_on(code, day, subject).content, law, day) == words


def test_no_two_conditions_that_differ_read_the_same(law: Law) -> None:
    """Conditions with different parameters differ in label, weight or text."""
    tests_by_text: dict[str, dict[str, str]] = {}
    for value in shipped_statutes().values:
        if isinstance(value.content, dict) and "test" in value.content:
            label = value.content["label"]
            words = condition_lines(value.content, law, value.start)
            key = f"{value.code} {label} {value.content['weighs']} {words}"
            tests_by_text.setdefault(key, {})[repr(value.content["test"])] = value.code
    assert {key: tests for key, tests in tests_by_text.items() if len(tests) > 1} == {}


# ── merged lines ─────────────────────────────────────────────────────────────────────────────────


Answer = tuple[str, str, str, str, str, str]  # question, award, subject, kind, content, source


def read_back(law: Law, line: ValueLine, day: date) -> Iterator[Answer]:
    """The answers that the text of a line gives, one for each award, subject and kind of its scopes."""
    questions = {(law.codes[one.code].award, question_text(law, one)): law.codes[one.code] for one in law.all_on(day)}
    by_name = {law.award_name(code, day): code for code in law.awards}
    for scope in line.scopes or (LineScope((), ""),):
        labels = set(scope.cases.replace("; ", ", ").split(", "))
        for name in scope.awards or ("",):
            code = questions[by_name.get(name, ""), line.label]
            subjects = labelled(code.subjects, SUBJECT_LABELS, labels)
            kinds = labelled(code.kinds, KIND_LABELS, labels)
            for subject, kind in product(subjects, kinds):
                yield line.label, code.award, subject, kind, repr(line.value.content), line.value.source


def labelled(every: tuple[str, ...], names: dict[str, str], labels: set[str]) -> Sequence[str]:
    """The subjects (or kinds) whose names are among the labels; all of them when none is."""
    return [one for one in every if names[one] in labels] or every or ("",)


def test_merged_lines_are_exactly_the_values(law: Law) -> None:
    """Reading the lines back gives exactly the values: no award, subject or kind is missing or added."""
    for day in (R1, R3, R5):
        values = law.all_on(day)
        lines = merge_values(law, values, day)
        answers = {(question_text(law, one), repr(one.content), one.source) for one in values}
        assert 90 < len(lines) == len(answers) < len(values)  # no two lines give the same answer
        expected = {
            (question_text(law, one), law.codes[one.code].award, one.subject, one.kind, repr(one.content), one.source)
            for one in values
        }
        assert set(chain.from_iterable(read_back(law, line, day) for line in lines)) == expected


def test_scopes_are_exact(law: Law) -> None:
    day = R3
    pending = [value for value in law.all_on(day) if value.code.endswith(".pending")]
    lines = [scope.text for scope in line_scopes(law, pending, day)]
    assert len(lines) == 2 and lines[1].startswith("cá nhân, tập thể: ")
    assert "Giấy khen của Chủ tịch Ủy ban nhân dân xã" in lines[1]
    assert "Lao động tiên tiến" in lines[0] and "hộ gia đình" not in " ".join(lines)
    forms = [value for value in law.all_on(day) if value.code == "GKX.report_form" and value.content == "Mẫu số 05"]
    assert [scope.cases for scope in line_scopes(law, forms, day)] == ["cá nhân, hộ gia đình; công trạng"]


def test_search_needs_every_word_and_no_marks(law: Law) -> None:
    groups = value_groups(law, R4)
    found = search_groups(groups, "GIẤY KHEN xã dot xuat")
    assert found and all(isinstance(group, ValueGroup) and group.shown for group in found)
    labels = {line.label for line in chain.from_iterable(group.shown for group in found)}
    assert labels >= {"Thành phần hồ sơ", "Mẫu báo cáo thành tích"}
    assert search_groups(groups, "") == groups and search_groups(groups, "khongco") == []
    assert search_groups(groups, "152/2025") != []


# ── two days ─────────────────────────────────────────────────────────────────────────────────────


def rows(law: Law, a: date, b: date, award: str = "") -> list[comparison.ComparisonRow]:
    return comparison.all_rows(comparison.compare_days(law, a, b, award))


@pytest.mark.parametrize("award", ["", "GKX", "CSTDCS", "TT"])
def test_a_day_compared_with_itself_has_no_difference(law: Law, award: str) -> None:
    for day in (R1, R2, R3, R4, R5):
        assert {row.mark for row in rows(law, day, day, award)} == {"same"}


def test_swapped_days_swap_added_and_dropped(law: Law) -> None:
    mirror = {"added": "dropped", "dropped": "added"}
    for a, b in ((R1, R3), (R2, R3), (R3, R5)):
        there, back = (
            comparison.count_marks(comparison.compare_days(law, a, b)),
            comparison.count_marks(comparison.compare_days(law, b, a)),
        )
        assert there == {mark: back[mirror.get(mark, mark)] for mark in comparison.COMPARISON_MARKS}


@pytest.mark.parametrize(
    ("a", "award", "label", "old", "new"),
    [
        (date(2026, 6, 30), "GKX", "Mức lương cơ sở", "2.340.000 đồng", "2.530.000 đồng"),
        (date(2025, 6, 30), "CSTDCS", "Người quyết định", "Chủ tịch Ủy ban nhân dân huyện", "Chủ tịch Ủy ban nhân dân xã"),
        (date(2023, 12, 31), "CSTDCS", "Tỷ lệ khống chế", "Không quá 15% số người đạt Lao động tiên tiến", "Không khống chế"),
        (date(2023, 12, 31), "CSTDCS", "Có sáng kiến hoặc đề tài → Hoàn thành xuất sắc nhiệm vụ hoặc có sáng kiến, đề tài", "Bắt buộc", "Bắt buộc"),
        (date(2023, 12, 31), "TTLDTT", "Tỷ lệ cá nhân đạt Lao động tiên tiến", "Bắt buộc", "Bắt buộc"),
    ],
)  # fmt: skip
def test_changes_from_one_day_to_the_next(law: Law, a: date, award: str, label: str, old: str, new: str) -> None:
    row = next(row for row in rows(law, a, a + timedelta(days=1), award) if row.label == label)
    assert (row.mark, row.word, row.old.lines[0], row.new.lines[0]) == ("changed", "đổi nội dung", old, new)
    assert row.old.lines != row.new.lines


def test_registering_is_dropped_and_money_follows_the_salary(law: Law) -> None:
    overnight = rows(law, date(2023, 12, 31), date(2024, 1, 1), "LDTT")
    assert [row.mark for row in overnight if row.label == "Đăng ký tham gia thi đua"] == ["dropped"]
    july = rows(law, date(2026, 6, 30), date(2026, 7, 1), "GKX")
    assert {row.label for row in july if row.mark != "same"} == {"Mức lương cơ sở", "Hệ số tiền thưởng"}
    person = next(row for row in july if row.cases == "cá nhân" and row.label == "Hệ số tiền thưởng")
    assert person.new.lines[1] == "0,3 × 2.530.000 = 759.000 → 760.000 đồng"


def test_a_copy_that_needs_review_is_no_difference_but_losing_confirmation_is(law: Law) -> None:
    assert {row.mark for row in rows(law, date(2026, 9, 30), date(2026, 10, 1))} == {"same"}
    lapsed = rows(law, date(2027, 2, 28), date(2027, 3, 1), "CSTDCS")
    marks = {row.label: row.mark for row in lapsed}
    assert marks["Hệ số tiền thưởng"] == "cited" and not next(r for r in lapsed if r.mark == "cited").new.confirmed


def test_chapters_show_the_most_important_rows_first(law: Law) -> None:
    for chapter in comparison.compare_days(law, R1, R3):
        marks = [list(comparison.COMPARISON_MARKS).index(row.mark) for row in chapter.rows]
        assert marks == sorted(marks)
        assert len(chapter.loud) + len(chapter.quiet) + len(chapter.same) == len(chapter.rows)


def test_the_changes_of_an_award_are_complete(law: Law) -> None:
    """On each day of change something differs from the day before, on other days nothing."""
    for code in law.awards:
        change_days = {change.day for change in comparison.award_changes(law, code)}
        for day in listing.change_days(law)[1:]:
            marks = {row.mark for row in rows(law, day - timedelta(days=1), day, code)}
            assert (marks != {"same"}) == (day in change_days), (code, day)


def test_the_period_without_changes(law: Law) -> None:
    days = listing.change_days(law)
    assert listing.unchanged_period(days, R4) == (date(2026, 10, 1), date(2027, 2, 28))
    assert listing.unchanged_period(days, date(2018, 7, 1)) == (date(2018, 7, 1), date(2019, 6, 30))
    assert listing.unchanged_period(days, date(2050, 1, 1)) == (date(2027, 3, 1), None)


def test_regimes_by_day() -> None:
    found = [regime_on(day) for day in (R1, R2, R3, R4, R5)]
    assert [one and one.code for one in found] == ["R1", "R2", "R3", "R4", "R5"]
    assert regime_on(date(2018, 6, 30)) is None
