"""What is not torn apart: the lines of a paragraph, Nơi nhận below two signatures, dotted lines and the signature."""

from dataclasses import replace
from io import BytesIO
from itertools import chain

import pytest
from docx import Document

from emulation.documents.blocks.body import DottedLines, Paragraph, Table, TableColumn
from emulation.documents.blocks.letterhead import Signature
from emulation.documents.blocks.line_breaks import NBSP
from emulation.documents.blocks.paper import Appendix
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.engines import docx, html, pdf
from emulation.documents.tests import nd30, papers

CLAIM = "Hội Liên hiệp Phụ nữ xã {}Bình Lương chịu trách nhiệm về tính chính xác của thành tích nêu trên"
RECIPIENTS = ("Thành viên Hội đồng", "Ban Thường vụ Đảng ủy xã (b/c)", "Lưu: VT, HĐTĐKT")
RIGHT_MARGIN = 194.9


def pages_of(paper):
    return nd30.measure_pages(pdf.render_paper(html.paper_html(paper), paper.title))


def test_a_line_before_a_term_that_does_not_fit_it_is_full():
    body = tuple(Paragraph(CLAIM.format("." * dots)) for dots in range(14))
    lines = chain.from_iterable(page.lines() for page in pages_of(replace(papers.final("bao_cao"), body=body)))
    first = {line.text: round(line.right - RIGHT_MARGIN) for line in lines if line.text.startswith("Hội")}
    assert len(first) == len(body) and set(first.values()) == {0}
    assert "xác của|" in "".join(f"{text}|" for text in first)  # the space after it does not fit the line


def minutes_of(sentences):
    """Minutes with two signatures and that many sentences before the end."""
    body = (*(Paragraph("Một câu ngắn.") for _ in range(sentences)), Paragraph(with_end_mark("Đoạn cuối")))
    signatures = (Signature(("THƯ KÝ",), "Lê Thị Minh"), Signature(("CHỦ TRÌ",), "Lê Văn Minh Họa"))
    return replace(papers.final("bien_ban"), body=body, signatures=signatures, recipients=RECIPIENTS)


@pytest.mark.parametrize("sentences", range(14, 26))
def test_recipients_below_two_signatures_are_on_the_page_of_the_signatures(sentences):
    last = pages_of(minutes_of(sentences))[-1]
    assert last.find("Đoạn cuối").bottom < last.find("Lê Văn Minh Họa").bottom < last.find("Nơi nhận:").bottom
    assert last.find("Nơi nhận:").bottom < last.find("- Lưu: VT, HĐTĐKT.").bottom


@pytest.mark.parametrize("more", range(2, 14, 2))
def test_the_rest_of_a_long_list_of_recipients_is_at_least_three_lines(more):
    base = papers.final("bao_cao")
    body = (*(Paragraph(papers.SENTENCE) for _ in range(more)), Paragraph(with_end_mark("Đoạn cuối")))
    recipients = (*(f"Trưởng thôn Thôn {n} (t/h)" for n in range(1, 19)), "Lưu: VT, VP")
    last = pages_of(replace(base, body=body, recipients=recipients))[-1]
    assert len([line for line in last.lines() if line.text.startswith("- ")]) >= 3


@pytest.mark.parametrize("sentences", range(16, 28))
def test_dotted_lines_stay_with_the_text_before_and_the_signature(sentences):
    body = (*(Paragraph("Một câu ngắn.") for _ in range(sentences)), Paragraph(with_end_mark("Kính trình Chủ tịch")))
    paper = replace(papers.final("bao_cao"), body=(*body, DottedLines("Ý kiến của Chủ tịch:", 3)))
    last = pages_of(paper)[-1]
    assert last.find("Kính trình").bottom < last.find("Ý kiến của").bottom < last.find("Lê Văn Minh Họa").bottom


