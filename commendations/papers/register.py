"""The Sổ vàng as a workbook. Texts are written as strings, so that a name that looks like a formula is not one."""

from collections.abc import Iterable
from io import BytesIO

from commendations.models import Award

REGISTER_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REGISTER_COLUMNS = (
    ("STT", 6), ("Số quyết định", 16), ("Ngày quyết định", 14), ("Số sổ vàng", 10), ("Họ và tên, tên hộ, tập thể", 32),
    ("Chức vụ, đơn vị, địa chỉ", 40), ("Loại hình khen thưởng", 28), ("Danh hiệu, hình thức", 30), ("Thành tích", 60), ("Hệ số", 8),
    ("Mức lương cơ sở", 16), ("Tiền thưởng (đồng)", 16), ("Mã xác minh", 24),
    ("Tình trạng", 34),
)  # fmt: skip


def register_workbook(awards: Iterable[Award]) -> bytes:
    """An .xlsx file with the rows in the given order."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet("Sổ vàng")
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    money = book.add_format({"num_format": "#,##0"})
    for column, (title, width) in enumerate(REGISTER_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    place = 0
    for place, award in enumerate(awards, 1):
        sheet.write_number(place, 0, place)
        sheet.write_string(place, 1, award.decision.document.reference if award.decision.document else "")
        sheet.write_datetime(place, 2, award.awarded_on, day)
        sheet.write_number(place, 3, award.decision_serial)
        texts = (award.current_name, award.current_place, award.get_kind_display(), award.in_short, award.deed)
        for column, text in enumerate(texts, 4):
            sheet.write_string(place, column, text)
        sheet.write_number(place, 9, float(award.coefficient))
        sheet.write_number(place, 10, award.base_salary, money)
        sheet.write_number(place, 11, award.amount, money)
        sheet.write_string(place, 12, award.current_code)
        sheet.write_string(place, 13, f"{award.standing.label}{f': {award.ended_by.dated}' if award.ended_by else ''}")
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(place, 1), len(REGISTER_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()
