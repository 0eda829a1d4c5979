"""The annex of charts of the quarterly report: the figures of its tables, drawn."""

from typing import Any

from emulation.documents.blocks.chart import Bars, bar_blocks
from emulation.documents.blocks.paper import Appendix
from reports.models import PeriodReport
from reports.queries.report_figures import is_current_form


def chart_annex(report: PeriodReport, data: dict[str, Any], of: str) -> tuple[Appendix, ...]:
    """One appendix with the charts of units and fields; none without figures, or for figures of an older form."""
    if not is_current_form(data):
        return ()
    by_unit = data["by_unit"]
    bars = (
        *_bars("Điển hình được lựa chọn, theo đơn vị", [(name, count) for name, count, *_ in by_unit], "điển hình"),
        *_bars("Lượt khen thưởng, theo đơn vị", [(row[0], row[-1]) for row in by_unit], "lượt"),
        *_bars(
            "Điển hình được lựa chọn, theo lĩnh vực", [(name, count) for name, count in data["by_field"]], "điển hình"
        ),
    )
    return (Appendix("BIỂU ĐỒ", bars, subtitle=f"Kết quả {report.title}", of=of),) if bars else ()


def _bars(title: str, figures: list[tuple[str, int]], unit: str) -> tuple[Bars, ...]:
    """The chart; none when every figure is zero."""
    return bar_blocks(title, figures, unit) if any(value for _, value in figures) else ()
