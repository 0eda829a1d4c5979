"""Paper -> Word file: page set-up, letterhead, body, signature, numbering of pages.

Easy to edit (named styles, real tables, fields and rules), with the same layout as the PDF.
"""

from io import BytesIO
from typing import Any

from emulation.documents.blocks.codec import AnyDocument
from emulation.documents.blocks.letterhead import MOTTO, NATION, Signature
from emulation.documents.blocks.metrics import text_width
from emulation.documents.blocks.paper import Appendix, Paper, PaperStatus
from emulation.documents.blocks.text import punctuated_items
from emulation.documents.engines import layout
from emulation.documents.engines.docx_blocks import BlockWriter
from emulation.documents.engines.docx_styles import blank_document
from emulation.documents.engines.images import ImageReader

_LABEL_MM = 25
_COLON_MM = text_width("Kính gửi") * layout.BODY_PT * layout.MM_PER_PT
_DASH_MM = text_width("- ") * layout.BODY_PT * layout.MM_PER_PT


def render_docx(
    sheet: AnyDocument,
    read_picture: ImageReader = lambda sha: None,
    style_version: str = layout.STYLE_VERSION,
    mark: str = "",
) -> bytes:
    """The .docx of a paper or a giấy khen, in the style version that it was frozen with; `mark` lies across every page."""
    style = layout.STYLE_VERSIONS[style_version]
    if isinstance(sheet, Paper):
        document = DocxWriter(sheet, style, _density(sheet, style_version)).write()
    else:
        from emulation.documents.engines.docx_certificate import certificate_docx

        document = certificate_docx(sheet, read_picture, style)
    if mark:
        from emulation.documents.engines.docx_tools import add_mark

        add_mark(document, mark)
    properties = document.core_properties
    properties.title = sheet.title[:250]
    properties.language = "vi-VN"
    properties.author = properties.comments = ""  # python-docx puts its own name there
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class DocxWriter(BlockWriter):
    """Writes one paper into a new document."""

    def __init__(self, paper: Paper, style: layout.StyleVersion, density: layout.Density) -> None:
        self.density = density
        super().__init__(blank_document(density), style)
        self.paper = paper

    def write(self) -> Any:
        self.page(self.document.sections[0])
        self.letterhead()
        self.name()
        self.addressees()
        self.blocks(self.paper.body)
        self.foot()
        for appendix in self.paper.appendices:
            self.appendix(appendix)
        self.align_loose_paragraphs(self.density)
        self.document.element.body.remove(self.first)
        if self.paper.status is PaperStatus.draft:
            self.tools.add_mark(self.document, "DỰ THẢO")
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
        for footer in (section.footer, section.first_page_footer) if self.paper.note else ():
            self.tools.add_text(footer.paragraphs[0], ((self.paper.note, False),), size=9)
        self.first = self.document.add_paragraph()._p  # python-docx adds the first table after it; removed at the end

    def in_cell(self, cell: Any, lines: tuple[str, ...], style: str) -> None:
        """Adds lines to a cell; the first one uses the empty paragraph that every new cell has."""
        for text in lines:
            first = cell.paragraphs[0]
            if len(cell.paragraphs) == 1 and not first.runs:
                first.style = style
                self.text(first, text)
            else:
                self.line(text, style, cell)

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
            self.in_cell(
                left, ("\n".join(layout.official_letter_subject(self.paper.subject, self.style)),), "Trích yếu công văn"
            )
        if head.date_line:
            self.in_cell(right, (head.date_line,), "Địa danh ngày tháng")

    def name(self) -> None:
        from docx.shared import Pt

        if not self.paper.doc_type:
            return
        self.line(self.paper.doc_type, "Tên loại").paragraph_format.space_before = Pt(18)
        if self.paper.subject:
            lines = layout.subject_lines(self.paper.subject, self.style)
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

    def foot(self) -> None:
        from docx.shared import Mm

        self.keep_last()
        if len(self.paper.signatures) == 1:
            level, below = layout.split_recipients(self.paper, self.style)
            table = self.one_signature(Mm(layout.SIGNATURE_MM))
            self.recipients(table.cell(0, 0), level)
            self.tools.keep_table_together(table, with_next=bool(below))
            for place, text in enumerate(below, 1):
                line = self.line(f"- {text}", "Danh sách nơi nhận")
                line.paragraph_format.right_indent = Mm(layout.RIGHT_CELL)
                line.paragraph_format.keep_with_next = len(below) - 3 < place < len(below) or None
        else:
            table = self.two_signatures(Mm(layout.SIGNATURE_MM))
            self.tools.keep_table_together(table, with_next=bool(self.paper.recipients))
            self.recipients(None, self.paper.recipient_lines)

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

        self.tools.keep_tail_with_next(self.document, 2, whole=self.style.splits_recipients)
        gap = self.line("", "Nội dung")
        gap.paragraph_format.space_before = Pt(0)
        gap.paragraph_format.keep_with_next = True

    def capacity(self, cell: Any, signature: Signature) -> None:
        self.in_cell(cell, signature.capacity, "Chức vụ")
        if signature.note:
            self.line(signature.note, "Chức vụ", cell, bold=False, italic=True, size=13)

    def recipients(self, cell: Any, lines: tuple[str, ...]) -> None:
        if not lines:
            return
        if cell is None:
            self.line("Nơi nhận:", "Nơi nhận").paragraph_format.keep_with_next = True
        else:
            self.in_cell(cell, ("Nơi nhận:",), "Nơi nhận")
        for place, text in enumerate(lines, 1):
            line = self.line(f"- {text}", "Danh sách nơi nhận", cell)
            line.paragraph_format.keep_with_next = (cell is None and place < len(lines)) or None

    def appendix(self, appendix: Appendix) -> None:
        from docx.shared import Pt

        section = self.document.add_section()
        section.different_first_page_header_footer = True
        self.text_width = self.tools.turn_section(section, wide=appendix.wide)
        for text in (appendix.label, appendix.title, appendix.subtitle):
            for line in layout.subject_lines(text, self.style):
                self.line(line, "Tên loại")
        with_lines = layout.attached_to_lines(self.paper.attached_to(appendix), self.style)
        self.line("\n".join(with_lines), "Kèm theo")
        self.tools.add_rule(
            self.document, layout.longest_line_width(with_lines, 14, False) * layout.RULE_SHARE, self.text_width
        )
        self.document.paragraphs[-1].paragraph_format.space_after = Pt(8)
        self.blocks(appendix.body)


def _density(paper: Paper, style_version: str) -> layout.Density:
    """The density in which the PDF of the paper is set."""
    if not paper.one_page and not layout.STYLE_VERSIONS[style_version].saves_pages:
        return layout.DENSITIES[0]
    from emulation.documents.engines import html, pdf

    return layout.DENSITIES[pdf.fitting_density(html.paper_html(paper), paper.title, style_version)]
