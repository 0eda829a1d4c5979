"""What fits one page, what goes along with the signature, and a long Nơi nhận, by rendering."""

import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from fontTools.ttLib import TTFont

from emulation.documents.blocks.body import Article, Clause, Paragraph, Table, TableColumn
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Appendix
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.engines import docx, html, layout, merge, pdf
from emulation.documents.tests import nd30, papers

RECIPIENTS = tuple(f"Trưởng thôn Thôn {n}, Hiệu trưởng trường học số {n} trên địa bàn xã (t/h)" for n in range(1, 19))


def pages_of(paper):
    data = pdf.render_paper(html.paper_html(paper), paper.title)
    assert merge.pdf_page_count(data) == len(nd30.measure_pages(data))
    return nd30.measure_pages(data)


def decision(names, words):
    """A decision of three Điều that names that many recipients in so many words each."""
    base = papers.final("quyet_dinh")
    fixed = [block for block in base.body if not isinstance(block, Article)]
    deed = " ".join(["thành tích xuất sắc trong phong trào thi đua"] * 20).split()[:words]
    clauses = tuple(Clause(n, f"Bà Nguyễn Thị Thu Hường, {' '.join(deed)};") for n in range(1, names + 1))
    articles = [block for block in base.body if isinstance(block, Article)]
    body = (*fixed, articles[0], *clauses, *articles[1:])
    return replace(base, body=body, appendices=(), one_page=True)


@pytest.mark.parametrize("names", range(1, 5))
@pytest.mark.parametrize("words", [8, 20, 34])
def test_a_decision_that_is_estimated_to_fit_one_page_fits_it(names, words):
    paper = decision(names, words)
    if layout.fits_one_page(paper):
        (page,) = pages_of(paper)
        assert page.find("Lê Văn Minh Họa").bottom < 277
        assert {int(text.size) for text in page.texts if text.text.strip()} <= {11, 12, 13, 14}
    else:
        assert (names, words) in {(3, 34), (4, 34)}


def test_a_paper_is_set_closer_only_as_far_as_needed_and_its_list_as_usual():
    densities = {words: pdf.fitting_density(html.paper_html(decision(4, words)), "x") for words in (4, 16, 24)}
    assert sorted(densities.values()) == list(densities.values()) and densities[4] < densities[24]
    listed = replace(decision(4, 24), appendices=papers.final("quyet_dinh").appendices)
    pages = pages_of(listed)
    assert round(pages[0].find("Điều 2.").size, 1) < 14
    assert round(pages[1].find("DANH SÁCH").size) == 14


def test_a_long_list_changes_nothing_in_the_density_of_the_text():
    text = decision(4, 24)
    (appendix,) = papers.final("quyet_dinh").appendices
    tables = tuple(block for block in appendix.body if isinstance(block, Table)) * 9
    listed = replace(text, appendices=(replace(appendix, body=tables), appendix))
    density = pdf.fitting_density(html.paper_html(text), "x")
    assert density and pdf.fitting_density(html.paper_html(listed), "x") == density
    pages = pages_of(listed)
    assert len(pages) > 3 and pages[0].find("Lê Văn Minh Họa")
    assert pages[0].find("Điều 2.").size == pages_of(text)[0].find("Điều 2.").size


def test_a_paper_that_never_fits_one_page_has_the_usual_layout():
    paper = decision(20, 30)
    assert pdf.fitting_density(html.paper_html(paper), "x") == 0
    assert round(pages_of(paper)[0].find("Điều 1.").size) == 14


def test_the_word_file_is_set_as_close_as_the_pdf():
    paper = decision(4, 24)
    density = layout.DENSITIES[pdf.fitting_density(html.paper_html(paper), "x")]
    assert density.size < layout.BODY_PT
    document = Document(BytesIO(docx.render_docx(paper)))
    assert document.styles["Nội dung"].font.size.pt == density.size
    assert document.styles["Căn cứ"].paragraph_format.line_spacing == pytest.approx(
        density.line_height / 1.15, abs=0.01
    )


