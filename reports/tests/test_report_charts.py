"""The annex of charts of the quarterly report: the figures of its tables, on one scale, drawn or as a table."""

from dataclasses import replace
from io import BytesIO
from itertools import chain

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.text import clean
from emulation.documents.blocks.chart import MOST_BARS, BarFigure, Bars, bar_blocks
from emulation.documents.blocks.paper import Appendix
from emulation.documents.blocks.text import InvalidPaper
from emulation.documents.engines import merge, pdf
from emulation.documents.engines.docx import render_docx
from emulation.documents.engines.html import paper_html
from emulation.documents.engines.html_blocks import blocks_html
from emulation.documents.tests import papers
from reports.models import PeriodReport
from reports.papers.period_report import figures_of_report, period_report_paper
from reports.papers.report_charts import chart_annex

REPORT = PeriodReport(year=2026, quarter=3)


def figures(by_unit, by_field=(), **more):
    return {"counted": [], "by_unit": by_unit, "by_field": list(by_field), **more}


def test_the_annex_draws_the_figures_of_the_tables(reported):
    data = figures_of_report(reported)
    annex = period_report_paper(reported, reported.span.last).appendices[-1]
    assert annex.title == "BIỂU ĐỒ" and annex.label.startswith("Phụ lục ")
    awards = next(block for block in annex.body if "khen thưởng" in block.title)
    assert [(bar.label, bar.value) for bar in awards.bars] == [(row[0], row[-1]) for row in data["by_unit"]]
    assert sum(bar.value for bar in awards.bars) == 2


def test_the_annex_is_in_the_issued_paper_and_in_word(reported):
    paper = reported.document.paper
    assert paper.appendices[-1].title == "BIỂU ĐỒ"
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img"' in reported.document.html
    word = Document(BytesIO(render_docx(paper)))
    tables = [[[clean(cell.text) for cell in row.cells] for row in table.rows] for table in word.tables]
    awards = next(table for table in tables if table[0] == ["Nội dung", "Số lượt"])
    assert awards[1:] == [[bar.label, str(bar.value)] for bar in paper.appendices[-1].body[-1].bars]


def test_no_chart_of_nothing():
    assert chart_annex(REPORT, figures([["Thôn 1", 0, 2, 0]]), "xã") == ()
    assert chart_annex(REPORT, figures([]), "xã") == ()
    (annex,) = chart_annex(REPORT, figures([["Thôn 1", 3, 0, 0]], [["Y tế", 3]]), "xã")
    titles = ["Điển hình được lựa chọn, theo đơn vị", "Điển hình được lựa chọn, theo lĩnh vực"]
    assert [block.title for block in annex.body] == titles


def test_figures_of_an_older_form_get_no_annex():
    old = figures([["Thôn 1", 3, 0, 1]])
    del old["counted"]
    assert chart_annex(REPORT, old, "xã") == ()


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=3 * MOST_BARS))
def test_many_bars_are_on_one_scale(values):
    blocks = bar_blocks("Tên", [(f"Thôn {place}", value) for place, value in enumerate(values)], "lượt")
    assert [bar.value for bar in chain.from_iterable(block.bars for block in blocks)] == values
    lengths = list(chain.from_iterable(block.chart.lengths() for block in blocks))
    for value, length in zip(values, lengths, strict=True):
        assert length * max(values) == pytest.approx(max(lengths) * value)
    ids = [block.chart.key for block in blocks]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("count", "sizes"), [(18, [18]), (19, [10, 9]), (37, [13, 13, 11])])
def test_many_bars_are_divided_evenly(count, sizes):
    blocks = bar_blocks("Tên", [("Thôn", 1)] * count, "lượt")
    assert [len(block.bars) for block in blocks] == sizes
    assert blocks[-1].title == ("Tên (tiếp theo)" if count > MOST_BARS else "Tên")


def test_labels_are_escaped_and_impossible_bars_refused():
    html = blocks_html((Bars("<i>Tên</i>", (BarFigure("Thôn <b>1</b>", 1),)),))
    assert "&lt;i&gt;Tên" in html and "Thôn &lt;b&gt;1" in html and "<i>" not in html
    for broken in ((), (BarFigure("x", 1),) * (MOST_BARS + 1)):
        with pytest.raises(InvalidPaper):
            Bars("Tên", broken)
    with pytest.raises(InvalidPaper):
        BarFigure("x", -1)


@pytest.mark.parametrize("label", ["Thôn 1", "Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Bình Lương, huyện Như Xuân"])
def test_as_many_bars_as_a_block_has_fit_one_page(label):
    bars = tuple(BarFigure(f"{label} ({place})", place) for place in range(MOST_BARS))
    annex = Appendix(
        "BIỂU ĐỒ", (Bars("Điển hình, theo đơn vị", bars),), subtitle="Kết quả quý III", of="Ủy ban nhân dân"
    )
    base = papers.final("bao_cao")
    pages = [
        merge.pdf_page_count(pdf.render_paper(paper_html(one), "x"))
        for one in (base, replace(base, appendices=(annex,)))
    ]
    assert pages[1] - pages[0] == 1 - len(base.appendices)


def test_the_three_charts_of_a_quarter_are_on_one_page():
    units = [(f"Đơn vị {place}", place) for place in range(14)]
    annex = chart_annex(REPORT, figures([[name, count, 0, count] for name, count in units], [["Y tế", 3]] * 8), "xã")
    assert len(annex[0].body) == 3
    paper = replace(papers.final("bao_cao"), appendices=annex)
    without = replace(paper, appendices=())
    pages = [merge.pdf_page_count(pdf.render_paper(paper_html(one), "x")) for one in (without, paper)]
    assert pages[1] - pages[0] == 1


def test_the_bars_of_a_quarter_with_a_merger_and_the_fields_of_work_are_on_one_page():
    units = [(f"Đơn vị {place}", place) for place in range(15)]
    annex = chart_annex(REPORT, figures([[name, count, 0, 0] for name, count in units], [["Y tế", 3]] * 8), "xã")
    paper = replace(papers.final("bao_cao"), appendices=annex)
    without = replace(paper, appendices=())
    pages = [merge.pdf_page_count(pdf.render_paper(paper_html(one), "x")) for one in (without, paper)]
    assert pages[1] - pages[0] == 1
