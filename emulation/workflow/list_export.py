"""All rows of a list at once: as a workbook, and as lines for print. Texts are written as strings, never as formulas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from emulation.core.formatting import format_date, format_vnd
from emulation.core.text import fold

XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 5000
"""A list with more rows becomes a file in a job: the request would hold a worker of the web server for many seconds."""


MAX_WORD = 24
PORTRAIT_CHARACTERS = 120
"""How many characters the columns of a list may have together on A4 portrait."""


@dataclass(frozen=True)
class ListHead:
    """What a list is called, what it is narrowed to, and the heads of its columns with their widths in characters.

    `choices`: by head of column, the texts to choose from in a workbook that is filled in (together at most 255 characters).
    """

    title: str
    narrowed_to: str
    columns: tuple[tuple[str, int], ...]
    choices: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_wide(self) -> bool:
        """Whether the columns need A4 landscape in print."""
        return sum(width for _, width in self.columns) > PORTRAIT_CHARACTERS


def list_workbook(head: ListHead, lines: Iterable[Sequence[Any]]) -> bytes:
    """An .xlsx file with the lines under the heads, ready to be printed on A4 landscape."""
    import xlsxwriter

    out = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("Danh sách")
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    sheet.write_string(0, 0, head.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, head.narrowed_to)
    for place, (label, width) in enumerate((("STT", 6), *head.columns)):
        sheet.set_column(place, place, width)
        sheet.write_string(3, place, label, bold)
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    number = book.add_format({"num_format": "#,##0", "valign": "top", "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
    line = 0
    for line, cells in enumerate(lines, 1):
        for place, value in enumerate((line, *cells)):
            _write(sheet, 3 + line, place, value, {str: text, int: number, date: day})
    for place, (label, _) in enumerate(head.columns, 1):
        if line and label in head.choices:
            sheet.data_validation(4, place, 3 + line, place, _one_of(label, head.choices[label]))
    sheet.freeze_panes(4, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return out.getvalue()


def _one_of(label: str, choices: list[str]) -> dict[str, Any]:
    """A drop-down list for the cells of a column; they may stay empty."""
    return {
        "validate": "list",
        "source": choices,
        "input_title": label,
        "input_message": "Chọn trong danh sách.",
        "error_title": "Không có trong danh sách",
        "error_message": "Chọn một mục trong danh sách của ô này, hoặc để trống.",
    }


def list_file_name(title: str, on: date) -> str:
    """The name of the workbook of a list of that day."""
    return f"{slugify(fold(title))}-{on:%Y-%m-%d}.xlsx"


def _write(sheet: Any, line: int, place: int, value: Any, formats: dict[type, Any]) -> None:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, formats[date])
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(line, place, value, formats[int])
    else:
        sheet.write_string(line, place, str(value or ""), formats[str])


class PrintedCell(str):
    """The text of a cell on paper."""

    @property
    def is_word(self) -> bool:
        """Whether it is one short word, such as the number of a paper, which is never broken."""
        return " " not in self and len(self) <= MAX_WORD


def printed_cell(value: Any) -> PrintedCell:
    """The text of a cell on paper: days as "05/11/2026", numbers as "1.200"."""
    if isinstance(value, datetime):
        return PrintedCell(format_date(timezone.localtime(value).date()))
    if isinstance(value, date):
        return PrintedCell(format_date(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return PrintedCell(format_vnd(value))
    return PrintedCell(value or "")
