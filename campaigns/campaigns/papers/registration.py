"""The table of registrations (bảng tổng hợp đăng ký thi đua) as a workbook. Texts are written as strings, never as formulas."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.queries.registration import GoalCell, GoalLine, RegistrationLine, RegistrationTable
from emulation.core.formatting import format_date
from emulation.workflow.workflow import state_of

XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK_HEADS = (
    ("STT", 6), ("Đơn vị", 30), ("Tình trạng", 18), ("Ngày đăng ký", 14), ("Đúng hạn", 12), ("Nội dung đăng ký, lý do", 60),
    ("Danh hiệu, hình thức đăng ký", 36),
)  # fmt: skip


def registration_workbook(campaign: Campaign, table: RegistrationTable) -> bytes:
    """The .xlsx file: one row per unit, with the pledged and the reached figure of each goal."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet("Đăng ký thi đua")
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "bg_color": "#F6EFDF"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    number = book.add_format({"num_format": "#,##0.##", "valign": "top", "border": 1})
    page.write_string(0, 0, "BẢNG TỔNG HỢP ĐĂNG KÝ THI ĐUA", book.add_format({"bold": True}))
    page.write_string(1, 0, f"{campaign} ({campaign.years})")
    for column, (title, width) in enumerate([*WORKBOOK_HEADS, *_goal_heads(table)]):
        page.set_column(column, column, width)
        page.write_string(3, column, title, head)
    for position, line in enumerate(table.units, 1):
        _write_row(page, 3 + position, [position, *_row(line)], cell, number)
    totals = ["", "Toàn xã", *[""] * (len(WORKBOOK_HEADS) - 2), *_figures(table.goals)]
    _write_row(page, 4 + len(table.units), totals, head, number)
    page.freeze_panes(4, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    book.close()
    return out.getvalue()


def _goal_heads(table: RegistrationTable) -> list[tuple[str, int]]:
    """Title and width of the two columns of each goal."""
    heads = []
    for line in table.goals:
        title = f"{line.goal.text} ({line.goal.measure or 'số'})"
        heads += [(f"{title}: đăng ký", 18), (f"{title}: đã đạt", 18)]
    return heads


def _row(line: RegistrationLine) -> list[Any]:
    """The cells of a unit, without the position."""
    row = line.registration
    day = ""
    on_time = ""
    if row.registered_on:
        day = format_date(row.registered_on)
        on_time = "muộn" if row.is_late else "đúng hạn"
    figures = _figures([cell for _, cell in line.cells])
    return [row.unit.name, state_of(row).label, day, on_time, row.reason or row.text, row.titles, *figures]


def _figures(cells: Sequence[GoalCell | GoalLine]) -> list[Decimal | None]:
    figures: list[Decimal | None] = []
    for cell in cells:
        figures += [cell.pledged, cell.reached]
    return figures


def _write_row(page: Any, row: int, values: Sequence[Any], text_format: Any, number_format: Any) -> None:
    for column, value in enumerate(values):
        if value is None or isinstance(value, str):
            page.write_string(row, column, value or "", text_format)
        else:
            page.write_number(row, column, float(value), number_format)
