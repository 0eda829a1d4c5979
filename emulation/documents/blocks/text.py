"""Text on paper: cleaned at the door, listed with the letters and marks that the decree prescribes."""

from emulation.core.errors import RuleBroken
from emulation.core.text import clean_lines as tidy

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Letters of points (điểm) in Vietnamese order: a b c d đ e g …"""


__all__ = [
    "POINT_LETTERS",
    "InvalidPaper",
    "point_letter",
    "punctuated_items",
    "roman_numeral",
    "tidy",
    "with_end_mark",
]


class InvalidPaper(RuleBroken):
    """The paper cannot be made as asked; the message is plain Vietnamese."""


def point_letter(n: int) -> str:
    """The letter of the nth point, from 1: a, b, c, d, đ, e, g, …"""
    if not 1 <= n <= len(POINT_LETTERS):
        raise InvalidPaper(f"Một khoản có tối đa {len(POINT_LETTERS)} điểm.")
    return POINT_LETTERS[n - 1]


def roman_numeral(n: int) -> str:
    """1 -> I, 4 -> IV; for parts, chapters and appendices."""
    if not 1 <= n <= 3999:
        raise InvalidPaper("Số La Mã phải từ 1 đến 3999.")
    out = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while n >= value:
            out, n = out + sign, n - value
    return out


def punctuated_items(items: tuple[str, ...]) -> tuple[str, ...]:
    """Items of a list with ";" after each and "." after the last, whatever they came with."""
    bare = [item.lstrip("-–• ").rstrip(" ;.,") for item in items]
    return tuple(text + (";" if i < len(bare) - 1 else ".") for i, text in enumerate(bare))


def with_end_mark(text: str) -> str:
    """The text closed with "./.", as the last sentence of an official paper is."""
    return text.rstrip(" .;/") + "./."
