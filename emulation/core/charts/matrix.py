"""A matrix of marks: a row a unit, a column a month or quarter; each mark has a sign of its own, not only a colour."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain

from emulation.core.charts.svg import (
    LINE_HEIGHT,
    SOFT,
    TEXT_SIZE,
    WIDTH,
    Shape,
    Svg,
    frame,
    join,
    line,
    rectangle,
    text_at,
    words_width,
    wrapped,
)

LABEL_WIDTH = 114
WIDEST_LABEL = 170
WIDEST_CELL = 40
"""Beyond it the cells of few columns leave their width to the labels."""
CELL_HEIGHT = 24
GAP = 3
MOST_LINES_LEFT = 2
TICK = "✓"


@dataclass(frozen=True)
class MatrixMark:
    """A sign of one character ("✓" is drawn, fonts of papers lack it), its meaning and colours; no sign: an empty cell."""

    sign: str
    meaning: str
    ink: str
    fill: str
    edge: str


@dataclass(frozen=True)
class MatrixRow:
    """A row with the code of a mark in each column."""

    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class MatrixChart:
    """`marks` by code, in the order of the legend; columns are (short label, name)."""

    key: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]
    marks: dict[str, MatrixMark]

    def counts(self) -> Counter[str]:
        """How many cells have each mark."""
        return Counter(chain.from_iterable(row.codes for row in self.rows))

    @property
    def description(self) -> str:
        """Each row in words: its marks with their numbers."""
        return "; ".join(f"{row.label}: {self._row_in_words(row)}" for row in self.rows) + "."

    @property
    def svg(self) -> Svg:
        """The chart as SVG."""
        step = self._step
        parts = [
            text_at(self._label_width + step * (place + 0.5), 14, label, fill=SOFT, anchor="middle")
            for place, (label, _) in enumerate(self.columns)
        ]
        top = float(LINE_HEIGHT + 2)
        for row in self.rows:
            shape = self._row(row)
            parts.append(shape.moved(top))
            top += shape.height + GAP
        legend = self._legend()
        parts.append(legend.moved(top + 8))
        return frame(self.key, self.title, self.description, top + 8 + legend.height, parts)

    @property
    def _label_width(self) -> float:
        return min(WIDEST_LABEL, max(LABEL_WIDTH, WIDTH - WIDEST_CELL * len(self.columns)))

    @property
    def _step(self) -> float:
        return (WIDTH - self._label_width) / max(1, len(self.columns))

    def _row_in_words(self, row: MatrixRow) -> str:
        counts = Counter(row.codes)
        return ", ".join(f"{mark.meaning} {counts[code]}" for code, mark in self.marks.items() if counts[code])

    def _row(self, row: MatrixRow) -> Shape:
        """The whole label left of its cells, or above them where two lines are not enough for it."""
        words = wrapped(row.label, self._label_width - 4)
        fits = len(words) <= MOST_LINES_LEFT
        if fits:
            height = max(CELL_HEIGHT, LINE_HEIGHT * len(words))
            first = (height - LINE_HEIGHT * len(words)) / 2 + 14
            top = (height - CELL_HEIGHT) / 2
        else:
            words = wrapped(row.label, WIDTH - 4)
            first = 14
            top = LINE_HEIGHT * len(words) + 2
            height = top + CELL_HEIGHT
        parts = [text_at(0, first + LINE_HEIGHT * place, text) for place, text in enumerate(words)]
        for place, code in enumerate(row.codes):
            left = self._label_width + self._step * place + 1
            parts.append(_cell(self.marks[code], left, top, self._step - 2))
        return Shape(join(parts), height)

    def _legend(self) -> Shape:
        """Each mark that occurs, with its meaning and number; as many a line as fit."""
        counts = self.counts()
        parts: list[Svg] = []
        left = 0.0
        top = 0.0
        for code, mark in self.marks.items():
            if not (mark.sign and counts[code]):
                continue
            words = f"{mark.meaning}: {counts[code]}"
            wide = 24 + words_width(words) + 12
            if left and left + wide > WIDTH + 12:
                left = 0.0
                top += CELL_HEIGHT + 4
            parts += [_cell(mark, left + 1, top, 18), text_at(left + 24, top + 17, words)]
            left += wide
        return Shape(join(parts), top + CELL_HEIGHT + 2)


def _cell(mark: MatrixMark, left: float, top: float, width: float) -> Svg:
    box = rectangle(left, top + 0.5, width, CELL_HEIGHT - 1, fill=mark.fill, stroke=mark.edge)
    middle = left + width / 2
    if mark.sign == TICK:
        path = f"M{middle - 4.5:.2f} {top + 12}l3 3.5l6-7"
        return join([box, line(path, stroke=mark.ink, width=2)])
    sign = text_at(
        middle, top + CELL_HEIGHT / 2 + TEXT_SIZE * 0.35, mark.sign, fill=mark.ink, bold=True, anchor="middle"
    )
    return join([box, sign])
