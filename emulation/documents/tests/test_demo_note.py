"""Every paper of the demo commune is marked once, without changing its layout; no paper of a real commune is."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from emulation.documents import actions
from emulation.documents.blocks.body import Paragraph
from emulation.documents.blocks.paper import Appendix
from emulation.documents.engines import docx
from emulation.documents.letterheads import DEMO_NOTE
from emulation.documents.tests import nd30, papers
from emulation.documents.tests.test_paper_pdf import rendered

pytestmark = pytest.mark.usefixtures("db")
UNNUMBERED = replace(papers.request(), note="Mẫu số 06")


@pytest.mark.parametrize("is_demo", [True, False])
def test_drafts_numbered_and_frozen_papers(is_demo, commune, clerk):
    commune.is_demo = is_demo
    draft = actions.create_or_update_draft(by=clerk, commune=commune, paper=UNNUMBERED, key="d")
    again = actions.create_or_update_draft(by=clerk, commune=commune, paper=draft.paper, key="d")
    numbered = actions.issue_document(
        by=clerk, commune=commune, paper=papers.decision(3), series="quyet_dinh", issued_on=papers.DAY, key="n"
    )
    frozen = actions.freeze_document(by=clerk, commune=commune, paper=UNNUMBERED, issued_on=papers.DAY, key="f")
    certificate = actions.freeze_document(
        by=clerk, commune=commune, paper=papers.certificate().issued(papers.DAY, 5, 1), issued_on=papers.DAY, key="c"
    )
    notes = [one.paper.note for one in (draft, again, numbered, frozen, certificate)]
    with_form = f"Mẫu số 06; {DEMO_NOTE}"
    assert notes == (
        [with_form, with_form, DEMO_NOTE, with_form, DEMO_NOTE]
        if is_demo
        else ["Mẫu số 06"] * 2 + ["", "Mẫu số 06", ""]
    )
    for document in (numbered, frozen, certificate):
        assert document.html.count(DEMO_NOTE) == is_demo


@pytest.mark.parametrize("rows", range(3, 40, 4))
def test_the_note_moves_nothing(rows):
    paper = papers.decision(rows)
    plain, marked = (nd30.measure_pages(rendered(one)) for one in (paper, replace(paper, note=DEMO_NOTE)))
    assert len(plain) == len(marked)
    for before, after in zip(plain, marked, strict=True):
        moved = [text for text in after.texts if text.text.strip() != DEMO_NOTE]
        assert [(text.text, text.bottom) for text in moved] == [(text.text, text.bottom) for text in before.texts]


def test_a_word_file_has_the_note_in_its_footer_on_every_page():
    document = Document(BytesIO(docx.render_docx(replace(papers.decision(3), note=DEMO_NOTE))))
    assert not any(DEMO_NOTE in paragraph.text for paragraph in document.paragraphs)
    first = document.sections[0]
    assert {footer.paragraphs[0].text for footer in (first.footer, first.first_page_footer)} == {DEMO_NOTE}


@pytest.mark.parametrize(("lines", "sparse"), [(1, True), (6, False)])
def test_a_page_with_almost_nothing_is_found(lines, sparse):
    rest = Appendix("DANH SÁCH", tuple(Paragraph("Một dòng") for _ in range(lines)))
    data = rendered(replace(papers.report(), appendices=(rest,)))
    assert (f"page {len(nd30.measure_pages(data))}" in nd30.sparse_pages(data)) is sparse
