"""Word structures that python-docx does not support: rules, page fields, watermarks, repeated headers, fixed tables."""

from collections.abc import Iterable
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table

from emulation.documents.blocks.line_breaks import NBSP
from emulation.documents.engines import layout

DOCX_FONT = "Times New Roman"


def set_font(style: Any, size: float, bold: bool = False, italic: bool = False) -> None:
    """Sets Times New Roman for every script of the style, instead of the fonts of the theme."""
    style.font.name = DOCX_FONT
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), DOCX_FONT)


def add_text(paragraph: Any, parts: Iterable[tuple[str, bool]], **font: Any) -> Any:
    """Adds a run with these font attributes and returns it; line breaks are kept.

    `parts`: texts, each with whether it stays on one line; spaces and hyphens in such a part do not break.
    """
    run = paragraph.add_run()
    for name, value in font.items():
        if value is not None:
            setattr(run.font, name, Pt(value) if name == "size" else value)
    for part, kept in parts:
        pieces = part.replace(" ", NBSP).split("-") if kept else [part]
        for place, piece in enumerate(pieces):
            if place:
                run._r.append(OxmlElement("w:noBreakHyphen"))
            _add_lines(run, piece)
    return run


def _add_lines(run: Any, text: str) -> None:
    for line_no, line in enumerate(text.split("\n")):
        if line_no:
            run.add_break()
        if line:
            run._r.add_t(line)


def add_rule(cell: Any, length: float, width: float) -> None:
    """Adds a line of `length` mm centred in `width` mm: an empty paragraph with an upper border."""
    paragraph = cell.add_paragraph(style="Kẻ ngang")
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(max(0, (width - length) / 2))
    border = parse_xml(f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>')
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_fixed_table(container: Any, rows: int, widths: tuple[float, ...], bordered: bool = False) -> Any:
    """Adds a table with fixed column widths (mm); without borders its cells have no inner margins."""
    table = container.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    if bordered:
        table.style = "Table Grid"
        margins = {"top": 28, "left": 68, "bottom": 28, "right": 68}
    else:
        margins = {"left": 0, "right": 0}
    edges = "".join(f'<w:{side} w:w="{size}" w:type="dxa"/>' for side, size in margins.items())
    properties = table._tbl.tblPr
    properties.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{edges}</w:tblCellMar>"))
    for element, value in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        element.set(qn("w:w"), str(Mm(value).twips))
    for row in table.rows:
        for cell, value in zip(row.cells, widths, strict=True):
            cell.width = Mm(value)
    return table


def keep_row_together(row: Any, header: bool = False) -> None:
    """Keeps the row on one page; a header row is repeated on each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def keep_table_together(table: Any, with_next: bool = False) -> None:
    """Keeps the table on one page; `with_next` also keeps it on the same page as the next paragraph."""
    last = len(table.rows) - 1
    for place, row in enumerate(table.rows):
        keep_row_together(row)
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_together = True
                paragraph.paragraph_format.keep_with_next = place < last or with_next or None


def keep_tail_with_next(document: Any, count: int, whole: bool) -> None:
    """Keeps the last `count` paragraphs or table rows on the same page as the next one. Empty lines are not counted.

    `whole`: also keeps each of these paragraphs on one page.
    """
    for item in reversed(list(document.iter_inner_content())):
        rows = list(reversed(item.rows)) if isinstance(item, Table) else []
        for row in rows[:count]:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
        if not rows:
            item.paragraph_format.keep_with_next = True
            item.paragraph_format.keep_together = whole or None
        count -= len(rows) or bool(item.text)
        if count <= 0:
            return


def add_page_number(paragraph: Any) -> None:
    """Adds the page number as a field."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._r.append(element)


def restart_page_numbers(section: Any) -> None:
    """Restarts the page numbers at 1 in this section."""
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    properties = section._sectPr
    following = properties.find(qn("w:cols"))
    if following is not None:
        following.addprevious(number)
    else:
        properties.append(number)


def turn_section(section: Any, *, wide: bool) -> float:
    """Sets the sheets of a section upright or on landscape, numbered from 1; returns the width of the text in mm."""
    restart_page_numbers(section)
    width = 297 if wide else 210
    left = layout.TOP if wide else layout.LEFT
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width = Mm(width)
    section.page_height = Mm(210 if wide else 297)
    section.left_margin = Mm(left)
    section.bottom_margin = Mm(layout.RIGHT if wide else layout.BOTTOM)
    return width - left - layout.RIGHT


def add_watermark(header: Any, text: str, angle: int = 315) -> None:
    """Adds a diagonal grey text behind the page, as Word's own watermark (Design, Watermark)."""
    pict = parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
        '<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="DuThao{id(header)}" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;'
        f"width:420pt;height:110pt;rotation:{angle};z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
        f'" fillcolor="#d8d8d8" stroked="f"><v:textpath style="font-family:&quot;{DOCX_FONT}&quot;;font-size:1pt;font-weight:bold" '
        f'string="{text}"/></v:shape></w:pict>'
    )
    header.paragraphs[0].add_run()._r.append(pict)


def add_mark(document: Any, mark: str) -> None:
    """Adds the words behind every page of a finished document."""
    for section in document.sections:
        add_watermark(section.header, mark)
        if section.different_first_page_header_footer:
            add_watermark(section.first_page_header, mark)


def add_background_image(run: Any, data: Any, width: float, height: float) -> None:
    """Adds an image over the whole page, behind the text; width and height in millimetres."""
    inline = run.add_picture(data, Mm(width), Mm(height))._inline
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="0" behindDoc="1" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV></wp:anchor>'
    )
    for child in list(inline):
        anchor.append(child)
        if child.tag == qn("wp:extent"):
            anchor.append(parse_xml(f"<wp:wrapNone {nsdecls('wp')}/>"))
    inline.getparent().replace(inline, anchor)


def add_page_border(section: Any, color: str) -> None:
    """Adds a thin double frame around the page."""
    sides = "".join(
        f'<w:{side} w:val="double" w:sz="6" w:space="20" w:color="{color}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    border = parse_xml(f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">{sides}</w:pgBorders>')
    section._sectPr.find(qn("w:pgMar")).addnext(border)


def add_paragraph_style(
    document: Document, name: str, size: float, *, bold: bool = False, italic: bool = False, outline: int | None = None
) -> Any:
    """Adds a paragraph style; `outline` is its level in Word's navigation pane."""
    style = document.styles.add_style(name, 1)
    style.base_style = document.styles["Normal"]
    set_font(style, size, bold, italic)
    style.quick_style = True
    if outline is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(outline))
        style.element.get_or_add_pPr().append(level)
    return style
