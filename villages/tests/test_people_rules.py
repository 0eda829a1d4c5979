"""Which birth years are possible."""

import pytest

from villages.rules.people import birth_year_fault


@pytest.mark.parametrize("year", [None, 1906, 1980, 2026])
def test_possible_birth_years(year: int | None) -> None:
    assert birth_year_fault(year, 2026) is None


@pytest.mark.parametrize("year", [1905, 2027])
def test_impossible_birth_years_have_a_reason(year: int) -> None:
    assert birth_year_fault(year, 2026) == "Năm sinh phải từ 1906 đến 2026."
