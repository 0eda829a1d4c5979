"""Character widths of Times New Roman (the same in Tinos), for breaking lines and measuring rules without an engine."""

import unicodedata
from functools import lru_cache
from math import inf

_REGULAR = {
    180: "'", 200: "|", 250: " ,.", 278: "/:;\\ijlt", 300: "²", 333: "!()-I[]`fr‘’", 389: "Js", 400: "°", 408: '"',
    444: "?acez“”", 469: "^", 480: "{}", 500: "#$*0123456789_bdghknopquvxyđ–", 529: "ơ", 541: "~", 542: "ư", 549: "≥≤",
    556: "FPS", 564: "+<=>×", 611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYwĐƠ", 776: "Ư", 778: "&m", 833: "%", 889: "M",
    921: "@", 944: "W", 1000: "—…",
}  # fmt: skip
_BOLD = {
    220: "|", 250: " ,.", 278: "'/\\il", 300: "²", 333: "!()-:;[]`fjt‘’", 389: "Is", 394: "{}", 400: "°", 444: "cerz",
    500: "#$*0123456789?J_agovxy–“”", 520: "~", 549: "≥≤", 554: "ơ", 555: '"', 556: "Sbdhknpquđ", 570: "+<=>×", 581: "^",
    600: "ư", 611: "FP", 667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQƠ", 796: "Ư", 833: "&m", 930: "@", 944: "M",
    1000: "%W—…",
}  # fmt: skip


def _widths_by_character(table: dict[int, str]) -> dict[str, int]:
    widths: dict[str, int] = {}
    for width, characters in table.items():
        widths.update(dict.fromkeys(characters, width))
    return widths


_WIDTHS = {False: _widths_by_character(_REGULAR), True: _widths_by_character(_BOLD)}  # by whether bold
SPACE = 0.25
"""Width of a space in em."""
HORN = "\u031b"
KEPT_SPACE = "\ue000"
"""Private-use character for a space at which no line breaks; `balanced_lines` returns it as a space."""


@lru_cache(maxsize=4096)
def _char_width(ch: str, bold: bool) -> int:
    if ch == KEPT_SPACE:
        return _WIDTHS[bold][" "]
    parts = unicodedata.normalize("NFD", ch)
    base = unicodedata.normalize("NFC", parts[0] + HORN) if HORN in parts else parts[0]
    return _WIDTHS[bold].get(base, 600)


def text_width(text: str, bold: bool = False) -> float:
    """Width of one line of text in em (multiply by the font size in points)."""
    return sum(_char_width(ch, bold) for ch in text) / 1000


@lru_cache(maxsize=1024)
def balanced_lines(text: str, limit: float, bold: bool = False) -> tuple[str, ...]:
    """The text in the fewest lines that fit `limit` em, of similar lengths; existing line breaks are kept."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines += _balance(part, limit, bold)
    return tuple(lines)


def _balance(text: str, limit: float, bold: bool) -> list[str]:
    lines = _wrap(text, limit, bold)
    if len(lines) < 2:
        return lines
    # Binary search for the narrowest limit that needs no more lines.
    low = text_width(text, bold) / len(lines)
    high = limit
    for _ in range(12):
        middle = (low + high) / 2
        if len(_wrap(text, middle, bold)) > len(lines):
            low = middle
        else:
            high = middle
    return _wrap(text, high, bold)


def _wrap(text: str, limit: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.replace(" - ", f"{KEPT_SPACE}- ").split(" "):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, bold) > limit:
            lines.append(line)
            line = word
        else:
            line = longer
    return [part.replace(KEPT_SPACE, " ") for part in (*lines, line)]


def widest_space(text: str, limit: float, indent: float = 0) -> float:
    """The widest space (em) when the text is justified in lines of `limit` em, the first `indent` em shorter.

    The last line is not justified. Every space of a line is stretched alike, KEPT_SPACE too; infinite for a line without.
    """
    widest = 0.0
    lines = _justified_lines(text, limit, indent)
    for number, line in enumerate(lines[:-1]):
        spaces = line.count(" ") + line.count(KEPT_SPACE)
        free = limit - (indent if number == 0 else 0) - text_width(line)
        widest = max(widest, SPACE + free / spaces if spaces else inf)
    return widest


def _justified_lines(text: str, limit: float, indent: float) -> list[str]:
    """The text in lines of `limit` em, each as full as it can be, the first `indent` em shorter."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and text_width(longer) > limit - (indent if len(lines) == 1 else 0):
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def fitted_lines(
    text: str, sizes: tuple[int, ...], width: float, lines: int = 1, bold: bool = False
) -> tuple[int, tuple[str, ...]]:
    """The largest of `sizes` (points, descending) at which the text fits `lines` lines of `width` points, and its lines.

    The smallest size if none fits.
    """
    for size in sizes:
        broken = balanced_lines(text, width / size, bold)
        if len(broken) <= lines:
            return size, broken
    return sizes[-1], balanced_lines(text, width / sizes[-1], bold)