def report_of(sentences, rows):
    """A report that ends with a table and one line."""
    named = tuple((f"202{row}", f"Danh hiệu {row}") for row in range(rows))
    table = Table((TableColumn("Năm", 20), TableColumn("Danh hiệu", 80)), named, numbered=False)
    body = (*(Paragraph("Một câu ngắn.") for _ in range(sentences)), table, Paragraph("Dòng cuối."))
    return replace(papers.final("bao_cao"), body=body)


@pytest.mark.parametrize("sentences", range(14, 26))
def test_the_last_row_and_the_line_after_a_table_are_on_the_page_of_the_signature(sentences):
    last = pages_of(report_of(sentences, 4))[-1]
    assert last.find("Danh hiệu 3").bottom < last.find("Dòng cuối.").bottom < last.find("Lê Văn Minh Họa").bottom


def test_the_rows_before_the_last_one_fill_the_page_before():
    moved = set()
    for sentences in range(14, 26):
        *before, last = pages_of(report_of(sentences, 4))
        texts = [line.text for line in last.lines() if line.text.strip().startswith("202")]
        if before:
            moved.add(len(texts))
    assert 1 in moved


INTRODUCTION = "Thay đổi sau khi đã báo cáo:"


def report_with_introduction(sentences):
    table = Table((TableColumn("Nội dung", 60), TableColumn("Số", 30)), (("Tổng số lượt khen thưởng", "14"),))
    body = (
        *(Paragraph("Một câu ngắn.") for _ in range(sentences)),
        Paragraph(INTRODUCTION),
        table,
        *(Paragraph("Một câu nữa.") for _ in range(9)),
    )
    return replace(papers.final("bao_cao"), body=body)


@pytest.mark.parametrize("sentences", range(20, 32))
def test_a_paragraph_that_introduces_a_table_is_on_the_page_of_its_first_row(sentences):
    pages = [[line.text.strip() for line in page.lines()] for page in pages_of(report_with_introduction(sentences))]
    (page,) = [texts for texts in pages if INTRODUCTION in texts]
    assert any("Tổng số lượt" in text for text in page)


def test_the_word_file_keeps_an_introduction_with_its_table_from_style_version_5_on():
    for version, kept in (("4", None), ("5", True)):
        document = Document(BytesIO(docx.render_docx(report_with_introduction(3), style_version=version)))
        (one,) = [paragraph for paragraph in document.paragraphs if plain(paragraph.text) == INTRODUCTION]
        assert one.paragraph_format.keep_with_next is kept


def word_file(paper):
    return Document(BytesIO(docx.render_docx(paper)))


def plain(text):
    return text.replace(NBSP, " ")


def test_the_word_file_keeps_them_together_too():
    document = word_file(minutes_of(3))
    kept = {plain(one.text): one.paragraph_format.keep_with_next for one in document.paragraphs}
    assert kept["Nơi nhận:"] and kept["- Thành viên Hội đồng;"] and not kept["- Lưu: VT, HĐTĐKT."]
    body = (Paragraph("Kính trình Chủ tịch."), DottedLines("Ý kiến của Chủ tịch:", 3))
    text = word_file(replace(papers.final("bao_cao"), body=body)).paragraphs
    start = next(place for place, one in enumerate(text) if plain(one.text).startswith("Kính trình"))
    assert [one.paragraph_format.keep_with_next for one in text[start : start + 4]] == [True] * 4


@pytest.mark.parametrize("rows", range(18, 30))
def test_what_follows_the_table_of_a_list_is_on_the_page_of_its_last_rows(rows):
    table = Table(
        (TableColumn("Họ và tên", 60), TableColumn("Tiền thưởng (đồng)", 30)), (("Vi Văn Thành", "760.000"),) * rows
    )
    words = Paragraph("Mười triệu đồng.", lead="Bằng chữ:")
    appendix = Appendix("DANH SÁCH", (table, words), subtitle="Cá nhân được tặng Giấy khen", of="Chủ tịch")
    last = pages_of(replace(papers.final("quyet_dinh"), appendices=(appendix,)))[-1]
    assert last.find("760.000").bottom < last.find("Bằng chữ:").bottom
