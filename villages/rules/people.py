"""Whether a birth year is possible. Pure."""


def birth_year_fault(year: int | None, this_year: int) -> str | None:
    """Why a birth year is impossible, or None."""
    if year is None or this_year - 120 <= year <= this_year:
        return None
    return f"Năm sinh phải từ {this_year - 120} đến {this_year}."
