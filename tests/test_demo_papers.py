"""The layout of every document of the demo follows NĐ 30/2020: margins, font sizes, styles, lines, cells, page numbers."""

import pytest

from commendations.actions.amendment import amendment_approval
from emulation.documents import branding
from emulation.documents.engines import pdf
from emulation.documents.models import IssuedDocument
from emulation.documents.tests.nd30 import embedded_fonts, layout_faults
from tests.approval_papers import APPROVALS

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
            found[str(paper)] = layout_faults(data, numbered=numbered, named=bool(paper.paper.doc_type))
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
