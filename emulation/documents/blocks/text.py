"""Text helpers for papers: numbering and punctuation of lists as the decree prescribes."""

from emulation.core.errors import RuleBroken

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Letters of points (điểm) in Vietnamese order: a b c d đ e g …"""


class InvalidPaper(RuleBroken):
    """The content of the paper is not valid; the message is in Vietnamese."""


def point_letter(n: int) -> str:
    """The letter of the n-th point, from 1: a, b, c, d, đ, e, g, …"""
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
            out += sign
            n -= value
    return out


def punctuated_items(items: tuple[str, ...]) -> tuple[str, ...]:
    """The items with ";" after each and "." after the last; their own dashes and punctuation are removed."""
    texts = [item.lstrip("-–• ").rstrip(" ;.,") for item in items]
    return tuple(text + (";" if i < len(texts) - 1 else ".") for i, text in enumerate(texts))


def with_full_stop(text: str) -> str:
    """The text with a full stop at the end; "" stays empty, for the dots that are filled in by hand."""
    text = text.rstrip(" .;")
    return f"{text}." if text else ""


def with_end_mark(text: str) -> str:
    """The text with "./." at the end, as in the last sentence of an official paper."""
    return text.rstrip(" .;/") + "./."
