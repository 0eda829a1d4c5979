"""Horizontal bars, one a label, with an optional second bar of the time before."""

from collections.abc import Callable
from dataclasses import dataclass

from emulation.core.charts.svg import (
    EDGE,
    INK,
    LINE_HEIGHT,
    RED,
    SHADE,
    SOFT,
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
    text_with_number,
    words_width,
    wrapped,
)
from emulation.core.formatting import format_vnd

BAR_HEIGHT = 14
SECOND_HEIGHT = 14
GAP = 10


@dataclass(frozen=True)
class Bar:
    """`before`: the figure of the time before, None for a chart that does not compare."""

    label: str
    value: int
    before: int | None = None


@dataclass(frozen=True)
class BarChart:
    """`times`: the names of both times, ("năm 2026", "năm 2025"), where bars have a second one.

    `largest`: the value of a bar of full length, for charts on one scale; 0: the largest value here.
    """

    key: str
    title: str
    bars: tuple[Bar, ...]
    times: tuple[str, str] = ("", "")
    number: Callable[[int], str] = format_vnd
    largest: int = 0
    font: str = ""

    @property
    def description(self) -> str:
        """All figures in words."""
        return "; ".join(self._in_words(bar) for bar in self.bars) + "."

    @property
    def svg(self) -> Svg:
        """The chart as SVG."""
        compares = any(bar.before is not None for bar in self.bars)
        parts = [self._legend()] if compares else []
        top = LINE_HEIGHT + GAP if compares else 0.0
        first_top = top
        for shape in self._rows():
            parts.append(shape.moved(top))
            top += shape.height + GAP
        parts.append(line(f"M.5 {first_top}V{top - GAP}", stroke=INK))
        return frame(self.key, self.title, self.description, top - GAP + 1, parts, self.font)

    def lengths(self) -> list[tuple[float, float]]:
        """The length of each bar and of its second one, in the units of the image."""
        values = [*(bar.value for bar in self.bars), *(bar.before or 0 for bar in self.bars), self.largest]
        available = WIDTH - max(number_width(self.number(value)) for value in values) - 12
        lengths = scaled(values, available)
        count = len(self.bars)
        return list(zip(lengths[:count], lengths[count : 2 * count], strict=True))

    def _in_words(self, bar: Bar) -> str:
        words = f"{bar.label}: {self.number(bar.value)}"
        return words if bar.before is None else f"{words}, {self.times[1]} {self.number(bar.before)}"

    def _rows(self) -> list[Shape]:
        return [self._row(bar, *lengths) for bar, lengths in zip(self.bars, self.lengths(), strict=True)]

    def _row(self, bar: Bar, length: float, before: float) -> Shape:
        if not bar.value and bar.before is None:
            return _row_of_zero(bar.label, self.number(0))
        words = wrapped(bar.label, WIDTH - 4)
        parts = [text_at(4, LINE_HEIGHT * place + 14, text) for place, text in enumerate(words)]
        top = LINE_HEIGHT * len(words)
        parts += [
            rectangle(1, top + 2, length, BAR_HEIGHT, fill=RED),
            text_at(length + 7, top + 14, self.number(bar.value), bold=True),
        ]
        top += BAR_HEIGHT + 4
        if bar.before is not None:
            parts += [
                rectangle(1, top + 1, before, SECOND_HEIGHT - 2, fill=SHADE, stroke=EDGE),
                text_at(before + 7, top + 12, self.number(bar.before), fill=SOFT),
            ]
            top += SECOND_HEIGHT + 2
        return Shape(join(parts), top)

    def _legend(self) -> Svg:
        second = 30 + words_width(self.times[0])
        return join([
            rectangle(1, 2, 14, BAR_HEIGHT, fill=RED),
            text_at(20, 14, self.times[0]),
            rectangle(second, 3, 14, SECOND_HEIGHT - 2, fill=SHADE, stroke=EDGE),
            text_at(second + 19, 14, self.times[1], fill=SOFT),
        ])  # fmt: skip


def _row_of_zero(label: str, zero: str) -> Shape:
    """The label with its zero behind: a bar without length needs no line of its own."""
    words = wrapped(label, WIDTH - 24)
    parts = [text_at(4, LINE_HEIGHT * place + 14, text) for place, text in enumerate(words[:-1])]
    parts.append(text_with_number(4, LINE_HEIGHT * (len(words) - 1) + 14, words[-1], zero))
    return Shape(join(parts), LINE_HEIGHT * len(words))
