"""Giấy khen -> Word, landscape, with the same font sizes as the PDF."""

from io import BytesIO
from typing import Any

from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.letterhead import MOTTO, NATION
from emulation.documents.blocks.paper import PaperStatus
from emulation.documents.engines import docx_tools as tools
from emulation.documents.engines import layout
from emulation.documents.engines.docx_styles import blank_document
from emulation.documents.engines.images import ImageReader

_TEXT_WIDTH = 297 - 40
_RED, _GOLD = "C8141C", "B58A3A"


def certificate_docx(sheet: Certificate, read_picture: ImageReader, style: layout.StyleVersion = layout.CURRENT) -> Any:
    """The Word document of one giấy khen."""
    from docx.shared import Pt

    document = blank_document()
    _set_up_page(document.sections[0], sheet, read_picture)
    _emblem(document, sheet, read_picture)
    _line(document, NATION, 15, bold=True)
    _line(document, MOTTO, 15, bold=True)
    tools.add_rule(document, layout.longest_line_width((MOTTO,), 15, True), _TEXT_WIDTH)
    _texts(document, sheet, style)
    table = tools.add_fixed_table(document, 1, (_TEXT_WIDTH / 2, _TEXT_WIDTH / 2))
    left, right = table.rows[0].cells
    _decision_and_code(left, sheet)
    _signature(right, sheet)
    end = document.add_paragraph(style="Kẻ ngang")
    end.paragraph_format.line_spacing = Pt(1)
    first = document.paragraphs[0]
    if not first.runs and first.style.name == "Normal":
        first._p.getparent().remove(first._p)
    return document


def _set_up_page(section: Any, sheet: Certificate, read_picture: ImageReader) -> None:
    """A4 landscape with its margins, the border (an image or a plain frame) and the draft mark."""
    from docx.shared import Mm

    section.orientation = 1
    section.page_width = Mm(297)
    section.page_height = Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = Mm(15)
    section.bottom_margin = Mm(10)
    section.header_distance = section.footer_distance = Mm(5)
    border = read_picture(sheet.border) if sheet.border else None
    if border:
        tools.add_background_image(section.header.paragraphs[0].add_run(), BytesIO(border), 297, 210)
    else:
        tools.add_page_border(section, _GOLD)
    if sheet.status is PaperStatus.draft:
        tools.add_watermark(section.header, "DỰ THẢO", 330)


def _line(container: Any, text: str, size: float, *, bold: bool = False, red: bool = False, before: float = 0) -> Any:
    """Adds a centred paragraph; `size` in points, `before` in millimetres."""
    from docx.shared import Mm, RGBColor

    paragraph = container.add_paragraph(style="Giữa dòng")
    paragraph.paragraph_format.space_before = Mm(before)
    paragraph.paragraph_format.line_spacing = 1.0
    run = tools.add_text(paragraph, _whole(text), bold=bold, size=size)
    if red:
        run.font.color.rgb = RGBColor.from_string(_RED)
    return paragraph


def _emblem(document: Any, sheet: Certificate, read_picture: ImageReader) -> None:
    from docx.shared import Mm

    emblem = read_picture(sheet.emblem) if sheet.emblem else None
    top = _line(document, "", 9)
    if emblem:
        top.add_run().add_picture(BytesIO(emblem), height=Mm(22))
    else:
        hint = "Nơi in Quốc huy (cơ quan tải ảnh lên)" if sheet.status is PaperStatus.draft else ""
        tools.add_text(top, _whole(hint), size=9, italic=True)
        top.paragraph_format.line_spacing = Mm(23)


def _texts(document: Any, sheet: Certificate, style: layout.StyleVersion) -> None:
    """The lines from the post to the achievement, set wider apart if all texts are short."""
    from docx.shared import Mm

    fit = layout.certificate_fit(sheet, style)
    is_wide = layout.is_widely_set(fit)
    fit |= {"verb": (18, (sheet.verb,)), "form": (40, (sheet.form,))}
    for name, before in (("post", 3), ("verb", 1), ("form", 0), ("recipient", 1), ("about", 1), ("achievement", 1)):
        size, lines = fit[name]
        if any(lines):
            _line(
                document,
                "\n".join(lines),
                size,
                bold=name not in ("about", "achievement"),
                red=name in ("post", "form"),
                before=before * (1.6 if is_wide else 1.0),
            )
    document.paragraphs[-1].paragraph_format.space_after = Mm(9 if is_wide else 0)


def _signature(cell: Any, sheet: Certificate) -> None:
    from docx.shared import Mm

    day = cell.paragraphs[0]
    day.style = "Giữa dòng"
    tools.add_text(day, _whole(sheet.date_line), bold=True, italic=True)
    for text in sheet.signature.capacity:
        _line(cell, text, 14, bold=True)
    _line(cell, sheet.signature.name, 14, bold=True).paragraph_format.space_before = Mm(20)


def _decision_and_code(cell: Any, sheet: Certificate) -> None:
    from docx.shared import Mm

    first = cell.paragraphs[0]
    first.paragraph_format.space_before = Mm(12)
    tools.add_text(first, _whole(sheet.decision_line), bold=True, italic=True, size=13)
    tools.add_text(cell.add_paragraph(), _whole(sheet.serial_line), bold=True, italic=True, size=13)
    if sheet.verify_url:
        import segno

        out = BytesIO()
        segno.make_qr(sheet.verify_url, error="m", mask=2).save(out, kind="png", scale=6, border=2)
        out.seek(0)
        cell.add_paragraph().add_run().add_picture(out, width=Mm(15))
    for text in (f"Mã xác minh: {sheet.code}" if sheet.code else "", sheet.verify_url, sheet.note):
        if text:
            tools.add_text(cell.add_paragraph(), _whole(text), size=8)


def _whole(text: str) -> tuple[tuple[str, bool], ...]:
    """A text whose line breaks are already chosen, as one part for `add_text`."""
    return ((text, False),)