@pytest.mark.parametrize("more", range(1, 16, 2))
def test_the_last_two_paragraphs_go_along_with_the_signature(more):
    base = papers.final("bao_cao")
    middle = tuple(Paragraph(papers.SENTENCE) for _ in range(more))
    tail = (Paragraph("Đoạn áp chót của báo cáo này."), Paragraph(with_end_mark("Đoạn cuối của báo cáo này")))
    pages = pages_of(replace(base, body=(*base.body[:1], *middle, *tail)))
    last = pages[-1]
    signer = last.find("Lê Văn Minh Họa")
    assert (
        last.find("Đoạn áp chót").bottom < last.find("Đoạn cuối").bottom < last.find("CHỦ TỊCH").bottom < signer.bottom
    )


@pytest.mark.parametrize("rows", [10, 20, 21, 22, 23, 24, 25])
def test_rows_of_a_table_go_along_with_the_signature(rows):
    base = papers.final("bao_cao")
    table = Table((TableColumn("Tên"), TableColumn("Số")), tuple((f"Dòng {n}", str(n)) for n in range(rows)))
    last = pages_of(replace(base, body=(*base.body[:1], table)))[-1]
    assert last.find(f"Dòng {rows - 1}").bottom < last.find("Lê Văn Minh Họa").bottom
    assert last.find(f"Dòng {rows - 2}").bottom < last.find(f"Dòng {rows - 1}").bottom


@pytest.mark.parametrize("more", range(2, 14, 2))
def test_a_long_list_of_recipients_continues_below_and_the_name_stays_with_the_post(more):
    base = papers.final("bao_cao")
    body = (*(Paragraph(papers.SENTENCE) for _ in range(more)), Paragraph(with_end_mark("Đoạn cuối")))
    signature = committee_signature("Lê Văn Minh Họa", deputy=True)
    paper = replace(base, body=body, recipients=(*RECIPIENTS, "Lưu: VT, VP"), signatures=(signature,))
    pages = pages_of(paper)
    signed = next(page for page in pages if any("Lê Văn Minh Họa" in text.text for text in page.texts))
    assert (
        signed.find("KT. CHỦ TỊCH").bottom < signed.find("PHÓ CHỦ TỊCH").bottom < signed.find("Lê Văn Minh Họa").bottom
    )
    assert abs(signed.find("Nơi nhận:").bottom - signed.find("TM. ỦY BAN").bottom) < 3
    assert signed.find("- Trưởng thôn Thôn 1, Hiệu")
    assert any("- Lưu: VT, VP." in text.text for text in pages[-1].texts)


def test_a_short_list_of_recipients_is_next_to_the_signature_in_both_styles():
    paper = papers.final("cong_van")
    assert layout.split_recipients(paper) == (paper.recipient_lines, ())
    long = replace(paper, recipients=(*RECIPIENTS, "Lưu: VT, VP"))
    level, below = layout.split_recipients(long)
    assert level and below and level + below == long.recipient_lines
    assert layout.split_recipients(long, layout.STYLE_VERSIONS["1"]) == (long.recipient_lines, ())


def test_the_total_of_a_table_is_never_alone_on_a_page():
    base = papers.final("bao_cao")
    after = tuple(Paragraph(papers.SENTENCE) for _ in range(8))
    alone = []
    for count in range(22, 28):
        table = Table((TableColumn("Nội dung", 60), TableColumn("Số", 20)), (("Zz", "1"),) * count, total=("Cộng", "9"))
        pages = pages_of(replace(base, body=(table, *after), one_page=False))
        page = next(page for page in pages if any(text.text == "Cộng" for text in page.texts))
        alone.append(not any("Zz" in text.text for text in page.texts))
    assert not any(alone)
    document = Document(BytesIO(docx.render_docx(replace(base, body=(table, *after)))))
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in document.tables[1].rows[-2].cells)


def report_of(sentences):
    base = papers.report()
    body = (*(Paragraph(papers.SENTENCE) for _ in range(sentences)), Paragraph(with_end_mark("Đoạn cuối")))
    return replace(base, body=body, appendices=())


