"""The quarterly report as a workbook, with the figures of its document."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from emulation.core.formatting import format_date
from reports.models import PeriodReport
from reports.papers.period_report import figures_of_report
from reports.queries.report_figures import OLD_UNIT_AWARDS_LABEL, figures_by_section


def period_report_workbook(report: PeriodReport) -> bytes:
    """The .xlsx file: the figures, the units, the fields of work, the adjustments, and the names behind each figure."""
    import xlsxwriter

    data = figures_of_report(report)
    out = BytesIO()
    # Text is written as text: a name that begins with "=" is a name, never a formula.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    mark = f" (số liệu tạm tính, chốt ngày {format_date(report.count_day)})" if report.is_provisional else ""
    sheets = _ReportSheets(book, f"Báo cáo công tác thi đua, khen thưởng {report.title}{mark}")
    sheets.add(
        "Số liệu",
        {"Phần": 34, "Nội dung": 48, "Đơn vị tính": 14, "Trong quý": 16, "Lũy kế năm thống kê": 20},
        [
            (section, figure["label"], figure["unit"], figure["value"], figure["year_value"])
            for section, figure in figures_by_section(data)
        ],
    )
    sheets.add(
        "Đơn vị",
        {
            "Đơn vị": 36,
            "Điển hình được lựa chọn": 16,
            "Số kỳ không giới thiệu": 16,
            data.get("unit_awards_label", OLD_UNIT_AWARDS_LABEL): 14,
        },
        data["by_unit"],
    )
    sheets.add("Lĩnh vực", {"Lĩnh vực": 48, "Điển hình": 12}, data["by_field"])
    sheets.add(
        "Điều chỉnh",
        {"Kỳ đã báo cáo": 22, "Nội dung": 48, "Đơn vị tính": 14, "Đã báo cáo": 14, "Đếm lại": 14, "Điều chỉnh": 14},
        [
            (line["period"], line["label"], line["unit"], line["reported"], line["now"], line["now"] - line["reported"])
            for line in data.get("adjustments", ())
        ],
    )
    sheets.add("Tên", {"Số liệu": 44, "Tên": 36, "Đơn vị, nơi": 28, "Ghi chú": 60}, _name_rows(data))
    book.close()
    return out.getvalue()


class _ReportSheets:
    """Adds sheets to a workbook: the title, an empty row, the column heads, the rows."""

    def __init__(self, book: Any, title: str) -> None:
        self.book = book
        self.title = title
        self.bold = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#F6EFDF"}
        )
        self.cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.number = book.add_format({"num_format": "#,##0", "valign": "top", "border": 1})

    def add(self, name: str, columns: dict[str, int], rows: Iterable[Sequence[Any]]) -> None:
        """`columns`: head and width (in characters) of each column."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, self.title)
        for column, (head, width) in enumerate(columns.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, head, self.bold)
        for place, row in enumerate(rows, 3):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(place, column, value, self.number)
                else:
                    sheet.write_string(place, column, str(value or ""), self.cell)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)


def _name_rows(data: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for _, figure in figures_by_section(data):
        for name in figure["names"]:
            yield figure["label"], *name
