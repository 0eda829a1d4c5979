"""Bảng tổng hợp đăng ký thi đua as a workbook. Every text goes in as text, so that what looks like a formula stays text."""

from io import BytesIO
from typing import Any

from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.queries.registration import RegistrationTable
from emulation.core.formatting import format_date
from emulation.workflow.workflow import state_of

XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK_HEADS = (
    ("STT", 6), ("Đơn vị", 30), ("Tình trạng", 18), ("Ngày đăng ký", 14), ("Đúng hạn", 12), ("Nội dung đăng ký, lý do", 60),
    ("Danh hiệu, hình thức đăng ký", 36),
)  # fmt: skip


def registration_workbook(campaign: Campaign, sheet: RegistrationTable) -> bytes:
    """The .xlsx file: a line a unit; of each goal what it registered and what it has reached."""
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
    goals = [line.goal for line in sheet.goals]
    columns = [
        *WORKBOOK_HEADS,
        *((f"{goal.text} ({goal.measure or 'số'}): {what}", 18) for goal in goals for what in _WHAT),
    ]
    for column, (title, width) in enumerate(columns):
        page.set_column(column, column, width)
        page.write_string(3, column, title, head)
    place = 3
    for place, line in enumerate(sheet.units, 4):
        for column, value in enumerate([place - 3, *_row(line)]):
            _put(page, place, column, value, cell, number)
    totals = [value for line in sheet.goals for value in (line.pledged, line.reached)]
    for column, value in enumerate(["", "Toàn xã", *[""] * (len(WORKBOOK_HEADS) - 2), *totals]):
        _put(page, place + 1, column, value, head, number)
    page.freeze_panes(4, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    book.close()
    return out.getvalue()


_WHAT = ("đăng ký", "đã đạt")


def _row(line: Any) -> list[Any]:
    row = line.registration
    on_time = ("muộn" if row.is_late else "đúng hạn") if row.registered_on else ""
    day = format_date(row.registered_on) if row.registered_on else ""
    said = [row.unit.name, state_of(row).label, day, on_time, row.reason or row.text, row.titles]
    return [*said, *(value for _, cell in line.cells for value in (cell.pledged, cell.reached))]


def _put(page: Any, row: int, column: int, value: Any, text: Any, number: Any) -> None:
    if value is None or isinstance(value, str):
        page.write_string(row, column, value or "", text)
    else:
        page.write_number(row, column, float(value), number)
