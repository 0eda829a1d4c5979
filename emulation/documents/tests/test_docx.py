"""Word files, read as XML: fonts, margins, sizes, structure."""

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from emulation.documents.engines import docx
from emulation.documents.tests import papers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data):
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def body(data):
    return etree.fromstring(parts(data)["word/document.xml"])


def mm(twips):
    return int(twips) / 56.6929


def texts(root):
    """The texts of the paragraphs, with ordinary spaces."""
    return ["".join(t.text or "" for t in p.iter(f"{W}t")).replace("\u00a0", " ") for p in root.iter(f"{W}p")]


@pytest.mark.parametrize("kind", papers.KINDS)
def test_page_and_font(kind):
    package = parts(docx.render_docx(papers.final(kind)))
    root = etree.fromstring(package["word/document.xml"])
    for section in root.iter(f"{W}sectPr"):
        size = section.find(f"{W}pgSz")
        margin = section.find(f"{W}pgMar")
        width_and_height = tuple(round(mm(size.get(f"{W}{name}"))) for name in ("w", "h"))
        assert width_and_height == ((297, 210) if kind == "giay_khen" else (210, 297))
        if kind != "giay_khen":
            found = {side: round(mm(margin.get(f"{W}{side}"))) for side in ("top", "bottom", "left", "right")}
            assert found == {"top": 20, "bottom": 20, "left": 30, "right": 15}
            assert section.find(f"{W}titlePg") is not None
    for fonts in root.iter(f"{W}rFonts"):
        assert set(fonts.attrib.values()) <= {"Times New Roman"}
    styles = etree.fromstring(package["word/styles.xml"])
    named = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    for style_id in {p.get(f"{W}val") for p in root.iter(f"{W}pStyle")} | {"Normal"}:
        fonts = named[style_id].find(f"{W}rPr/{W}rFonts")
        assert set(fonts.attrib.values()) == {"Times New Roman"}, style_id


def test_sizes_of_the_components():
    package = parts(docx.render_docx(papers.final("quyet_dinh")))
    styles = etree.fromstring(package["word/styles.xml"])
    sizes = {}
    for style in styles.iter(f"{W}style"):
        size = style.find(f"{W}rPr/{W}sz")
        name = style.find(f"{W}name")
        if size is not None:
            sizes[name.get(f"{W}val")] = int(size.get(f"{W}val")) / 2
    expected = {"Quốc hiệu": 13, "Tiêu ngữ": 14, "Cơ quan ban hành": 13, "Số ký hiệu": 13, "Tên loại": 14, "Trích yếu": 14,
                "Căn cứ": 14, "Nội dung": 14, "Nơi nhận": 12, "Danh sách nơi nhận": 11, "Chức vụ": 14}  # fmt: skip
    assert {name: sizes[name] for name in expected} == expected


def test_the_texts_are_those_of_the_html():
    root = body(docx.render_docx(papers.final("quyet_dinh")))
    found = texts(root)
    assert "Số: 05/QĐUBND" in found  # the hyphen is Word's non-breaking one, a separate element
    assert root.find(f".//{W}noBreakHyphen") is not None
    assert "Căn cứ Luật Tổ chức chính quyền địa phương;" in found
    assert "- Lưu: VT, VP." in found
    assert any(text.startswith("Điều 3. ") and text.endswith("./.") for text in found)


