"""The named styles of the Word files, so that an office can change the look of all lines of a kind at once."""

from typing import Any

from emulation.documents.engines import layout


def blank_document(density: layout.Density = layout.DENSITIES[0]) -> Any:
    """An empty A4 document in Times New Roman with the named styles of papers; `density` is that of the body."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH as To
    from docx.shared import Mm, Pt

    from emulation.documents.engines import docx_tools as tools

    document = Document()
    normal = document.styles["Normal"]
    tools.set_font(normal, layout.BODY_PT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.widow_control = True
    tools.set_font(document.styles["Header"], 13)
    spacing = round(density.line_height / layout.SINGLE_LINE, 2)
    body = {"align": To.JUSTIFY, "indent": layout.INDENT, "before": 6, "spacing": spacing}
    centre = {"align": To.CENTER, "indent": 0, "before": 6, "spacing": spacing}
    for name, size, bold, italic, outline, form in (
        ("Quốc hiệu", 13, True, False, None, {"align": To.CENTER}),
        ("Tiêu ngữ", 14, True, False, None, {"align": To.CENTER}),
        ("Cơ quan chủ quản", 13, False, False, None, {"align": To.CENTER}),
        ("Cơ quan ban hành", 13, True, False, None, {"align": To.CENTER}),
        ("Số ký hiệu", 13, False, False, None, {"align": To.CENTER, "before": 6}),
        ("Địa danh ngày tháng", 14, False, True, None, {"align": To.CENTER, "before": 5}),
        ("Tên loại", 14, True, False, None, {"align": To.CENTER}),
        ("Trích yếu", 14, True, False, None, {"align": To.CENTER}),
        ("Trích yếu công văn", 13, False, False, None, {"align": To.CENTER, "before": 6}),
        ("Kẻ ngang", 2, False, False, None, {"align": To.CENTER, "exact": 4, "before": 1.5}),
        ("Kính gửi", 14, False, False, None, {"align": To.LEFT}),
        ("Căn cứ", 14, False, True, None, body),
        ("Nội dung", 14, False, False, None, body),
        ("Điều", 14, False, False, 2, body),
        ("Đề mục", 14, True, False, 1, {**body, "align": To.LEFT}),
        ("Phần Chương", 14, True, False, 0, centre),
        ("Giữa dòng", 14, False, False, None, centre),
        ("Bảng", 13, False, False, None, {"align": To.LEFT}),
        ("Chức vụ", 14, True, False, None, {"align": To.CENTER}),
        ("Họ tên người ký", 14, True, False, None, {"align": To.CENTER}),
        ("Nơi nhận", 12, True, True, None, {"align": To.LEFT}),
        ("Danh sách nơi nhận", 11, False, False, None, {"align": To.LEFT}),
        ("Kèm theo", 14, False, True, None, {"align": To.CENTER}),
    ):
        size_pt = density.size if "spacing" in form else float(size)
        style = tools.add_paragraph_style(document, name, size_pt, bold=bold, italic=italic, outline=outline)
        paragraph_format = style.paragraph_format
        paragraph_format.alignment = form["align"]
        paragraph_format.space_before = Pt(form.get("before", 0))
        paragraph_format.line_spacing = Pt(form["exact"]) if "exact" in form else form.get("spacing", 1.0)
        if form.get("indent"):
            paragraph_format.first_line_indent = Mm(form["indent"])
    return document
