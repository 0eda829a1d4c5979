"""Rules of choosing, publishing and asking for consent. Pure."""

import re

GIST = 160
ADULT = 18
PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")
ID_NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)")
BORN = re.compile(r"\b(?:sinh năm|năm sinh|sinh ngày|ngày sinh|sn)\b[ :]*(?:\d|$)", re.IGNORECASE)


def months_of(quarter: int) -> tuple[int, int, int]:
    """The months of a quarter: 4 -> (10, 11, 12)."""
    first = quarter * 3 - 2
    return first, first + 1, first + 2


def quarter_of(month: int) -> int:
    """The quarter in which a month lies."""
    return (month + 2) // 3


def gist(deed: str, most: int = GIST) -> str:
    """The first sentence of what was told, for one cell of a list; cut at a word when it is long."""
    text = " ".join(deed.split())
    first = re.split(r"(?<=\w)[.!?]\s+", text, maxsplit=1)[0].rstrip(" .!?;,")
    if len(first) <= most:
        return first
    return first[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def private_marks(text: str) -> list[str]:
    """What must not stand on a public page: telephone numbers, numbers of identity cards, years of birth."""
    found = []
    if PHONE.search(text):
        found.append("số điện thoại")
    if ID_NUMBER.search(PHONE.sub("", text)):
        found.append("số căn cước")
    if BORN.search(text):
        found.append("năm sinh")
    return found


def may_be_minor(birth_year: int | None, year: int) -> bool:
    """Whether somebody born in that year may still be under 18 in this one; only the year of birth is known."""
    return birth_year is not None and year - birth_year <= ADULT