def test_the_header_row_repeats_and_rows_do_not_break():
    root = body(docx.render_docx(papers.final("quyet_dinh")))
    table = next(t for t in root.iter(f"{W}tbl") if t.find(f".//{W}tblHeader") is not None)
    rows = table.findall(f"{W}tr")
    assert len(table.findall(f".//{W}tblHeader")) == 1 and rows[0].find(f".//{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    money = rows[2].findall(f"{W}tc")[-1]
    assert money.find(f".//{W}jc").get(f"{W}val") == "right"


def all_have(paragraphs, name):
    return all(paragraph.find(f"{W}pPr/{W}{name}") is not None for paragraph in paragraphs)


@pytest.mark.parametrize("kind", [kind for kind in papers.KINDS if kind != "giay_khen"])
def test_the_signature_stays_together_with_the_end_of_the_text(kind):
    paper = papers.final(kind)
    blocks = list(body(docx.render_docx(paper)).find(f"{W}body"))
    name = paper.signatures[-1].name
    place = next(i for i, b in enumerate(blocks) if b.tag == f"{W}tbl" and name in texts(b))
    rows = blocks[place].findall(f"{W}tr")
    assert len(rows) == (1 if len(paper.signatures) == 1 else 2)
    for row in rows:
        assert row.find(f"{W}trPr/{W}cantSplit") is not None
        assert all_have(row.iter(f"{W}p"), "keepLines")
    for row in rows[:-1]:
        assert all_have(row.iter(f"{W}p"), "keepNext")
    before = []
    for block in blocks[:place]:
        before += block.iter(f"{W}p")
    assert all_have(before[-3:], "keepNext")


def test_the_page_number_is_a_field_and_restarts_in_the_appendix():
    package = parts(docx.render_docx(papers.final("quyet_dinh")))
    headers = [data.decode() for name, data in package.items() if re.match(r"word/header\d+\.xml", name)]
    assert sum("PAGE" in header for header in headers) == 1
    root = etree.fromstring(package["word/document.xml"])
    first, second = root.iter(f"{W}sectPr")
    assert first.find(f"{W}pgNumType") is None and second.find(f"{W}pgNumType").get(f"{W}start") == "1"


def test_a_rule_is_a_third_to_a_half_of_the_issuer():
    root = body(docx.render_docx(papers.final("quyet_dinh")))
    issuer_cell = root.find(f".//{W}tc")
    rule = next(p for p in issuer_cell.iter(f"{W}p") if p.find(f"{W}pPr/{W}pBdr") is not None)
    indent = rule.find(f"{W}pPr/{W}ind")
    length = 0.41 * 165 - mm(indent.get(f"{W}left")) - mm(indent.get(f"{W}right"))
    assert 43 / 3 <= length <= 43 / 2  # "ỦY BAN NHÂN DÂN", 13 pt bold, is 43 mm long


@pytest.mark.parametrize("kind", ["quyet_dinh", "giay_khen"])
def test_a_draft_has_a_word_watermark(kind):
    def marks(sheet):
        return sum(
            data.count('string="DỰ THẢO"'.encode())
            for name, data in parts(docx.render_docx(sheet)).items()
            if "header" in name
        )

    assert marks(papers.KINDS[kind]()) >= 1
    assert marks(papers.final(kind)) == 0
    assert marks(papers.KINDS[kind]().for_signature()) == 0


def test_text_that_looks_like_markup_stays_text():
    evil = "</w:t><w:script>&amp; <script>alert(1)</script>"
    for kind in papers.KINDS:
        root = body(docx.render_docx(papers.with_text_everywhere(papers.KINDS[kind](), evil)))
        assert any("<script>alert(1)</script>" in text for text in texts(root))
        assert root.find(f".//{W}script") is None


def test_the_file_does_not_reveal_the_software():
    core = parts(docx.render_docx(papers.final("bao_cao")))["docProps/core.xml"].decode()
    assert "python-docx" not in core and "generated" not in core.lower()


def test_the_emblem_of_the_office_is_in_the_file():
    from dataclasses import replace

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (30, 30), "red").save(out, "PNG")
    sheet = replace(papers.final("giay_khen"), emblem="a" * 64, border="b" * 64)
    package = parts(docx.render_docx(sheet, lambda sha: out.getvalue()))
    assert any(name.startswith("word/media/") for name in package)
    assert b'behindDoc="1"' in b"".join(data for name, data in package.items() if "header" in name)
