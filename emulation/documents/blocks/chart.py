"""A chart in the body of a paper."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from zlib import crc32

from emulation.core.charts.bars import Bar
from emulation.core.charts.labelled_bars import LabelledBarChart
from emulation.core.formatting import format_vnd
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import Table, TableColumn, TextAlign
from emulation.documents.blocks.text import InvalidPaper

FONT = "Tinos, Times New Roman, serif"
MOST_BARS = 18
"""As many as fit one page, with labels of two lines."""


@dataclass(frozen=True)
class BarFigure(Block, tag="BarFigure"):
    """One bar: its label and its whole number, not negative."""

    label: str
    value: int

    def validate(self) -> None:
        self.require_text(label="tên của một dòng trong biểu đồ")
        if self.value < 0:
            raise InvalidPaper("Số trong biểu đồ không được âm.", "value")


@dataclass(frozen=True)
class Bars(Block, tag="Bars"):
    """Horizontal bars under their title; a table where pictures are not drawn (Word).

    `largest`: the number of the longest bar, larger than all here when the bars of one chart are in several blocks.
    """

    title: str
    bars: tuple[BarFigure, ...]
    unit: str = ""
    largest: int = 0

    def validate(self) -> None:
        self.require_text(title="tên biểu đồ")
        if not 1 <= len(self.bars) <= MOST_BARS:
            raise InvalidPaper(f"Biểu đồ có từ 1 đến {MOST_BARS} dòng.", "bars")

    @cached_property
    def chart(self) -> LabelledBarChart:
        """The picture; its key is the same for the same content."""
        key = f"hinh-{crc32(repr((self.title, self.bars)).encode()):08x}"
        bars = tuple(Bar(bar.label, bar.value) for bar in self.bars)
        return LabelledBarChart(key, self.title, bars, self.largest, FONT)

    @property
    def table(self) -> Table:
        """The same figures as a table."""
        columns = (TableColumn("Nội dung", 70), TableColumn(f"Số {self.unit}".strip(), 30, TextAlign.right))
        return Table(columns, tuple((bar.label, format_vnd(bar.value)) for bar in self.bars), numbered=False)


def bar_blocks(title: str, figures: list[tuple[str, int]], unit: str) -> tuple[Bars, ...]:
    """The bars of these figures on one scale, in as many blocks as pages need, none of them much shorter than the others."""
    largest = max(value for _, value in figures)
    bars = [BarFigure(label, value) for label, value in figures]
    size = ceil(len(bars) / ceil(len(bars) / MOST_BARS))
    parts = [tuple(bars[start : start + size]) for start in range(0, len(bars), size)]
    return tuple(
        Bars(title if place == 0 else f"{title} (tiếp theo)", part, unit, largest) for place, part in enumerate(parts)
    )
