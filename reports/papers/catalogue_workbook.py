"""The catalogue of a day as a workbook: a sheet a subject. Every text goes in as text, never as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from emulation.core.formatting import format_date
from emulation.legal.catalogue import listing
from emulation.legal.catalogue.value_lines import question_text
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
    book.set_properties(
        {"title": f"{catalogue_leaflet.CATALOGUE_TITLE} {catalogue_leaflet.validity_text(law, on)}", "author": owner}
    )
    head = [
        owner,
        f"{catalogue_leaflet.CATALOGUE_TITLE} {catalogue_leaflet.validity_text(law, on)}",
        *catalogue_leaflet.about_lines(regime, on, made),
    ]
    head += catalogue_leaflet.warning_lines(regime)
    page = _Sheets(book, head)
    page.add("Danh mục", _AWARDS, _awards(law, on))
    page.add("Điều kiện", _CONDITIONS, _conditions(law, on))
    page.add("Hồ sơ", _FILES, _files(law, on))
    page.add("Tiền thưởng", _MONEY, _money(law, on))
    page.add("Căn cứ", _BASIS, [*_basis(law, on), *_instruments(instruments)])
    book.close()
    return out.getvalue()


class _Sheets:
    """The sheets of one book: the same head on each, then a table that fits the width of the paper."""

    def __init__(self, book: Any, head: list[str]) -> None:
        self.book, self.head = book, head
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
                if isinstance(value, int | float):
                    sheet.write_number(place, column, value, self.whole if isinstance(value, int) else self.part)
                else:
                    sheet.write_string(place, column, value, self.cell)
        sheet.freeze_panes(top + 1, 0)
        sheet.autofilter(top, 0, place, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer("&L&A&RTrang &P/&N")


def _cited(value: DatedValue) -> tuple[str, str, str]:
    sure = catalogue_leaflet.UNCONFIRMED_MARK if not value.confirmed else "đã xác nhận"
    state = f"{sure}, {catalogue_leaflet.REVIEW_MARK}" if value.needs_review else sure
    return value.citation.text, state, " ".join(filter(None, [f"Nguồn: {value.source}.", value.note]))


_AWARDS: tuple[SheetColumn, ...] = (
    ("STT", 6), ("Mã", 10), ("Danh hiệu, hình thức", 40), ("Loại", 24), ("Đối tượng", 26), ("Ở xã", 24), ("Người quyết định", 34),
    ("Biểu quyết", 34), ("Tỷ lệ khống chế", 24), ("Bảo quản hồ sơ", 16), *CITATION_COLUMNS,
)  # fmt: skip


def _awards(law: Law, on: date) -> Iterable[SheetRow]:
    """In the order of the page; the citation is that of who decides."""
    entries = [(section.title, entry) for section in listing.catalogue_sections(law, on) for entry in section.entries]
    for place, (title, entry) in enumerate(entries, 1):
        code = entry.award.code
        says = [_value_text(law, f"{code}.{name}", on) for name in ("vote", "quota", "retention")]
        decider = law.value_on(f"{code}.decider", on)
        whose = ", ".join(entry.subjects)
        yield place, code, entry.name, entry.genus, whose, title, entry.decider.label, *says, *_cited(decider)


def _value_text(law: Law, code: str, on: date) -> str:
    value = law.find(code, on)
    if value is None:
        return ""
    return "; ".join(describe_value(value, law, on)) + (
        "" if value.confirmed else f" ({catalogue_leaflet.UNCONFIRMED_MARK})"
    )


_CONDITIONS: tuple[SheetColumn, ...] = (
    ("Danh hiệu, hình thức", 40), ("Đối tượng", 16), ("Điều kiện", 40), ("Mức độ", 24), ("Yêu cầu", 60), *CITATION_COLUMNS,
)  # fmt: skip


def _conditions(law: Law, on: date) -> Iterable[SheetRow]:
    for code, award in law.awards.items():
        for subject in award.subjects:
            for value in law.conditions(code, subject, on):
                wanted = "\n".join(condition_lines(value.content, law, on))
                name, label = law.award_name(code, on), question_text(law, value)
                yield name, SUBJECT_LABELS[subject], label, weight_text(value.content), wanted, *_cited(value)


_FILES: tuple[SheetColumn, ...] = (
    ("Danh hiệu, hình thức", 40), ("Đối tượng", 16), ("Loại hình", 20), ("Thành phần", 60), ("Mẫu báo cáo", 16), *CITATION_COLUMNS,
)  # fmt: skip


def _files(law: Law, on: date) -> Iterable[SheetRow]:
    """A row for each paper that a file must hold."""
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
    """The citation is that of the coefficient; what makes the sum unsure is said in its column."""
    rounding = _value_text(law, "award.rounding", on)
    for section in listing.catalogue_sections(law, on):
        for entry in section.entries:
            for one, subject in zip(entry.sums, entry.award.subjects, strict=False):
                money = one.price.money
                where, _, source = _cited(law.value_on(f"{entry.award.code}.coefficient", on, subject))
                sure = "đã xác nhận" if one.sure else catalogue_leaflet.UNCONFIRMED_MARK
                state = f"{sure}, {catalogue_leaflet.REVIEW_MARK}" if one.needs_review else sure
                figures = float(money.coefficient), money.base, float(money.raw), money.rounded
                yield entry.name, one.subject, *figures, rounding, where, state, source


_BASIS: tuple[SheetColumn, ...] = (
    ("Dùng cho", 26), ("Văn bản", 80), ("Số, ký hiệu", 22), ("Hiệu lực", 30), *CITATION_COLUMNS,
)  # fmt: skip


def _basis(law: Law, on: date) -> Iterable[SheetRow]:
    """The căn cứ lines of each kind of paper."""
    for kind in law.codes["basis"].kinds:
        if value := law.find("basis", on, kind=kind):
            for line in value.content:
                yield f"căn cứ của {KIND_LABELS[kind]}", line["text"], "", "", *_cited(value)


def _instruments(rows: Iterable[Instrument]) -> Iterable[SheetRow]:
    for one in rows:
        start = f"từ {format_date(one.starts_on)}" if one.starts_on else "ngày có hiệu lực chưa xác nhận"
        end = f" đến {format_date(one.ends_on)}" if one.ends_on else ""
        state = "đã xác nhận" if one.confirmed else catalogue_leaflet.UNCONFIRMED_MARK
        yield "văn bản có hiệu lực", one.name, one.number, start + end, "", state, f"Nguồn: {one.source}."
