"""Which birth years are possible; the person of a deed is named in one way."""

import pytest

from villages.rules.people import birth_year_fault, with_one_subject


@pytest.mark.parametrize("year", [None, 1906, 1980, 2026])
def test_possible_birth_years(year: int | None) -> None:
    assert birth_year_fault(year, 2026) is None


@pytest.mark.parametrize("year", [1905, 2027])
def test_impossible_birth_years_have_a_reason(year: int) -> None:
    assert birth_year_fault(year, 2026) == "Năm sinh phải từ 1906 đến 2026."


@pytest.mark.parametrize(
    ("text", "formal"),
    [
        ("Chị Xuân đi bộ 6 km. chị Xuân về.", "Bản thân đi bộ 6 km. Bản thân về."),
        ("Đêm mưa, chị Vi Thị Xuân đi bộ", "Đêm mưa, bản thân đi bộ"),
        ("Gia đình chị Xuân hiến đất", "Gia đình hiến đất"),
        ("Hộ nhà bà Xuân hiến đất", "Gia đình hiến đất"),
        ("Giúp chị Xuân Lan và chị Xuânn", "Giúp chị Xuân Lan và chị Xuânn"),
        ("Cùng anh Thành đắp đường", "Cùng anh Thành đắp đường"),
        ("Ngày xuân, cả thôn vui", "Ngày xuân, cả thôn vui"),
    ],
)
def test_a_deed_names_its_person_in_one_way(text, formal):
    assert with_one_subject(text, "Vi Thị Xuân", "bản thân", "gia đình") == formal
