"""Numbers in right-aligned columns of tables stay on one line, in PDF and in Word, whatever the widths of the columns."""

from dataclasses import replace
from io import BytesIO
from itertools import chain

from docx import Document
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from emulation.core.formatting import format_vnd
from emulation.documents.blocks.body import Table, TableColumn, TextAlign
from emulation.documents.blocks.metrics import text_width
from emulation.documents.engines import docx, html, layout, pdf
from emulation.documents.tests import nd30, papers

SUMS = st.integers(0, 999_999_999)
SHARES = st.lists(st.integers(1, 40), min_size=2, max_size=4)
WORDS = "Chiến sĩ thi đua cơ sở, Trường Trung học cơ sở Bình Lương"


def table_of(shares, sums, total=True):
    """A table of texts with the money in the last column, which has the last share."""
    *texts, money = shares
    columns = (*(TableColumn("Nội dung", share) for share in texts), TableColumn("Số tiền", money, TextAlign.right))
    rows = tuple((*(WORDS for _ in texts), format_vnd(amount)) for amount in sums)
    return Table(columns, rows, total=("Tổng cộng", *("" for _ in texts[1:]), format_vnd(sum(sums))) if total else ())


@given(SHARES, st.lists(SUMS, min_size=1, max_size=3), st.booleans())
@example([21, 20, 33, 13, 13], [1_140_000, 760_000], True)  # the payment list
@example([24, 22, 30, 10, 14], [10_260_000], False)  # the phiếu trình
@example([25, 23, 32, 15], [100_000_000], True)  # the list of a decision
def test_a_money_column_is_as_wide_as_its_numbers(shares, sums, total):
    table = table_of(shares, sums, total)
    widths = layout.column_widths(table)
    assert sum(widths) == sum(table.widths) == 100 and min(widths) >= 1
    numbers = [row[-1] for row in (*table.rows, *([table.total] if total else []))]
    assert max(text_width(number, bold=True) for number in numbers) <= layout.column_limits(widths)[-1]


@given(SHARES)
def test_a_table_whose_numbers_fit_keeps_its_widths(shares):
    table = table_of([*shares, 40], [0], total=False)
    assert layout.column_widths(table) == table.widths


def test_numbers_wider_than_the_page_leave_the_widths_alone():
    columns = tuple(TableColumn("Số tiền", 10, TextAlign.right) for _ in range(9))
    table = Table(columns, (("999.999.999",) * 9,))
    assert layout.column_widths(table) == table.widths


@settings(max_examples=6, phases=(Phase.explicit, Phase.generate))
@given(SHARES, st.lists(SUMS, min_size=1, max_size=2))
@example([21, 20, 33, 13], [999_999_999])
def test_no_number_is_broken_in_the_pdf_and_the_word_file(shares, sums):
    table = table_of(shares, sums)
    paper = replace(papers.final("bao_cao"), body=(table,))
    numbers = [*(row[-1] for row in table.rows), table.total[-1]]
    pages = nd30.measure_pages(pdf.render_paper(html.paper_html(paper), "x"))
    printed = " ".join(text.text for text in chain.from_iterable(page.texts for page in pages))
    assert [number for number in numbers if number not in printed] == []
    grid = word_table(paper)
    assert [row.cells[-1].text for row in grid.rows][1:] == numbers
    inner = (grid.rows[1].cells[-1].width.mm - layout.CELL_MARGINS) / (layout.TABLE_PT * layout.MM_PER_PT)
    assert max(text_width(number, bold=True) for number in numbers) <= inner + 0.05


def word_table(paper):
    """The first bordered table of the Word file."""
    tables = Document(BytesIO(docx.render_docx(paper))).tables
    return next(one for one in tables if one.cell(0, 0).text == "STT")
