"""How much is done of a whole, or of a goal."""

from collections.abc import Callable
from dataclasses import dataclass

from emulation.core.charts.svg import (
    BAD,
    EDGE,
    GOOD,
    INK,
    LINE_HEIGHT,
    SHADE,
    WIDTH,
    Number,
    Shape,
    Svg,
    frame,
    join,
    line,
    rectangle,
    scaled,
    text_at,
    wrapped,
)
from emulation.core.formatting import format_percent, format_vnd

BAR_HEIGHT = 16
GAP = 14


@dataclass(frozen=True)
class ProgressBar:
    """`done` of `whole`; `is_goal`: the whole is a goal, which can be exceeded and has a line of its own.

    `warning` is a line of words under the bar.
    """

    label: str
    done: Number
    whole: Number
    is_goal: bool = False
    unit: str = ""
    warning: str = ""

    @property
    def share(self) -> str:
        """The share in percent, "" of nothing."""
        return format_percent(self.done * 100 / self.whole) if self.whole else ""

    def in_words(self, number: Callable[[Number], str]) -> str:
        """ "36 trong 50 (72%)", "61 hộ (87,1% chỉ tiêu 70)"."""
        unit = f" {self.unit}" if self.unit else ""
        if not self.share:
            return number(self.done) + unit
        if self.is_goal:
            return f"{number(self.done)}{unit} ({self.share} chỉ tiêu {number(self.whole)})"
        return f"{number(self.done)} trong {number(self.whole)}{unit} ({self.share})"


@dataclass(frozen=True)
class ProgressChart:
    """Bars one under another, each on its own scale from zero to the whole, or to what was done beyond a goal."""

    key: str
    title: str
    bars: tuple[ProgressBar, ...]
    number: Callable[[Number], str] = format_vnd

    @property
    def description(self) -> str:
        """All figures in words."""
        return "; ".join(self._in_words(bar) for bar in self.bars) + "."

    @property
    def svg(self) -> Svg:
        """The chart as SVG."""
        top = 0.0
        parts: list[Svg] = []
        for bar in self.bars:
            shape = self._row(bar)
            parts.append(shape.moved(top))
            top += shape.height + GAP
        return frame(self.key, self.title, self.description, max(1, top - GAP), parts)

    @staticmethod
    def lengths(bar: ProgressBar) -> tuple[float, float]:
        """Where the bar ends and where the whole, or the goal, is."""
        done, whole = scaled([bar.done, bar.whole], WIDTH - 4)
        return done, whole

    def _in_words(self, bar: ProgressBar) -> str:
        words = f"{bar.label}: {bar.in_words(self.number)}"
        return f"{words}, {bar.warning}" if bar.warning else words

    def _row(self, bar: ProgressBar) -> Shape:
        done, whole = self.lengths(bar)
        words = wrapped(bar.label, WIDTH)
        parts = [text_at(0, LINE_HEIGHT * place + 14, text) for place, text in enumerate(words)]
        top = LINE_HEIGHT * len(words) + 3
        parts += [
            rectangle(1, top, whole, BAR_HEIGHT, fill=SHADE, stroke=EDGE),
            rectangle(1, top, done, BAR_HEIGHT, fill=GOOD),
        ]
        if bar.is_goal:
            parts.append(line(f"M{whole + 1:.2f} {top - 4}V{top + BAR_HEIGHT + 4}", stroke=INK, width=3))
        parts.append(text_at(0, top + BAR_HEIGHT + LINE_HEIGHT, bar.in_words(self.number), bold=True))
        height = top + BAR_HEIGHT + LINE_HEIGHT + 4
        if bar.warning:
            parts.append(text_at(0, height + 12, bar.warning, fill=BAD))
            height += LINE_HEIGHT
        return Shape(join(parts), height)
