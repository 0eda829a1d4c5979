"""Names of awards as papers print them: titles with their years, forms without, places filled in."""

import pytest

from commendations.rules.award_names import AwardName, default_title_achievement, with_place_names, years_in_words

TITLE = AwardName("LDTT", "Lao động tiên tiến", title=True)
FLAG = AwardName("COCP", "Cờ thi đua của Chính phủ", title=True)
FORM = AwardName("GKX", "Giấy khen của Chủ tịch Ủy ban nhân dân xã", title=False)
PLACES = {"name": "xã Bình Lương", "district": "huyện Như Xuân", "province": "tỉnh Thanh Hóa"}


def test_a_title_is_named_with_its_years() -> None:
    assert TITLE.in_full(2026) == "danh hiệu Lao động tiên tiến năm 2026"
    assert TITLE.in_full(2026, 2025) == "danh hiệu Lao động tiên tiến các năm 2025, 2026"
    assert TITLE.in_short(2026) == TITLE.in_full(2026) and TITLE.short == "Lao động tiên tiến"
    assert TITLE.quoted(2026) == "danh hiệu “Lao động tiên tiến” năm 2026"
    assert TITLE.in_full() == "danh hiệu Lao động tiên tiến"


def test_a_flag_is_not_called_a_title() -> None:
    assert FLAG.in_full(2026) == "Cờ thi đua của Chính phủ năm 2026"
    assert FLAG.quoted(2026) == "Cờ thi đua của Chính phủ năm 2026"


def test_a_form_has_no_year_and_a_short_name() -> None:
    assert FORM.in_full(2026) == FORM.name and FORM.quoted(2026) == FORM.name
    assert FORM.short == "Giấy khen" and FORM.in_short(2026) == "Giấy khen"


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("Chủ tịch Ủy ban nhân dân xã", "Chủ tịch Ủy ban nhân dân xã Bình Lương"),
        ("Chủ tịch Ủy ban nhân dân huyện", "Chủ tịch Ủy ban nhân dân huyện Như Xuân"),
        ("Chủ tịch Ủy ban nhân dân tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Thanh Hóa"),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        ("Ủy ban nhân dân xã khác", "Ủy ban nhân dân xã khác"),
    ],
)
def test_the_name_of_the_place_completes_the_body(text: str, completed: str) -> None:
    assert with_place_names(text, **PLACES) == completed


def test_an_unknown_place_leaves_the_name_as_it_is() -> None:
    assert with_place_names("Ủy ban nhân dân tỉnh", name="xã Bình Lương", province="") == "Ủy ban nhân dân tỉnh"
    assert FORM.with_places(**PLACES).name == "Giấy khen của Chủ tịch Ủy ban nhân dân xã Bình Lương"
    assert FORM.with_places(**PLACES).code == "GKX"


@pytest.mark.parametrize(
    ("years", "words"), [([], ""), ([2026], "năm 2026"), ([2026, 2024, 2026], "các năm 2024, 2026")]
)
def test_years_in_words(years: list[int], words: str) -> None:
    assert years_in_words(years) == words


def test_the_default_text_of_a_title() -> None:
    assert default_title_achievement(2026, "LDTT") == "xuất sắc trong phong trào thi đua năm 2026"
    assert default_title_achievement(2026, "GDVH") == "đạt tiêu chuẩn gia đình văn hóa năm 2026"
