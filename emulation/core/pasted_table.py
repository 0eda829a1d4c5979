"""Rows pasted from a spreadsheet, or read from a workbook that a user sends."""

import logging
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean

log = logging.getLogger(__name__)

MAX_ROWS = 2000
MAX_CELLS = 30
MAX_WORKBOOK_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
NOT_A_WORKBOOK = "Tệp này không phải bảng tính Excel (.xlsx). Mở bằng Excel rồi lưu dạng “Excel Workbook (.xlsx)”."


@dataclass(frozen=True)
class PastedRow:
    """One row that is not empty: its number from 1 as in the text or the sheet, its cells as one line of text each."""

    number: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The row as it is pasted again."""
        return "\t".join(self.cells)


def rows_of_text(text: str) -> list[PastedRow]:
    """The rows of a pasted text: cells separated by tabs or, in a line without a tab, by semicolons.

    Raises RuleBroken for more than MAX_ROWS.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _rows(line.split("\t") if "\t" in line else line.split(";") for line in lines)


def rows_of_workbook(data: bytes, field: str = "file") -> list[PastedRow]:
    """The rows of the first sheet; a date as "22/7/1962", a formula as its stored value.

    Raises RuleBroken (for `field`) if it is no workbook, too large, or has more than MAX_ROWS.
    """
    _check_workbook(data, field)
    import openpyxl

    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return _rows(map(_cell_text, line) for line in sheet.iter_rows(max_col=MAX_CELLS, values_only=True))
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field) from None
    except Exception:  # the library raises errors of many kinds for a broken file; the log keeps which
        log.info("a workbook could not be read", exc_info=True)
        raise RuleBroken(NOT_A_WORKBOOK, field) from None


def _check_workbook(data: bytes, field: str) -> None:
    if len(data) > MAX_WORKBOOK_BYTES:
        raise RuleBroken(
            f"Tệp nặng hơn {MAX_WORKBOOK_BYTES // 1024 // 1024} MB. Chỉ gửi trang tính có danh sách.", field
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise RuleBroken(NOT_A_WORKBOOK, field) from None
    if unpacked > MAX_UNPACKED_BYTES:
        raise RuleBroken("Bảng tính này quá lớn. Chép riêng danh sách sang một tệp mới rồi gửi lại.", field)


def _rows(lines: Iterable[Iterable[str]]) -> list[PastedRow]:
    found = []
    for number, line in enumerate(lines, 1):
        cells = [clean(cell) for cell in list(line)[:MAX_CELLS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append(PastedRow(number, tuple(cells)))
        if len(found) > MAX_ROWS:
            raise RuleBroken(f"Mỗi lần nhận nhiều nhất {MAX_ROWS} dòng. Hãy chia thành nhiều lần.")
    return found


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return format_date(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
