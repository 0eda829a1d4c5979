"""A small series of columns, such as the months of a year."""

from dataclasses import dataclass

from emulation.core.charts.svg import (
    INK,
    LINE_HEIGHT,
    NOT_YET,
    RED,
    SOFT,
    WIDTH,
    Svg,
    frame,
    line,
    rectangle,
    scaled,
    text_at,
)
from emulation.core.formatting import format_vnd

HEIGHT = 130


@dataclass(frozen=True)
class Column:
    """`value` is None where there is nothing to count yet; `name` is the label in full, for the description."""

    label: str
    value: int | None
    name: str = ""


@dataclass(frozen=True)
class ColumnChart:
    """Columns from left to right; a missing value is drawn as a sign on the base line, a zero as a number.

    `missing`: what the sign means, in the legend of the chart.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    missing: str = "chưa có"

    @property
    def description(self) -> str:
        """All figures in words."""
        return "; ".join(f"{column.name or column.label}: {self._number(column)}" for column in self.columns) + "."

    def heights(self) -> list[float]:
        """The height of each column, in the units of the image."""
        return scaled([column.value or 0 for column in self.columns], HEIGHT)

    @property
    def svg(self) -> Svg:
        """The chart as SVG."""
        step = WIDTH / max(1, len(self.columns))
        base = LINE_HEIGHT + HEIGHT
        parts: list[Svg] = []
        for place, (column, height) in enumerate(zip(self.columns, self.heights(), strict=True)):
            middle = step * (place + 0.5)
            wide = min(step * 0.64, 44)
            parts.append(text_at(middle, base + LINE_HEIGHT, column.label, fill=SOFT, anchor="middle"))
            if column.value is None:
                parts.append(text_at(middle, base - 5, NOT_YET, fill=SOFT, anchor="middle"))
                continue
            parts += [
                rectangle(middle - wide / 2, base - height, wide, height, fill=RED),
                text_at(middle, base - height - 5, format_vnd(column.value), bold=True, anchor="middle"),
            ]
        parts.append(line(f"M0 {base + 0.5}H{WIDTH}", stroke=INK))
        bottom = base + LINE_HEIGHT + 6
        if any(column.value is None for column in self.columns):
            bottom += LINE_HEIGHT + 4
            parts.append(text_at(0, bottom - 6, f"“{NOT_YET}”: {self.missing}", fill=SOFT))
        return frame(self.key, self.title, self.description, bottom, parts)

    def _number(self, column: Column) -> str:
        return self.missing if column.value is None else format_vnd(column.value)
