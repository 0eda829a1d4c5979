"""Parts of charts: the frame, text, rectangles, colours and lengths. All text is escaped here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from textwrap import wrap

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

NOT_YET = "…"
"""For what is not there yet, in every chart, as in the tables of the statistics office; "–" is an answer "none"."""


class Svg(str):
    """SVG markup: templates and `element` do not escape it again."""

    __slots__ = ()

    def __html__(self) -> "Svg":
        return self


def element(name: str, *parts: str, **attributes: str | float) -> Svg:
    """An element; text among its parts and its attributes is escaped. "_" in the name of an attribute is written "-"."""
    words = "".join(f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"' for key, value in attributes.items())
    inside = "".join(part if isinstance(part, Svg) else escape(part) for part in parts)
    return Svg(f"<{name}{words}>{inside}</{name}>")


def _attribute(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else length_text(value)


@dataclass(frozen=True)
class Shape:
    """A drawn part with its height; parts are stacked by the charts."""

    markup: Svg
    height: float

    def moved(self, top: float) -> Svg:
        """The shape this far below the top of the image."""
        return element("g", self.markup, transform=f"translate(0 {length_text(top)})")


def frame(
    key: str, title: str, description: str, height: float, parts: Iterable[Svg], font: str = "", *, width: int = WIDTH
) -> Svg:
    """The SVG image; `key` makes the ids of title and description unique on the page. `font`: as the page if empty."""
    return element(
        "svg",
        element("title", title, id=f"{key}-ten"),
        element("desc", description, id=f"{key}-loi"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart",
        role="img",
        aria_labelledby=f"{key}-ten",
        aria_describedby=f"{key}-loi",
        viewBox=f"0 0 {width} {length_text(height)}",
        width=width,
        height=height,
        font_size=TEXT_SIZE,
        **({"font_family": font} if font else {}),
    )


def join(parts: Iterable[Svg]) -> Svg:
    """The parts one after another."""
    return Svg("".join(parts))


def text_at(x: float, y: float, words: str, *, fill: str = INK, bold: bool = False, anchor: str = "start") -> Svg:
    """One line of text; `y` is its base line."""
    return element("text", words, x=x, y=y, fill=fill, font_weight=600 if bold else 400, text_anchor=anchor)


def text_with_number(x: float, y: float, words: str, number: str) -> Svg:
    """One line of text with a bold number after it."""
    return element("text", f"{words} ", element("tspan", number, font_weight=600, dx=4), x=x, y=y, fill=INK)


def rectangle(x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none") -> Svg:
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=stroke)


def line(path: str, *, stroke: str, width: float = 1) -> Svg:
    """A path without filling."""
    return element("path", d=path, fill="none", stroke=stroke, stroke_width=width)


def length_text(length: float) -> str:
    """A length with at most two decimals; a point whatever the language of the page."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


def words_width(words: str) -> float:
    """About how wide the words are."""
    return len(words) * CHARACTER_WIDTH


def number_width(number: str) -> float:
    """How wide a bold number is at most: digits are wider than the average letter."""
    return len(number) * TEXT_SIZE * 0.57


def wrapped(words: str, width: float) -> list[str]:
    """The words in lines of this width, whole: numbers such as "01/QĐ-UBND" are not broken at their hyphen."""
    return wrap(words, max(4, int(width / CHARACTER_WIDTH)), break_on_hyphens=False) or [""]


def scaled(values: Sequence[Number], available: float) -> list[float]:
    """The lengths of the values from zero, the largest as long as what is available; all 0 if no value is positive."""
    lengths = [max(0.0, float(value)) for value in values]
    largest = max(lengths, default=0)
    return [available * length / largest if largest > 0 else 0.0 for length in lengths]
