"""Rules of consent. Pure."""

ADULT_AGE = 18


def may_be_minor(birth_year: int | None, year: int) -> bool:
    """Whether somebody born in that year may still be under 18 in this one; only the year of birth is known."""
    return birth_year is not None and year - birth_year <= ADULT_AGE
