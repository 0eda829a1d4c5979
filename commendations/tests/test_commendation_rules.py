"""Rules of nominations and sessions: texts, past awards, vote tallies."""

from datetime import date

import pytest

from commendations.rules.past_awards import PastAwardLine, parse_past_award, past_award_tables
from commendations.rules.wording import (
    achievement_period,
    certificate_about,
    deed_with_result,
    default_achievement,
    recipient_in_sentence,
)


def test_default_achievement_follows_field_and_period():
    assert (
        default_achievement("Quốc phòng, an ninh trật tự", "tháng 10 năm 2026")
        == "xuất sắc trong phong trào thi đua bảo vệ an ninh trật tự tháng 10 năm 2026"
    )
    assert (
        default_achievement("Phát triển kinh tế", "quý IV năm 2026")
        == "xuất sắc trong phong trào thi đua phát triển kinh tế quý IV năm 2026"
    )
    assert (
        default_achievement("Lĩnh vực khác", "quý IV năm 2026") == "xuất sắc trong phong trào thi đua quý IV năm 2026"
    )
    assert default_achievement("", "") == "xuất sắc trong phong trào thi đua"


@pytest.mark.parametrize(
    ("recipient", "place", "sentence"),
    [
        ("Bà Đỗ Thị Êm", "Điều dưỡng, Trạm Y tế xã Bình Lương", "bà Đỗ Thị Êm, điều dưỡng Trạm Y tế xã Bình Lương"),
        ("Ông Vi Văn Thành", "Nông dân, Thôn 1, xã Bình Lương", "ông Vi Văn Thành, nông dân, Thôn 1, xã Bình Lương"),
        ("Vi Văn Thành", "Trưởng Thôn 2, xã Bình Lương", "Vi Văn Thành, Trưởng Thôn 2, xã Bình Lương"),
        ("Hộ gia đình Lê Văn Bảy", "Thôn 2, xã Bình Lương", "hộ gia đình Lê Văn Bảy, Thôn 2, xã Bình Lương"),
        ("Tập thể Thôn 2", "Xã Bình Lương", "tập thể Thôn 2, xã Bình Lương"),
        ("Tập thể Trạm Y tế xã Bình Lương", "", "tập thể Trạm Y tế xã Bình Lương"),
        ("Bà Lê Thị Ý", "Phó Chủ tịch UBND xã Bình Lương", "bà Lê Thị Ý, Phó Chủ tịch UBND xã Bình Lương"),
    ],
)
def test_a_recipient_inside_a_sentence(recipient, place, sentence):
    assert recipient_in_sentence(recipient, place) == sentence


def test_deed_with_result():
    assert (
        deed_with_result("Hiến đất làm đường.", "Mở rộng 200 m đường.")
        == "Hiến đất làm đường.\nKết quả: mở rộng 200 m đường."
    )
    assert deed_with_result("Hiến đất.", "UBND xã biểu dương.") == "Hiến đất.\nKết quả: UBND xã biểu dương."
    assert deed_with_result("Hiến đất.", "") == "Hiến đất."


def test_achievement_period():
    assert (achievement_period("month", 2024, 2).starts_on, achievement_period("month", 2024, 2).ends_on) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
    )
    assert (achievement_period("quarter", 2026, 4).starts_on, achievement_period("quarter", 2026, 4).ends_on) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )


def test_past_awards_are_parsed_from_any_punctuation():
    assert parse_past_award("2024; Giấy khen; QĐ số 12/QĐ-UBND ngày 05/02/2024") == PastAwardLine(
        "2024", "Giấy khen", "QĐ số 12/QĐ-UBND ngày 05/02/2024"
    )
    assert parse_past_award("Năm 2023: Gia đình văn hóa") == PastAwardLine("2023", "Gia đình văn hóa")
    assert parse_past_award("Giấy khen | Chủ tịch UBND huyện, 2021").year == "2021"


def test_a_year_alone_or_before_the_name():
    assert parse_past_award("2024; Giấy khen; Quyết định số 12; ghi chú") == PastAwardLine(
        "2024", "Giấy khen", "Quyết định số 12; ghi chú"
    )
    assert parse_past_award("Năm 2024 Giấy khen; Quyết định số 12").decision == "Quyết định số 12"
    assert parse_past_award("2024 Giấy khen; Quyết định số 12") == PastAwardLine(
        "2024", "Giấy khen", "Quyết định số 12"
    )


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("Quyết định số 6/QĐ-UBND ngày 18/8/2025", 1),
        ("Quyết định số 06/QĐ-UBND ngày 18/08/2025 của Chủ tịch UBND xã", 1),
        ("Quyết định số 60/QĐ-UBND ngày 18/8/2025", 2),
        ("Quyết định số 06/QĐ-UBND ngày 18/8/2020", 2),
    ],
)
def test_an_award_that_was_typed_and_is_in_the_register_is_listed_once(typed, rows):
    registered = PastAwardLine(
        "2025", "Giấy khen", "Quyết định số 06/QĐ-UBND ngày 18/08/2025 của Chủ tịch Ủy ban nhân dân"
    )
    _, forms = past_award_tables(f"2025; Giấy khen; {typed}", (registered,))
    assert len(forms) == rows


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("14/06/2024", "14/6/2024"),
        ("5/2/2024", "05/02/2024"),
        ("05/02/2024", "05/02/2024"),
        ("18/12/2024", "18/12/2024"),
    ],
)
def test_days_of_past_awards_are_printed_in_one_way(typed, printed):
    ((_, _, decision),) = [
        row.row for row in past_award_tables(f"2024; Giấy khen; QĐ số 12/QĐ-UBND ngày {typed} của xã")[1]
    ]
    assert decision == f"QĐ số 12/QĐ-UBND ngày {printed} của xã"
    assert past_award_tables("2024; Giấy khen; số 1/2/2024/QĐ-UBND")[1][0].row[2] == "số 1/2/2024/QĐ-UBND"


def test_past_award_tables_split_titles_and_forms_by_year():
    typed = "2024; Giấy khen; số 1\n2022; Lao động tiên tiến; số 2\n\n2023; Gia đình văn hóa"
    titles, forms = past_award_tables(
        typed, (PastAwardLine("2020", "Giấy khen", "số 9"), PastAwardLine("2024", "Giấy khen", "số 1"))
    )
    assert [row.year for row in titles] == ["2022", "2023"]
    assert [row.row for row in forms] == [("2020", "Giấy khen", "số 9"), ("2024", "Giấy khen", "số 1")]


@pytest.mark.parametrize(
    ("place", "mark", "about"),
    [
        ("Nông dân, Thôn 1", "", "Nông dân, Thôn 1"),
        ("Nông dân, Thôn 1", "sinh năm 1955", "Sinh năm 1955, nông dân, Thôn 1"),
        ("Thôn 1", "sinh ngày 02/03/1985 – nam", "Sinh ngày 02/03/1985 – nam, Thôn 1"),
        ("Nông dân, Thôn 1", "hộ Lò Văn A – xóm 2", "Hộ Lò Văn A – xóm 2, nông dân, Thôn 1"),
        ("Giáo viên, Trường Tiểu học", "giáo viên", "Giáo viên, Trường Tiểu học"),
        ("Nông dân, Thôn 1", "nam", "Nông dân, Thôn 1"),
        ("", "sinh năm 1955", "Sinh năm 1955"),
    ],
)
def test_the_line_below_the_name_distinguishes_namesakes(place, mark, about):
    assert certificate_about(place, mark) == about
