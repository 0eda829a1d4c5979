"""A justified paragraph whose lines would be stretched by words that stay together is set flush left."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given

from emulation.documents.blocks.body import LegalBasisLine, Paragraph, TextAlign
from emulation.documents.blocks.line_breaks import with_kept_spaces
from emulation.documents.blocks.metrics import SPACE, text_width, widest_space
from emulation.documents.engines import docx, html, layout, pdf
from emulation.documents.tests import nd30, papers
from emulation.documents.tests.test_line_breaks import TEXTS

LOOSE = (
    "- Hộ gia đình Lương Thị Nụ, Hộ gia đình Quách Văn Tâm: 0,225 × 2.340.000 = 526.500 đồng, làm tròn lên hàng chục nghìn đồng là "
    "530.000 đồng;"
)
EVEN = papers.SENTENCE
RIGHT_EDGE = 210 - layout.RIGHT


def paper_of(*blocks, one_page=False):
    return replace(papers.report(), body=blocks, appendices=(), one_page=one_page)


@pytest.mark.parametrize(("text", "loose"), [(LOOSE, True), (EVEN, False)])
def test_only_stretched_paragraphs_are_marked(text, loose):
    assert ("loose-0" in html.paper_html(paper_of(Paragraph(text)))) is loose
    word = Document(BytesIO(docx.render_docx(paper_of(Paragraph(text)))))
    paragraph = next(one for one in word.paragraphs if one.text[:10].replace("\xa0", " ") == text[:10])
    assert (paragraph.alignment == 0) is loose


def test_a_basis_line_is_a_justified_paragraph():
    basis = LegalBasisLine("Xét Quyết định số 04/QĐ-UBND ngày 09/05/2025 của Chủ tịch Ủy ban nhân dân xã Bình Lương")
    assert 'class="para ground loose-0' in html.paper_html(paper_of(basis))


def test_an_alignment_of_its_own_is_kept():
    centred = replace(Paragraph(LOOSE), align=TextAlign.center)
    assert "loose" not in html.paper_html(paper_of(centred))


def test_a_marked_paragraph_is_flush_left_in_its_own_density_only():
    body = html.paper_html(paper_of(Paragraph(LOOSE)))
    marks = re.findall(r"loose-(\d)", body)
    assert (
        marks == [str(one) for one in layout.loose_densities(with_kept_spaces(LOOSE, layout.CURRENT.parts))]
        and "0" in marks
    )
    for number in layout.CURRENT.densities:
        dense = body.replace('class="paper', f'class="paper close-{number}', 1) if number else body
        (page, *_) = nd30.measure_pages(pdf.render_pdf([dense], ""))
        first = next(line for line in page.lines() if "Lương Thị" in line.text)
        is_left = first.right < RIGHT_EDGE - 1
        assert is_left is (number in layout.loose_densities(with_kept_spaces(LOOSE, layout.CURRENT.parts))), number


@given(TEXTS)
def test_the_widest_space_is_that_of_the_justified_lines(text):
    kept = with_kept_spaces(text)
    width = widest_space(kept, 33, 2.5)
    assert width == 0 or width >= SPACE
    if text_width(kept) <= 30:
        assert width == 0


STRETCHED = "Cuộc họp đề nghị tặng Giấy khen cho ông Lê Đăng Trường, bà Nguyễn Thị Hồng Thơm, bà Lê Thị Ý Nhi."


def test_a_paragraph_that_whole_names_would_stretch_is_justified_with_the_names_broken():
    strict = with_kept_spaces(STRETCHED, layout.CURRENT.parts)
    assert layout.is_loose(strict, layout.DENSITIES[0]), "otherwise this tests nothing"
    body = html.paper_html(paper_of(Paragraph(STRETCHED)))
    assert "loose-0" not in body and '<span class="whole">ông Lê</span> Đăng' in body.replace("<span> </span>", " ")
    word = Document(BytesIO(docx.render_docx(paper_of(Paragraph(STRETCHED)))))
    paragraph = next(one for one in word.paragraphs if one.text.startswith("Cuộc"))
    assert paragraph.alignment is None and "ông\xa0Lê Đăng" in paragraph.text


def test_older_style_versions_keep_their_lines():
    for version in "1234":
        style = layout.STYLE_VERSIONS[version]
        kept = "".join(part for part, _ in layout.justified_parts(STRETCHED, style=style))
        assert kept == STRETCHED and not style.looser_parts
        assert list(layout.justified_parts(STRETCHED, style=style)) == list(style.parts(STRETCHED, float("inf"), True))
