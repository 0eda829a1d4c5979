"""Horizontal bars with their labels to the left, for papers: as wide as the text of a page and half as high as `bars`."""

from dataclasses import dataclass

from emulation.core.charts.bars import Bar
from emulation.core.charts.svg import (
    INK,
    RED,
    WIDTH,
    Shape,
    Svg,
    frame,
    join,
    line,
    number_width,
    rectangle,
    scaled,
    text_at,
    wrapped,
)
from emulation.core.formatting import format_vnd

LABEL_WIDTH = 290
LINE_HEIGHT = 16
BAR_HEIGHT = 11
SPACE_ABOVE = 6
"""Between the title of the chart, which is a line of the paper, and the first bar."""
GAP = 3
"""Closer than on a screen, so that the three charts of a quarter fit one page."""


@dataclass(frozen=True)
class LabelledBarChart:
    """`largest`: the value of a bar of full length, for charts on one scale; 0: the largest value here."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    largest: int = 0
    font: str = ""

    @property
    def description(self) -> str:
        """All figures in words."""
        return "; ".join(f"{bar.label}: {format_vnd(bar.value)}" for bar in self.bars) + "."

    def lengths(self) -> list[float]:
        """The length of each bar, in the units of the image."""
        values = [*(bar.value for bar in self.bars), self.largest]
        available = WIDTH - max(number_width(format_vnd(value)) for value in values) - 12
        return scaled(values, available)[:-1]

    @property
    def svg(self) -> Svg:
        """The chart as SVG."""
        parts = []
        top = float(SPACE_ABOVE)
        for bar, length in zip(self.bars, self.lengths(), strict=True):
            shape = _row(bar, length)
            parts.append(shape.moved(top))
            top += shape.height + GAP
        parts.append(line(f"M{LABEL_WIDTH - 0.5} {SPACE_ABOVE}V{top - GAP}", stroke=INK))
        return frame(self.key, self.title, self.description, top - GAP + 1, parts, self.font, width=LABEL_WIDTH + WIDTH)


def _row(bar: Bar, length: float) -> Shape:
    """The whole label, the bar in the middle of its lines, the number after it."""
    words = wrapped(bar.label, LABEL_WIDTH - 8)
    height = LINE_HEIGHT * len(words)
    parts = [text_at(0, LINE_HEIGHT * place + 12, text) for place, text in enumerate(words)]
    middle = height / 2
    if bar.value:
        parts.append(rectangle(LABEL_WIDTH, middle - BAR_HEIGHT / 2, length, BAR_HEIGHT, fill=RED))
    parts.append(text_at(LABEL_WIDTH + length + 6, middle + 5, format_vnd(bar.value), bold=True))
    return Shape(join(parts), height)
