"""Parts of charts: the frame, text, rectangles, colours and lengths. All text is escaped here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Number = int | Decimal

WIDTH = 330
TEXT_SIZE = 15
LINE_HEIGHT = 19
CHARACTER_WIDTH = TEXT_SIZE * 0.5
"""On average, in the fonts of the pages and of the papers; text is broken by it."""

INK = "#2b211b"
SOFT = "#64564a"
EDGE = "#8f8168"
SHADE = "#f3ecdd"
RED = "#8c1c20"
GOOD = "#29633a"
GOLD = "#765611"
BAD = "#a3200d"
WHITE = "#ffffff"


@dataclass(frozen=True)
class Shape:
    """A drawn part with its height; parts are stacked by the charts."""

    markup: SafeString
    height: float

    def moved(self, top: float) -> SafeString:
        """The shape this far below the top of the image."""
        return format_html('<g transform="translate(0 {})">{}</g>', length_text(top), self.markup)


def frame(
    key: str, title: str, description: str, height: float, parts: Iterable[SafeString], font: str = ""
) -> SafeString:
    """The SVG image; `key` makes the ids of title and description unique on the page. `font`: as the page if empty."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{0}-ten" '
        'aria-describedby="{0}-loi" viewBox="0 0 {1} {2}" width="{1}" height="{2}" font-size="{3}"{7}>'
        '<title id="{0}-ten">{4}</title><desc id="{0}-loi">{5}</desc>{6}</svg>',
        key, WIDTH, length_text(height), TEXT_SIZE, title, description, join(parts),
        format_html(' font-family="{}"', font) if font else "",
    )  # fmt: skip


def join(parts: Iterable[SafeString]) -> SafeString:
    """The parts one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))


def text_at(x: float, y: float, words: str, *, fill: str = INK, bold: bool = False, anchor: str = "start") -> SafeString:
    """One line of text; `y` is its base line."""
    return format_html(
        '<text x="{}" y="{}" fill="{}" font-weight="{}" text-anchor="{}">{}</text>',
        length_text(x), length_text(y), fill, 600 if bold else 400, anchor, words,
    )  # fmt: skip


def text_with_number(x: float, y: float, words: str, number: str) -> SafeString:
    """One line of text with a bold number after it."""
    return format_html(
        '<text x="{}" y="{}" fill="{}">{} <tspan font-weight="600" dx="4">{}</tspan></text>',
        length_text(x), length_text(y), INK, words, number,
    )  # fmt: skip


def rectangle(x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none") -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"/>',
        length_text(x), length_text(y), length_text(width), length_text(height), fill, stroke,
    )  # fmt: skip


def line(path: str, *, stroke: str, width: float = 1, dashes: str = "none") -> SafeString:
    """A path without filling."""
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}"/>',
        path, stroke, length_text(width), dashes,
    )  # fmt: skip


def length_text(length: float) -> str:
    """A length with at most two decimals; a point whatever the language of the page."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


def text_width(words: str) -> float:
    """About how wide the words are."""
    return len(words) * CHARACTER_WIDTH


def number_width(number: str) -> float:
    """How wide a bold number is at most: digits are wider than the average letter."""
    return len(number) * TEXT_SIZE * 0.57


def wrapped(words: str, width: float, lines: int) -> list[str]:
    """The words in at most so many lines of this width; what is left out is replaced by "…"."""
    return wrap(words, max(4, int(width / CHARACTER_WIDTH)), max_lines=lines, placeholder=" …") or [""]


def scaled(values: Sequence[Number], room: float) -> list[float]:
    """The lengths of the values from zero, the largest as long as the room; all 0 if no value is positive."""
    lengths = [max(0.0, float(value)) for value in values]
    largest = max(lengths, default=0)
    return [room * length / largest if largest > 0 else 0.0 for length in lengths]
