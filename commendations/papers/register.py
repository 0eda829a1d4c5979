"""The Sổ vàng as a workbook. Texts are written as strings, so that a name that looks like a formula is not one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from commendations.models import Award, Handover
from emulation.core.formatting import format_date

SUM_OF_SHOWN_ROWS = 109  # SUBTOTAL: leaves out the rows that a filter of the workbook hides
Cell = str | int | float | date | None


@dataclass(frozen=True)
class RegisterColumn:
    """A column; `summed`: đồng, with a total. None leaves a cell empty."""

    title: str
    width: int
    value: Callable[[Award], Cell]
    summed: bool = False


def _standing(award: Award) -> str:
    return f"{award.standing.label}{f': {award.ended_by.dated}' if award.ended_by else ''}"


def _last_handover(award: Award) -> Handover | None:
    return next(iter(award.handovers_in_force), None)


def _received_on(award: Award) -> date | None:
    handover = _last_handover(award)
    return handover.received_on if handover else None


def _received_by(award: Award) -> str:
    handover = _last_handover(award)
    return handover.received_by if handover else ""


def _certificate_recovery(award: Award) -> str:
    if award.has_certificate_to_recover and award.is_to_recover:
        return "còn phải thu"
    days = sorted(row.recovered_on for row in award.recoveries_in_force if row.certificate)
    return f"đã thu {format_date(days[-1])}" if days else ""


def _money_recovered(award: Award) -> int | None:
    return sum(row.amount for row in award.recoveries_in_force) or None


def _money_left(award: Award) -> int | None:
    return max(0, award.money_left_to_recover) or None if award.is_to_recover else None


REGISTER_COLUMNS = (
    RegisterColumn(
        "Số quyết định", 16, lambda award: award.decision.document.reference if award.decision.document else ""
    ),
    RegisterColumn("Ngày quyết định", 14, lambda award: award.awarded_on),
    RegisterColumn("Số sổ vàng", 10, lambda award: award.decision_serial),
    RegisterColumn("Họ và tên, tên hộ, tập thể", 32, lambda award: award.current_name),
    RegisterColumn("Chức vụ, đơn vị, địa chỉ", 40, lambda award: award.current_place),
    RegisterColumn("Loại hình khen thưởng", 28, lambda award: award.get_kind_display()),
    RegisterColumn("Danh hiệu, hình thức", 30, lambda award: award.in_short),
    RegisterColumn("Thành tích", 60, lambda award: award.deed),
    RegisterColumn("Hệ số", 8, lambda award: float(award.coefficient)),
    RegisterColumn("Mức lương cơ sở", 16, lambda award: award.base_salary),
    RegisterColumn(
        "Tiền thưởng còn hiệu lực (đồng)", 16, lambda award: award.payable if award.counts else None, summed=True
    ),
    RegisterColumn(
        "Tiền thưởng đã hủy, thay thế (đồng)", 16, lambda award: None if award.counts else award.payable, summed=True
    ),
    RegisterColumn("Mã xác minh", 24, lambda award: award.code_on_paper),
    RegisterColumn("Tình trạng", 34, _standing),
    RegisterColumn("Trao, thu hồi", 24, lambda award: award.handover_state.label),
    RegisterColumn("Ngày trao", 14, _received_on),
    RegisterColumn("Người nhận", 24, _received_by),
    RegisterColumn("Thu hồi giấy khen, bằng", 20, _certificate_recovery),
    RegisterColumn("Số tiền đã thu hồi (đồng)", 16, _money_recovered, summed=True),
    RegisterColumn("Số tiền còn phải thu hồi (đồng)", 16, _money_left, summed=True),
)
"""The columns after STT."""


def register_workbook(awards: Iterable[Award]) -> bytes:
    """An .xlsx file with the rows in the given order, and their totals: only awards in force are counted and paid."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet("Sổ vàng")
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    formats = {date: book.add_format({"num_format": "dd/mm/yyyy"}), int: book.add_format({"num_format": "#,##0"})}
    sheet.set_column(0, 0, 6)
    sheet.write_string(0, 0, "STT", head)
    for place, column in enumerate(REGISTER_COLUMNS, 1):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, head)
    rows = list(awards)
    for line, award in enumerate(rows, 1):
        sheet.write_number(line, 0, line)
        for place, column in enumerate(REGISTER_COLUMNS, 1):
            _write_cell(sheet, line, place, column.value(award), formats)
    if rows:
        _write_totals(sheet, rows, book.add_format({"bold": True, "num_format": "#,##0", "top": 1}))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(REGISTER_COLUMNS))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def _write_cell(sheet: Any, line: int, place: int, value: Cell, formats: dict[type, Any]) -> None:
    if isinstance(value, str):
        sheet.write_string(line, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, formats[date])
    elif value is not None:
        sheet.write_number(line, place, value, formats[int] if isinstance(value, int) else None)


def _write_totals(sheet: Any, rows: list[Award], bold: Any) -> None:
    from xlsxwriter.utility import xl_range

    last = len(rows)
    in_force = [award for award in rows if award.counts]
    decisions = len({award.decision_id for award in in_force})
    text = f"Tổng cộng {len(in_force)} lượt khen còn hiệu lực theo {decisions} quyết định"
    sheet.write_string(last + 1, 4, text, bold)
    for place, column in enumerate(REGISTER_COLUMNS, 1):
        if column.summed:
            cells = xl_range(1, place, last, place)
            total = sum(int(column.value(award) or 0) for award in rows)  # type: ignore[arg-type]
            sheet.write_formula(last + 1, place, f"=SUBTOTAL({SUM_OF_SHOWN_ROWS},{cells})", bold, total)
