"""Names of people in the tables of papers: those of four words are on one line in the PDF."""

from dataclasses import replace
from itertools import chain

import pytest

from commendations.papers import chair_submission, vote_results
from commendations.papers.amendment import CORRECTION_COLUMNS
from commendations.papers.award_list import nominee_columns
from emulation.documents.blocks.body import Table, TableColumn
from emulation.documents.blocks.line_breaks import NBSP
from emulation.documents.engines import html, pdf
from emulation.documents.tests import nd30, papers
from reports.papers.report_tables import AWARD_COLUMNS

NAMES = ("Hà Thị Bích Đào", "Lương Văn Khuê", "Nguyễn Thị Quý", "Quách Công Định")


@pytest.mark.parametrize(
    "columns",
    [
        (TableColumn("Họ và tên; đơn vị", vote_results.NAMES_WIDTH), *vote_results.FIGURE_COLUMNS),
        (*nominee_columns(["person"], *chair_submission.NOMINEE_WIDTHS), *chair_submission.OTHER_COLUMNS),
        CORRECTION_COLUMNS,
        AWARD_COLUMNS,
    ],
    ids=["minutes", "phiếu trình", "đính chính", "report"],
)
def test_a_name_of_four_words_is_whole_in_the_column_of_names(columns):
    rows = tuple((f"{name}\nThôn 1", *("01" for _ in columns[1:])) for name in NAMES)
    paper = replace(papers.final("bao_cao"), body=(Table(columns, rows),))
    lines = chain.from_iterable(
        page.lines() for page in nd30.measure_pages(pdf.render_paper(html.paper_html(paper), "x"))
    )
    text = " ".join(line.text.replace(NBSP, " ") for line in lines)
    assert [name for name in NAMES if name not in text] == []


def test_the_commune_is_whole_in_the_column_of_posts_of_a_submission():
    columns = (*nominee_columns(["person"], *chair_submission.NOMINEE_WIDTHS), *chair_submission.OTHER_COLUMNS)
    row = ("Lê Văn Hòa", "Trưởng Thôn 1, xã Bình Lương", "Đã có thành tích xuất sắc", "06/07", "760.000")
    paper = replace(papers.final("bao_cao"), body=(Table(columns, (row,)),))
    pages = nd30.measure_pages(pdf.render_paper(html.paper_html(paper), "x"))
    lines = chain.from_iterable(page.lines() for page in pages)
    text = " ".join(line.text.replace(NBSP, " ") for line in lines)
    assert "xã Bình Lương" in text and "Thôn 1," in text