def test_a_text_is_set_closer_where_that_saves_a_page_and_not_with_single_spacing():
    saved = {}
    for sentences in (8, 12, 20, 21):
        body = html.paper_html(report_of(sentences))
        density = pdf.fitting_density(body, "x")
        before, after = (
            merge.pdf_page_count(pdf.render_paper(body, "x", version)) for version in ("2", layout.STYLE_VERSION)
        )
        assert after == before - bool(density) and density != layout.CURRENT.densities[-1]
        saved[sentences] = density
    assert set(saved.values()) == set(layout.CURRENT.densities[:-1])


def test_rows_of_tables_are_closer_too_where_that_saves_a_page_but_not_in_an_appendix():
    table = Table((TableColumn("Nội dung", 60), TableColumn("Số", 20)), (("Điển hình được lựa chọn", "1"),) * 40)
    report = report_of(6)
    base = replace(report, body=(table, *report.body), appendices=())
    listed = replace(base, appendices=(Appendix("DANH SÁCH", (table,)),))
    pages = pages_of(listed)
    before = nd30.measure_pages(pdf.render_paper(html.paper_html(listed), "x", "3"))
    assert len(pages) == len(before) - 1

    def row_distance(page):
        first, *_, last = (text.bottom for text in page.texts if text.text.startswith("Điển hình được"))
        rows = sum(text.text.startswith("Điển hình được") for text in page.texts)
        return (last - first) / (rows - 1)

    appendix = next(page for page in pages if any(text.text == "DANH SÁCH" for text in page.texts))
    assert row_distance(pages[0]) == pytest.approx(13 * 1.15 * layout.MM_PER_PT + 1.27, abs=0.15)
    assert row_distance(appendix) == pytest.approx(13 * 1.2 * layout.MM_PER_PT + 2.27, abs=0.15)


def line_distance(density):
    """The distance of the lines of a long paragraph in points, as they are printed."""
    paper = replace(report_of(0), body=(Paragraph(" ".join([papers.SENTENCE] * 8)),))
    body = html.paper_html(paper).replace(html.PAPER, f"{html.PAPER} close-{density}", 1)
    (page, *_) = nd30.measure_pages(pdf.render_pdf([body], "x"))
    first = next(n for n, line in enumerate(page.lines()) if line.text.lstrip().startswith(papers.SENTENCE[:20]))
    above, *_, below = page.lines()[first : first + 11]
    return (below.bottom - above.bottom) / 10 / layout.MM_PER_PT


def test_no_density_is_below_the_single_spacing_of_the_font():
    found = subprocess.run(["fc-match", "-f", "%{file}", "Tinos"], capture_output=True, text=True, check=True)
    font = TTFont(found.stdout)
    single = (font["hhea"].ascent - font["hhea"].descent + font["hhea"].lineGap) / font["head"].unitsPerEm
    assert single == pytest.approx(layout.SINGLE_LINE, abs=0.001)
    for number in layout.CURRENT.densities:
        density = layout.DENSITIES[number]
        assert layout.SINGLE_LINE <= density.line_height <= 1.5 * layout.SINGLE_LINE
        assert line_distance(number) == pytest.approx(density.size * density.line_height, abs=0.05)


def test_a_paper_frozen_with_lines_of_13_points_prints_as_before():
    paper = decision(4, 46)
    body = html.paper_html(paper)
    assert [pdf.fitting_density(body, "x", version) for version in ("3", layout.STYLE_VERSION)] == [3, 0]
    pages = [merge.pdf_page_count(pdf.render_paper(body, "x", version)) for version in ("3", layout.STYLE_VERSION)]
    assert pages == [1, 2]


def test_a_paper_frozen_before_prints_as_before():
    paper = report_of(20)
    assert pdf.fitting_density(html.paper_html(paper), "x") > 0
    assert pdf.fitting_density(html.paper_html(paper), "x", "2") == 0
    sizes = {}
    for version in ("2", "3"):
        document = Document(BytesIO(docx.render_docx(paper, style_version=version)))
        sizes[version] = document.styles["Nội dung"].font.size.pt
    assert sizes["2"] == 14 > sizes["3"]
    assert html.stylesheet("3") == html.stylesheet("2") != html.stylesheet("1")
