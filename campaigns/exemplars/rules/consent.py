"""Whether a person may be a minor, so that somebody else has to consent. Pure."""

ADULT_AGE = 18


def may_be_minor(birth_year: int | None, year: int) -> bool:
    """Whether a person born in `birth_year` may be under 18 at some time of `year`; the day of birth is not known."""
    return birth_year is not None and year - birth_year <= ADULT_AGE
