"""Every document of the demo follows NĐ 30/2020 (margins, font sizes, styles, lines, cells, page numbers), has no page with
almost nothing on it, and is marked as of the demo."""

import pytest

from commendations.actions.amendment import amendment_approval
from emulation.documents import branding
from emulation.documents.engines import layout, pdf
from emulation.documents.letterheads import DEMO_NOTE
from emulation.documents.models import Draft, IssuedDocument
from emulation.documents.tests.nd30 import embedded_fonts, layout_faults, measure_pages, sparse_pages
from tests.approval_papers import APPROVALS
from tests.html import paper_text

WITHOUT_APPROVAL = {"bao_cao_thanh_tich", "giay_de_nghi", "to_trinh", "bien_ban", "quyet_dinh", "giay_khen"}
KINDS = WITHOUT_APPROVAL | {approval.kind for approval in (*APPROVALS.values(), amendment_approval)}


@pytest.fixture
def papers(full_demo):
    return list(IssuedDocument.objects.order_by("pk"))


def test_every_document_of_the_demo_follows_the_decree(papers):
    assert {paper.kind for paper in papers} == KINDS
    found = {}
    for paper in papers:
        data = pdf.render_pdf([paper.html], paper.title, paper.style_version, branding.read_branding_image)
        assert all("Tinos" in name for name in embedded_fonts(data)), paper
        if paper.kind != "giay_khen":
            numbered = bool(paper.paper.letterhead.number_line)
            found[str(paper)] = [
                *layout_faults(data, numbered=numbered, named=bool(paper.paper.doc_type)),
                *sparse_pages(pdf.render_paper(paper.html, paper.title, paper.style_version)),
            ]
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_document_and_draft_of_the_demo_is_marked_once(papers):
    for sheet in (*papers, *Draft.objects.all()):
        assert sheet.paper.note.count(DEMO_NOTE) == 1, sheet
    assert all(paper.html.count(DEMO_NOTE) == 1 for paper in papers)


def test_the_groups_of_a_notice_are_numbered(papers):
    notice = next(paper for paper in papers if paper.kind == "thong_bao")
    for title in ("I. TẬP THỂ", "II. HỘ GIA ĐÌNH", "III. CÁ NHÂN"):
        assert title in paper_text(notice.html)


def test_no_page_before_the_last_is_a_fifth_empty_in_the_papers_to_the_chair(papers):
    submissions = [paper for paper in papers if paper.kind == "to_trinh" and paper.paper.doc_type == "PHIẾU TRÌNH"]
    assert len(submissions) > 1
    for paper in submissions:
        *before, _ = measure_pages(pdf.render_paper(paper.html, paper.title, paper.style_version))
        for page in before:
            last_line = max(text.bottom for text in page.texts if text.text.strip())
            assert page.height - layout.BOTTOM - last_line < 0.2 * (page.height - layout.TOP - layout.BOTTOM), paper
