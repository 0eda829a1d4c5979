"""The catalogue of a day as a workbook, one sheet per topic. Texts are written as strings, never as formulas."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from emulation.core.formatting import format_date
from emulation.legal.catalogue import listing
from emulation.legal.catalogue.listing import CatalogueEntry
from emulation.legal.catalogue.value_lines import question_text
from emulation.legal.engine.doubts import UNCONFIRMED, doubt_wording
from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.loader import Regime
from emulation.legal.engine.rules.condition_text import condition_lines, weight_text
from emulation.legal.engine.value_text import KIND_LABELS, SUBJECT_LABELS, describe_value
from emulation.legal.models import Instrument
from reports.papers import catalogue_leaflet

SheetRow = Sequence[Any]
SheetColumn = tuple[str, int]
CITATION_COLUMNS: tuple[SheetColumn, ...] = (("Điều khoản", 40), ("Mức xác nhận", 18), ("Nguồn, ghi chú", 60))


def catalogue_workbook(
    law: Law, regime: Regime | None, on: date, made: datetime, instruments: Iterable[Instrument], owner: str
) -> bytes:
    """The .xlsx file. NoValue before the catalogue's first day."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    title = f"{catalogue_leaflet.CATALOGUE_TITLE} {catalogue_leaflet.validity_text(law, on)}"
    book.set_properties({"title": title, "author": owner})
    head = [owner, title, *catalogue_leaflet.about_lines(regime, on, made), *catalogue_leaflet.warning_lines(regime)]
    sheets = _Sheets(book, head)
    sheets.add("Danh mục", _AWARDS, _awards(law, on))
    sheets.add("Điều kiện", _CONDITIONS, _conditions(law, on))
    sheets.add("Hồ sơ", _FILES, _files(law, on))
    sheets.add("Tiền thưởng", _MONEY, _money(law, on))
    sheets.add("Căn cứ", _BASIS, [*_basis(law, on), *_instruments(instruments)])
    book.close()
    return out.getvalue()


