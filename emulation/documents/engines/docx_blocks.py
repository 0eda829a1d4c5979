"""Writes the blocks of a body into a Word document."""

from itertools import groupby
from math import inf
from typing import Any

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Article,
    Bullet,
    CenteredLine,
    Clause,
    DottedLines,
    EnactingLine,
    Heading,
    KeyValue,
    LegalBasisLine,
    Paragraph,
    Point,
    Table,
    TableRowGroup,
    TextAlign,
)
from emulation.documents.blocks.chart import Bars
from emulation.documents.blocks.line_breaks import NBSP
from emulation.documents.blocks.metrics import KEPT_SPACE
from emulation.documents.blocks.text import punctuated_items
from emulation.documents.engines import layout

JUSTIFIED_STYLES = {"Nội dung", "Điều", "Căn cứ"}


class BlockWriter:
    """Writes text and blocks into a document that has the styles of docx_styles."""

    def __init__(self, document: Any, style: layout.StyleVersion = layout.CURRENT) -> None:
        from emulation.documents.engines import docx_tools

        self.document = document
        self.tools = docx_tools
        self.style = style
        self.text_width: float = layout.TEXT_WIDTH

    def text(self, paragraph: Any, text: str, limit: float = inf, **font: Any) -> Any:
        """Adds a run; `limit` is the width of the column in em."""
        return self.tools.add_text(paragraph, self.style.parts(text, limit, bool(font.get("bold"))), **font)

    def justified(self, paragraph: Any, text: str, head: str = "", **font: Any) -> Any:
        """Adds a run to a justified paragraph that begins with `head`."""
        return self.tools.add_text(paragraph, layout.justified_parts(text, head, self.style), **font)

    def line(self, text: str, style: str, container: Any = None, **font: Any) -> Any:
        paragraph = (container or self.document).add_paragraph(style=style)
        self.text(paragraph, text, **font)
        return paragraph

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        introductions = layout.introductions(blocks) if self.style.keeps_introductions else ()
        for kind, sequence in groupby(blocks, type):
            if kind is LegalBasisLine:
                self.basis_lines(tuple(block.text for block in sequence if isinstance(block, LegalBasisLine)))
                continue
            for block in sequence:
                self.block(block)
                if block in introductions:
                    self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def basis_lines(self, texts: tuple[str, ...]) -> None:
        for text in punctuated_items(texts):
            self.line(text, "Căn cứ")

    def align_loose_paragraphs(self, density: layout.Density) -> None:
        """Sets flush left the justified paragraphs that words which stay together would stretch too much."""
        for paragraph in self.document.paragraphs:
            if paragraph.style.name in JUSTIFIED_STYLES and paragraph.alignment is None:
                kept = paragraph.text.replace(NBSP, KEPT_SPACE)
                paragraph.alignment = 0 if layout.is_loose(kept, density, self.style) else None

    def block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self.paragraph(block)
            case Article() | Clause():
                self.provision(block)
            case Point(_, text):
                self.body(f"{block.label} {text}")
            case Bullet(text):
                self.body(f"- {text}")
            case Heading() | EnactingLine() | CenteredLine():
                self.heading(block)
            case KeyValue() | DottedLines():
                self.field(block)
            case Table():
                self.table(block)
            case Bars():
                self.line(block.title, "Giữa dòng", bold=True).paragraph_format.keep_with_next = True
                self.table(block.table)
            case _:
                raise TypeError(f"no Word form for {type(block).__name__}")

    def field(self, block: KeyValue | DottedLines) -> None:
        match block:
            case KeyValue(label, ""):
                self.dots(f"{label}: ", 1)
            case KeyValue(label, value):
                self.body(f"{label}: {value}")
            case DottedLines(label, count):
                self.dots(f"{label} " if label else "", count)

    def provision(self, block: Article | Clause) -> None:
        if isinstance(block, Clause) and not block.title:
            self.body(f"{block.number}. {block.text}")
            return
        if isinstance(block, Article):
            style = "Điều"
            label = f"Điều {block.number}."
        else:
            style = "Nội dung"
            label = f"{block.number}."
        self.numbered(style, f"{label} {block.title}".rstrip(), block.text, own_line=bool(block.title))

    def heading(self, block: Heading | EnactingLine | CenteredLine) -> None:
        match block:
            case CenteredLine(text, bold, italic):
                self.line(text, "Giữa dòng", bold=bold, italic=italic)
                return
            case EnactingLine(text):
                line = self.line(text, "Giữa dòng", bold=True)
            case _:
                title = block.title if block.level == "number" else block.title.upper()
                if block.stacked:
                    line = self.line(f"{block.label}\n{title}", "Phần Chương")
                else:
                    line = self.line(f"{block.label} {title}", "Đề mục")
        line.paragraph_format.keep_with_next = True

    def body(self, text: str) -> None:
        """Text of the body, one paragraph per line."""
        for line in text.split("\n"):
            if line:
                self.justified(self.document.add_paragraph(style="Nội dung"), line)

    def paragraph(self, block: Paragraph) -> None:
        from docx.shared import Mm

        for place, line in enumerate(line for line in block.text.split("\n") if line or block.lead):
            paragraph = self.document.add_paragraph(style="Nội dung")
            if head := _head_of_line(block, place):
                self.text(paragraph, head, bold=True)
            self.justified(paragraph, line, head, bold=block.bold or None, italic=block.italic or None)
            if block.align is not TextAlign.justify:
                paragraph.alignment = _alignment(block.align)
            if block.align in (TextAlign.center, TextAlign.right):
                paragraph.paragraph_format.first_line_indent = Mm(0)

    def numbered(self, style: str, head: str, text: str, own_line: bool) -> None:
        paragraph = self.document.add_paragraph(style=style)
        self.text(paragraph, head, bold=True)
        first, _, rest = text.partition("\n")
        if own_line:
            paragraph.paragraph_format.keep_with_next = True
            self.body(text)
        else:
            self.justified(paragraph, f" {first}", head)
            self.body(rest)

    def dots(self, label: str, count: int) -> None:
        """Dotted lines up to the right margin, made of tab stops with a leader; several stay on one page."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm

        if count > 1:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        for place in range(count):
            paragraph = self.line(f"{label if place == 0 else ''}", "Nội dung")
            paragraph.add_run().add_tab()
            paragraph.alignment = 0
            paragraph.paragraph_format.keep_with_next = count > 1 or None
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Mm(self.text_width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            if place or not label:
                paragraph.paragraph_format.first_line_indent = Mm(0)

    def table(self, block: Table) -> None:
        from docx.shared import Pt

        shares = layout.column_widths(block)
        widths = tuple(self.text_width * share / 100 for share in shares)
        aligns = [TextAlign.center] * block.numbered + [column.align for column in block.columns]
        gap = self.line("", "Bảng").paragraph_format
        gap.line_spacing = Pt(6)
        table = self.tools.add_fixed_table(self.document, 1, widths, bordered=True)
        titles = ["STT"] * block.numbered + [column.title for column in block.columns]
        limits = layout.column_limits(shares)
        self.fill(table.rows[0], titles, [TextAlign.center] * len(titles), limits, bold=True)
        self.tools.keep_row_together(table.rows[0], header=True)
        serial = 0
        for row in block.rows:
            cells = self.row(table, widths)
            if isinstance(row, TableRowGroup):
                merged = cells.cells[0].merge(cells.cells[-1])
                self.put(merged, row.title, TextAlign.left, bold=True)
                for paragraph in merged.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
                continue
            serial += 1
            self.fill(cells, [str(serial)] * block.numbered + list(row), aligns, limits)
        if block.total:
            self.total(table, block, aligns, limits)
        self.line("", "Bảng").paragraph_format.line_spacing = Pt(6)

    def total(self, table: Any, block: Table, aligns: list[TextAlign], limits: list[float]) -> None:
        """The last row, on the page of the one before it."""
        if self.style.keeps_totals:
            for cell in table.rows[-1].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        span, texts = layout.total_cells(block)
        cells = self.row(table, tuple(self.text_width * share / 100 for share in layout.column_widths(block)))
        self.put(cells.cells[0].merge(cells.cells[span - 1]), texts[0], TextAlign.center, bold=True)
        for cell, text, align, limit in zip(cells.cells[span:], texts[1:], aligns[span:], limits[span:], strict=True):
            self.put(cell, text, align, limit, bold=True)

    def row(self, table: Any, widths: tuple[float, ...]) -> Any:
        from docx.shared import Mm

        row = table.add_row()
        self.tools.keep_row_together(row)
        for cell, value in zip(row.cells, widths, strict=True):
            cell.width = Mm(value)
        return row

    def fill(
        self, row: Any, texts: list[str], aligns: list[TextAlign], limits: list[float], bold: bool = False
    ) -> None:
        for cell, text, align, limit in zip(row.cells, texts, aligns, limits, strict=True):
            self.put(cell, text, align, limit, bold)

    def put(self, cell: Any, text: str, align: TextAlign, limit: float = inf, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = "Bảng"
        paragraph.alignment = _alignment(align)
        self.text(paragraph, text, limit, bold=bold or None)


def _alignment(align: TextAlign) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as To

    return {
        TextAlign.left: To.LEFT,
        TextAlign.center: To.CENTER,
        TextAlign.right: To.RIGHT,
        TextAlign.justify: To.JUSTIFY,
    }[align]


def _head_of_line(block: Paragraph, place: int) -> str:
    """The bold words at the beginning of the first line, "" of the others."""
    return f"{block.lead} " if block.lead and place == 0 else ""
