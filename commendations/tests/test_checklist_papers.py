"""The checklist of a file links to the papers it asks about: the frozen ones and what was uploaded to them."""

import pytest
from django.urls import reverse

from commendations.queries.checklist import checklist_papers
from commendations.tests import case_steps
from emulation.documents.models import DocumentFile
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def case(commune):
    return case_steps.submitted_nomination()


def codes(case, user):
    return {code: [link.url for link in links] for code, links in checklist_papers(case, user).items() if links}


def test_entries_link_to_the_frozen_papers(case, signed_in):
    check = page_of(signed_in("vanphong").get(reverse("commendations:check", args=[case.pk])))
    page = page_of(signed_in("vanphong").get(case.get_absolute_url()))
    for paper in (case.report_document, case.request_document):
        assert f'<a href="{paper.get_absolute_url()}" target="_blank" rel="noopener">{paper.type_name}</a>' in check
        assert f'<small><a href="{paper.get_absolute_url()}">{paper.type_name}</a></small>' in page


def test_only_the_current_papers_and_their_newest_scans_are_linked(case, office, django_assert_num_queries):
    report = case.report_document
    request = case.request_document
    for edition in (1, 2):
        DocumentFile.objects.create(
            document=request, format=DocumentFile.SCAN, sha256="0" * 64, size=1, edition=edition
        )
    DocumentFile.objects.create(document=request, format=DocumentFile.DOCX, sha256="0" * 64, size=1)
    scan = reverse("documents:download", args=[request.pk, "scan"])
    with django_assert_num_queries(3):
        found = codes(case, office)
    assert found == {
        "report": [report.get_absolute_url()],
        "summary": [report.get_absolute_url()],
        "request": [request.get_absolute_url(), scan],
    }


def test_a_draft_has_no_papers_and_a_stranger_sees_none(commune, case, user, office):
    assert codes(case_steps.draft_nomination("Lữ Thị Ơn", by="thon3"), office) == {}
    assert codes(case, user("thon3")) == {}