class _Sheets:
    """Adds sheets to a workbook: the same head lines, then a table that is printed one page wide."""

    def __init__(self, book: Any, head: list[str]) -> None:
        self.book = book
        self.head = head
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#F6EFDF"}
        )
        self.cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top", "border": 1})
        self.part = book.add_format({"num_format": "#,##0.###", "valign": "top", "border": 1})

    def add(self, name: str, columns: tuple[SheetColumn, ...], rows: Iterable[SheetRow]) -> None:
        sheet = self.book.add_worksheet(name)
        for place, text in enumerate(self.head):
            sheet.write_string(place, 0, text, self.bold if place == 1 else None)
        top = len(self.head) + 1
        for column, (title, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(top, column, title, self.title)
        place = top
        for place, row in enumerate(rows, top + 1):
            for column, value in enumerate(row):
                self.write_cell(sheet, place, column, value)
        sheet.freeze_panes(top + 1, 0)
        sheet.autofilter(top, 0, place, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer("&L&A&RTrang &P/&N")

    def write_cell(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if isinstance(value, int):
            sheet.write_number(row, column, value, self.whole)
        elif isinstance(value, float):
            sheet.write_number(row, column, value, self.part)
        else:
            sheet.write_string(row, column, value, self.cell)


def _cited(value: DatedValue) -> tuple[str, str, str]:
    """The CITATION_COLUMNS of a value."""
    source = " ".join(filter(None, [f"Nguồn: {value.source}.", value.note]))
    return value.citation.text, _confirmation(value.confirmed, value.needs_review), doubt_wording(source)


def _confirmation(confirmed: bool, needs_review: bool = False) -> str:
    return "đã xác nhận" if confirmed and not needs_review else UNCONFIRMED


def _entries(law: Law, on: date) -> Iterator[tuple[str, CatalogueEntry]]:
    """(title of the section, entry), in the order of the catalogue page."""
    for section in listing.catalogue_sections(law, on):
        for entry in section.entries:
            yield section.title, entry


_AWARDS: tuple[SheetColumn, ...] = (
    ("STT", 6), ("Mã", 10), ("Danh hiệu, hình thức", 40), ("Loại", 24), ("Đối tượng", 26), ("Ở xã", 24), ("Người quyết định", 34),
    ("Biểu quyết", 34), ("Tỷ lệ khống chế", 24), ("Bảo quản hồ sơ", 16), *CITATION_COLUMNS,
)  # fmt: skip


def _awards(law: Law, on: date) -> Iterable[SheetRow]:
    """A row per award; the citation is that of the authority to decide."""
    for place, (title, entry) in enumerate(_entries(law, on), 1):
        code = entry.award.code
        texts = [_value_text(law, f"{code}.{name}", on) for name in ("vote", "quota", "retention")]
        decider = law.value_on(f"{code}.decider", on)
        subjects = ", ".join(entry.subjects)
        yield place, code, entry.name, entry.genus, subjects, title, entry.decider.label, *texts, *_cited(decider)


def _value_text(law: Law, code: str, on: date) -> str:
    value = law.find(code, on)
    if value is None:
        return ""
    mark = "" if value.confirmed else f" ({UNCONFIRMED})"
    return "; ".join(describe_value(value, law, on)) + mark


_CONDITIONS: tuple[SheetColumn, ...] = (
    ("Danh hiệu, hình thức", 40), ("Đối tượng", 16), ("Điều kiện", 40), ("Mức độ", 24), ("Yêu cầu", 60), *CITATION_COLUMNS,
)  # fmt: skip


def _conditions(law: Law, on: date) -> Iterable[SheetRow]:
    """A row per award, subject and condition."""
    for code, award in law.awards.items():
        for subject in award.subjects:
            for value in law.conditions(code, subject, on):
                name = law.award_name(code, on)
                label = question_text(law, value)
                requirement = "\n".join(condition_lines(value.content, law, on))
                yield name, SUBJECT_LABELS[subject], label, weight_text(value.content), requirement, *_cited(value)


_FILES: tuple[SheetColumn, ...] = (
    ("Danh hiệu, hình thức", 40), ("Đối tượng", 16), ("Loại hình", 20), ("Thành phần", 60), ("Mẫu báo cáo", 16), *CITATION_COLUMNS,
)  # fmt: skip


def _files(law: Law, on: date) -> Iterable[SheetRow]:
    """A row per document that a nomination file must contain."""
    for name, code in law.codes.items():
        if code.shape != "checklist":
            continue
        for subject, kind in code.combinations():
            if value := law.find(name, on, subject, kind):
                form = law.find(f"{code.award}.report_form", on, subject, kind)
                for item in value.content:
                    number = str(form.content) if form and item["code"] in ("report", "summary") else ""
                    award = law.award_name(code.award, on)
                    yield award, SUBJECT_LABELS[subject], KIND_LABELS[kind], item["label"], number, *_cited(value)


_MONEY: tuple[SheetColumn, ...] = (
    ("Danh hiệu, hình thức", 40), ("Đối tượng", 16), ("Hệ số", 8), ("Mức lương cơ sở", 16), ("Trước làm tròn", 16),
    ("Tiền thưởng (đồng)", 18), ("Làm tròn", 30), *CITATION_COLUMNS,
)  # fmt: skip


def _money(law: Law, on: date) -> Iterable[SheetRow]:
    """A row per award and subject; the citation is that of the coefficient, the state that of the whole sum."""
    rounding = _value_text(law, "award.rounding", on)
    for _, entry in _entries(law, on):
        for prize, subject in zip(entry.sums, entry.award.subjects, strict=False):
            money = prize.price.money
            citation, _, source = _cited(law.value_on(f"{entry.award.code}.coefficient", on, subject))
            state = _confirmation(prize.sure, prize.needs_review)
            figures = float(money.coefficient), money.base, float(money.raw), money.rounded
            yield entry.name, prize.subject, *figures, rounding, citation, state, source


_BASIS: tuple[SheetColumn, ...] = (
    ("Dùng cho", 26), ("Văn bản", 80), ("Số, ký hiệu", 22), ("Hiệu lực", 30), *CITATION_COLUMNS,
)  # fmt: skip


def _basis(law: Law, on: date) -> Iterable[SheetRow]:
    """A row per căn cứ line of each kind of document."""
    for kind in law.codes["basis"].kinds:
        if value := law.find("basis", on, kind=kind):
            for line in value.content:
                yield f"căn cứ của {KIND_LABELS[kind]}", line["text"], "", "", *_cited(value)


def _instruments(rows: Iterable[Instrument]) -> Iterable[SheetRow]:
    """A row per legal instrument in force."""
    for row in rows:
        start = f"từ {format_date(row.starts_on)}" if row.starts_on else "ngày có hiệu lực chưa xác nhận"
        end = f" đến {format_date(row.ends_on)}" if row.ends_on else ""
        state = _confirmation(row.confirmed)
        yield (
            "văn bản có hiệu lực",
            row.name,
            row.number,
            start + end,
            "",
            state,
            doubt_wording(f"Nguồn: {row.source}."),
        )
