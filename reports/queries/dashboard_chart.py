"""A chart of the page "Tổng quan" with the table behind it and the way to its list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from emulation.core.charts.bars import BarChart
from emulation.core.charts.columns import ColumnChart
from emulation.core.charts.matrix import MatrixChart
from emulation.core.charts.progress import ProgressChart

MANY_ROWS = 6
AnyChart = BarChart | ColumnChart | MatrixChart | ProgressChart


@dataclass(frozen=True)
class FigureCell:
    """A figure of the table as text; `url`: the list whose number of rows it is, "" if there is none."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class FigureRow:
    """A line of the table: what is counted, then a figure for each further head."""

    label: str
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True)
class DashboardChart:
    """`note`: what was counted, in words; `url` opens the list behind the whole chart, `url_label` names it."""

    chart: AnyChart
    note: str
    url: str
    url_label: str
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether its columns are all zero: there is nothing to draw."""
        return isinstance(self.chart, ColumnChart) and not any(column.value for column in self.chart.columns)

    @property
    def is_tall(self) -> bool:
        """Whether the picture is as tall as two others."""
        chart = self.chart
        if isinstance(chart, MatrixChart):
            return len(chart.rows) > MANY_ROWS
        return isinstance(chart, BarChart) and len(chart.bars) > MANY_ROWS


def list_url(name: str, *args: int, **query: Any) -> str:
    """The address of a list filtered by these parameters; "_" in their names is "-" in the address."""
    return reverse(name, args=args) + "?" + urlencode({key.replace("_", "-"): value for key, value in query.items()})
