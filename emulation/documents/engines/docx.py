"""Paper -> Word. Easy to edit (named styles, real tables, fields and rules), with the same layout as the PDF."""

from io import BytesIO
from itertools import groupby
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
from emulation.documents.blocks.codec import AnyDocument
from emulation.documents.blocks.letterhead import MOTTO, NATION, Signature
from emulation.documents.blocks.metrics import balanced_lines, text_width
from emulation.documents.blocks.paper import Appendix, Paper, PaperStatus
from emulation.documents.blocks.text import punctuated_items
from emulation.documents.engines import layout
from emulation.documents.engines.docx_styles import blank_document
from emulation.documents.engines.images import ImageReader

_LABEL_MM = 25
_COLON_MM = text_width("Kính gửi") * layout.BODY_PT * layout.MM_PER_PT
_DASH_MM = text_width("- ") * layout.BODY_PT * layout.MM_PER_PT


def render_docx(sheet: AnyDocument, read_picture: ImageReader = lambda sha: None) -> bytes:
    """The .docx of a paper or a giấy khen."""
    if isinstance(sheet, Paper):
        document = DocxWriter(sheet).write()
    else:
        from emulation.documents.engines.docx_certificate import certificate_docx

        document = certificate_docx(sheet, read_picture)
    properties = document.core_properties
    properties.title = sheet.title[:250]
    properties.language = "vi-VN"
    properties.author = properties.comments = ""  # python-docx puts its own name there
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class DocxWriter:
    """Writes one paper into a new document."""

    def __init__(self, paper: Paper) -> None:
        from emulation.documents.engines import docx_tools

        self.paper = paper
        self.tools = docx_tools
        self.document = blank_document()

    def write(self) -> Any:
        self.page(self.document.sections[0])
        self.letterhead()
        self.name()
        self.addressees()
        self.blocks(self.paper.body)
        self.foot()
        if self.paper.note:
            self.line(self.paper.note, "Danh sách nơi nhận").runs[0].font.italic = True
        for appendix in self.paper.appendices:
            self.appendix(appendix)
        self.document.element.body.remove(self.first)
        return self.document

    # ── page ──
    def page(self, section: Any) -> None:
        from docx.shared import Mm

        section.page_width = Mm(210)
        section.page_height = Mm(297)
        section.top_margin = Mm(layout.TOP)
        section.bottom_margin = Mm(layout.BOTTOM)
        section.left_margin = Mm(layout.LEFT)
        section.right_margin = Mm(layout.RIGHT)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        header = section.header.paragraphs[0]
        header.alignment = 1
        self.tools.add_page_number(header)
        if self.paper.status is PaperStatus.draft:
            self.tools.add_watermark(section.header, "DỰ THẢO")
            self.tools.add_watermark(section.first_page_header, "DỰ THẢO")
        self.first = self.document.add_paragraph()._p  # python-docx adds the first table after it; removed at the end

    def line(self, text: str, style: str, container: Any = None, **font: Any) -> Any:
        paragraph = (container or self.document).add_paragraph(style=style)
        self.tools.add_text(paragraph, text, **font)
        return paragraph

    def in_cell(self, cell: Any, lines: tuple[str, ...], style: str) -> None:
        """Adds lines to a cell; the first one uses the empty paragraph that every new cell has."""
        for text in lines:
            first = cell.paragraphs[0]
            if len(cell.paragraphs) == 1 and not first.runs:
                first.style = style
                self.tools.add_text(first, text)
            else:
                self.line(text, style, cell)

    # ── head ──
    def letterhead(self) -> None:
        head = self.paper.head
        if not head.issuer:
            self.line(NATION, "Quốc hiệu")
            self.line(MOTTO, "Tiêu ngữ")
            self.tools.add_rule(self.document, layout.longest_line_width((MOTTO,), 14, True), layout.TEXT_WIDTH)
            if head.date_line:
                self.line(head.date_line, "Địa danh ngày tháng").alignment = 2
            return
        table = self.tools.add_fixed_table(self.document, 2, (layout.LEFT_CELL, layout.RIGHT_CELL))
        left, right = table.rows[0].cells
        self.in_cell(left, layout.parent_lines(head), "Cơ quan chủ quản")
        issuer = layout.issuer_lines(head)
        self.in_cell(left, issuer, "Cơ quan ban hành")
        self.tools.add_rule(left, layout.longest_line_width(issuer, 13, True) * layout.RULE_SHARE, layout.LEFT_CELL)
        self.in_cell(right, (NATION,), "Quốc hiệu")
        self.in_cell(right, (MOTTO,), "Tiêu ngữ")
        self.tools.add_rule(right, layout.longest_line_width((MOTTO,), 14, True), layout.RIGHT_CELL)
        left, right = table.rows[1].cells
        if head.number_line:
            self.in_cell(left, (head.number_line,), "Số ký hiệu")
        if not self.paper.doc_type:
            self.in_cell(left, ("\n".join(layout.official_letter_subject(self.paper.subject)),), "Trích yếu công văn")
        if head.date_line:
            self.in_cell(right, (head.date_line,), "Địa danh ngày tháng")

    def name(self) -> None:
        from docx.shared import Pt

        if not self.paper.doc_type:
            return
        self.line(self.paper.doc_type, "Tên loại").paragraph_format.space_before = Pt(18)
        if self.paper.subject:
            lines = layout.subject_lines(self.paper.subject)
            self.line("\n".join(lines), "Trích yếu")
            self.tools.add_rule(
                self.document, layout.longest_line_width(lines, 14, True) * layout.RULE_SHARE, layout.TEXT_WIDTH
            )

    def addressees(self) -> None:
        from docx.shared import Mm, Pt

        addressees = self.paper.addressees
        if not addressees:
            return
        is_single = len(addressees) == 1
        first = self.line(f"Kính gửi: {addressees[0]}" if is_single else "Kính gửi:", "Kính gửi")
        first.paragraph_format.space_before = Pt(18)
        if is_single:
            first.alignment = 1
            first.paragraph_format.space_after = Pt(12)
            return
        first.paragraph_format.left_indent = Mm(_LABEL_MM)
        for item in punctuated_items(addressees):
            last = self.line(f"- {item}", "Kính gửi").paragraph_format
            last.left_indent = Mm(_LABEL_MM + _COLON_MM + _DASH_MM)
            last.first_line_indent = Mm(-_DASH_MM)
        last.space_after = Pt(12)

    # ── foot ──
    def foot(self) -> None:
        from docx.shared import Mm

        self.keep_last()
        if len(self.paper.signatures) == 1:
            table = self.one_signature(Mm(25))
            self.recipients(table.cell(0, 0))
            self.tools.keep_table_together(table, with_next=bool(self.paper.note))
        else:
            table = self.two_signatures(Mm(25))
            self.tools.keep_table_together(table, with_next=bool(self.paper.note or self.paper.recipients))
            self.recipients(None)

    def one_signature(self, space: Any) -> Any:
        """A table with the signature on the right, in a single row, which no program splits."""
        table = self.tools.add_fixed_table(self.document, 1, (layout.LEFT_CELL, layout.RIGHT_CELL))
        cell = table.cell(0, 1)
        (signature,) = self.paper.signatures
        self.capacity(cell, signature)
        self.line(signature.name, "Họ tên người ký", cell).paragraph_format.space_before = space
        return table

    def two_signatures(self, space: Any) -> Any:
        """A table with two signatures next to each other, the names in a second row so that they are level."""
        table = self.tools.add_fixed_table(self.document, 2, (layout.TEXT_WIDTH / 2,) * 2)
        for column, signature in enumerate(self.paper.signatures):
            self.capacity(table.cell(0, column), signature)
            cell = table.cell(1, column)
            self.in_cell(cell, (signature.name,), "Họ tên người ký")
            cell.paragraphs[0].paragraph_format.space_before = space
        return table

    def keep_last(self) -> None:
        """Keeps the last two paragraphs (or rows) of the text with the signature, so that it is never alone on a page."""
        from docx.shared import Pt

        self.tools.keep_tail_with_next(self.document, 2)
        gap = self.line("", "Nội dung")
        gap.paragraph_format.space_before = Pt(0)
        gap.paragraph_format.keep_with_next = True

    def capacity(self, cell: Any, signature: Signature) -> None:
        self.in_cell(cell, signature.capacity, "Chức vụ")
        if signature.note:
            self.line(signature.note, "Chức vụ", cell, bold=False, italic=True, size=13)

    def recipients(self, cell: Any) -> None:
        if not self.paper.recipients:
            return
        if cell is None:
            self.line("Nơi nhận:", "Nơi nhận")
        else:
            self.in_cell(cell, ("Nơi nhận:",), "Nơi nhận")
        for text in self.paper.recipient_lines:
            self.line(f"- {text}", "Danh sách nơi nhận", cell)

    def appendix(self, appendix: Appendix) -> None:
        from docx.shared import Pt

        section = self.document.add_section()
        section.different_first_page_header_footer = True
        self.tools.restart_page_numbers(section)
        for text in (appendix.label, appendix.title, appendix.subtitle):
            for line in balanced_lines(text, layout.SUBJECT_EM, bold=True) if text else ():
                self.line(line, "Tên loại")
        with_lines = layout.attached_to_lines(self.paper.attached_to(appendix))
        self.line("\n".join(with_lines), "Kèm theo")
        self.tools.add_rule(
            self.document, layout.longest_line_width(with_lines, 14, False) * layout.RULE_SHARE, layout.TEXT_WIDTH
        )
        self.document.paragraphs[-1].paragraph_format.space_after = Pt(8)
        self.blocks(appendix.body)

    # ── blocks ──
    def blocks(self, blocks: tuple[Block, ...]) -> None:
        for kind, sequence in groupby(blocks, type):
            if kind is LegalBasisLine:
                texts = tuple(block.text for block in sequence if isinstance(block, LegalBasisLine))
                for text in punctuated_items(texts):
                    self.line(text, "Căn cứ")
            else:
                for block in sequence:
                    self.block(block)

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
                self.line(line, "Nội dung")

    def paragraph(self, block: Paragraph) -> None:
        from docx.shared import Mm

        for place, line in enumerate(line for line in block.text.split("\n") if line or block.lead):
            paragraph = self.document.add_paragraph(style="Nội dung")
            if block.lead and place == 0:
                self.tools.add_text(paragraph, block.lead + " ", bold=True)
            self.tools.add_text(paragraph, line, bold=block.bold or None, italic=block.italic or None)
            if block.align is not TextAlign.justify:
                paragraph.alignment = _alignment(block.align)
            if block.align in (TextAlign.center, TextAlign.right):
                paragraph.paragraph_format.first_line_indent = Mm(0)

    def numbered(self, style: str, head: str, text: str, own_line: bool) -> None:
        paragraph = self.document.add_paragraph(style=style)
        self.tools.add_text(paragraph, head, bold=True)
        first, _, rest = text.partition("\n")
        if own_line:
            paragraph.paragraph_format.keep_with_next = True
            self.body(text)
        else:
            self.tools.add_text(paragraph, f" {first}")
            self.body(rest)

    def dots(self, label: str, count: int) -> None:
        """Dotted lines up to the right margin, made of tab stops with a leader."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm

        for place in range(count):
            paragraph = self.line(f"{label if place == 0 else ''}", "Nội dung")
            paragraph.add_run().add_tab()
            paragraph.alignment = 0
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Mm(layout.TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            if place or not label:
                paragraph.paragraph_format.first_line_indent = Mm(0)

    def table(self, block: Table) -> None:
        from docx.shared import Pt

        widths = tuple(layout.TEXT_WIDTH * share / 100 for share in block.widths)
        aligns = [TextAlign.center] * block.numbered + [column.align for column in block.columns]
        gap = self.line("", "Bảng").paragraph_format
        gap.line_spacing = Pt(6)
        table = self.tools.add_fixed_table(self.document, 1, widths, bordered=True)
        titles = ["STT"] * block.numbered + [column.title for column in block.columns]
        self.fill(table.rows[0], titles, [TextAlign.center] * len(titles), bold=True)
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
            self.fill(cells, [str(serial)] * block.numbered + list(row), aligns)
        if block.total:
            span, texts = layout.total_cells(block)
            cells = self.row(table, widths)
            self.put(cells.cells[0].merge(cells.cells[span - 1]), texts[0], TextAlign.center, bold=True)
            for cell, text, align in zip(cells.cells[span:], texts[1:], aligns[span:], strict=True):
                self.put(cell, text, align, bold=True)
        self.line("", "Bảng").paragraph_format.line_spacing = Pt(6)

    def row(self, table: Any, widths: tuple[float, ...]) -> Any:
        from docx.shared import Mm

        row = table.add_row()
        self.tools.keep_row_together(row)
        for cell, value in zip(row.cells, widths, strict=True):
            cell.width = Mm(value)
        return row

    def fill(self, row: Any, texts: list[str], aligns: list[TextAlign], bold: bool = False) -> None:
        for cell, text, align in zip(row.cells, texts, aligns, strict=True):
            self.put(cell, text, align, bold)

    def put(self, cell: Any, text: str, align: TextAlign, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = "Bảng"
        paragraph.alignment = _alignment(align)
        self.tools.add_text(paragraph, text, bold=bold or None)


def _alignment(align: TextAlign) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as To

    return {
        TextAlign.left: To.LEFT,
        TextAlign.center: To.CENTER,
        TextAlign.right: To.RIGHT,
        TextAlign.justify: To.JUSTIFY,
    }[align]
