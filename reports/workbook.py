"""The catalogue of a day as a workbook: a sheet a subject. Every text goes in as text, never as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from emulation.core.words import vn_date
from emulation.legal import catalogue
from emulation.legal.display import KINDS, SUBJECTS, describe, question
from emulation.legal.law import Law, Value
from emulation.legal.loader import Regime
from emulation.legal.models import Instrument
from emulation.legal.rules.asks import asks, weight
from reports import leaflet

Row = Sequence[Any]
Column = tuple[str, int]
CITED: tuple[Column, ...] = (("Điều khoản", 40), ("Mức xác nhận", 18), ("Nguồn, ghi chú", 60))


def workbook(
    law: Law, regime: Regime | None, on: date, made: datetime, instruments: Iterable[Instrument], owner: str
) -> bytes:
    """The .xlsx file. NoValue before the catalogue's first day."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": f"{leaflet.TITLE} {leaflet.since(law, on)}", "author": owner})
    head = [owner, f"{leaflet.TITLE} {leaflet.since(law, on)}", *leaflet.about(regime, on, made)]
    head += leaflet.warnings(regime)
    page = _Pages(book, head)
    page.add("Danh mục", _AWARDS, _awards(law, on))
    page.add("Điều kiện", _CONDITIONS, _conditions(law, on))
    page.add("Hồ sơ", _FILES, _files(law, on))
    page.add("Tiền thưởng", _MONEY, _money(law, on))
    page.add("Căn cứ", _BASIS, [*_basis(law, on), *_instruments(instruments)])
    book.close()
    return out.getvalue()


class _Pages:
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

    def add(self, name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> None:
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


def _cited(value: Value) -> tuple[str, str, str]:
    sure = leaflet.UNSURE if not value.confirmed else "đã xác nhận"
    state = f"{sure}, {leaflet.REVIEW}" if value.needs_review else sure
    return value.citation.text, state, " ".join(filter(None, [f"Nguồn: {value.source}.", value.note]))


_AWARDS: tuple[Column, ...] = (
    ("STT", 6), ("Mã", 10), ("Danh hiệu, hình thức", 40), ("Loại", 24), ("Đối tượng", 26), ("Ở xã", 24), ("Người quyết định", 34),
    ("Biểu quyết", 34), ("Tỷ lệ khống chế", 24), ("Bảo quản hồ sơ", 16), *CITED,
)  # fmt: skip


def _awards(law: Law, on: date) -> Iterable[Row]:
    """In the order of the page; the citation is that of who decides."""
    entries = [(section.title, entry) for section in catalogue.listing(law, on) for entry in section.entries]
    for place, (title, entry) in enumerate(entries, 1):
        code = entry.award.code
        says = [_says(law, f"{code}.{name}", on) for name in ("vote", "quota", "retention")]
        decider = law.value_on(f"{code}.decider", on)
        whose = ", ".join(entry.subjects)
        yield place, code, entry.name, entry.genus, whose, title, entry.decider.label, *says, *_cited(decider)


def _says(law: Law, code: str, on: date) -> str:
    value = law.find(code, on)
    if value is None:
        return ""
    return "; ".join(describe(value, law, on)) + ("" if value.confirmed else f" ({leaflet.UNSURE})")


_CONDITIONS: tuple[Column, ...] = (
    ("Danh hiệu, hình thức", 40), ("Đối tượng", 16), ("Điều kiện", 40), ("Mức độ", 24), ("Yêu cầu", 60), *CITED,
)  # fmt: skip


def _conditions(law: Law, on: date) -> Iterable[Row]:
    for code, award in law.awards.items():
        for subject in award.subjects:
            for value in law.conditions(code, subject, on):
                wanted = "\n".join(asks(value.content, law, on))
                name, label = law.award_name(code, on), question(law, value)
                yield name, SUBJECTS[subject], label, weight(value.content), wanted, *_cited(value)


_FILES: tuple[Column, ...] = (
    ("Danh hiệu, hình thức", 40), ("Đối tượng", 16), ("Loại hình", 20), ("Thành phần", 60), ("Mẫu báo cáo", 16), *CITED,
)  # fmt: skip


def _files(law: Law, on: date) -> Iterable[Row]:
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
                    yield award, SUBJECTS[subject], KINDS[kind], item["label"], number, *_cited(value)


_MONEY: tuple[Column, ...] = (
    ("Danh hiệu, hình thức", 40), ("Đối tượng", 16), ("Hệ số", 8), ("Mức lương cơ sở", 16), ("Trước làm tròn", 16),
    ("Tiền thưởng (đồng)", 18), ("Làm tròn", 30), *CITED,
)  # fmt: skip


def _money(law: Law, on: date) -> Iterable[Row]:
    """The citation is that of the coefficient; what makes the sum unsure is said in its column."""
    rounding = _says(law, "award.rounding", on)
    for section in catalogue.listing(law, on):
        for entry in section.entries:
            for one, subject in zip(entry.sums, entry.award.subjects, strict=False):
                money = one.price.money
                where, _, source = _cited(law.value_on(f"{entry.award.code}.coefficient", on, subject))
                sure = "đã xác nhận" if one.sure else leaflet.UNSURE
                state = f"{sure}, {leaflet.REVIEW}" if one.needs_review else sure
                figures = float(money.coefficient), money.base, float(money.raw), money.rounded
                yield entry.name, one.subject, *figures, rounding, where, state, source


_BASIS: tuple[Column, ...] = (
    ("Dùng cho", 26), ("Văn bản", 80), ("Số, ký hiệu", 22), ("Hiệu lực", 30), *CITED,
)  # fmt: skip


def _basis(law: Law, on: date) -> Iterable[Row]:
    """The căn cứ lines of each kind of paper."""
    for kind in law.codes["basis"].kinds:
        if value := law.find("basis", on, kind=kind):
            for line in value.content:
                yield f"căn cứ của {KINDS[kind]}", line["text"], "", "", *_cited(value)


def _instruments(rows: Iterable[Instrument]) -> Iterable[Row]:
    for one in rows:
        start = f"từ {vn_date(one.starts_on)}" if one.starts_on else "ngày có hiệu lực chưa xác nhận"
        end = f" đến {vn_date(one.ends_on)}" if one.ends_on else ""
        state = "đã xác nhận" if one.confirmed else leaflet.UNSURE
        yield "văn bản có hiệu lực", one.name, one.number, start + end, "", state, f"Nguồn: {one.source}."
