"""Stored files that are lost: found by the check, named, made again where that is possible, never a dead link."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from emulation.backups.file_check import check_stored_files
from emulation.backups.models import FileCheck, FileFault
from emulation.core import content_store
from emulation.documents import actions
from emulation.documents.models import DocumentChunk, DocumentFile, RenderedDraft
from emulation.documents.tests import papers
from emulation.documents.tests.test_tasks import run_all_jobs
from emulation.jobs.models import Job
from tests.html import page_of

pytestmark = pytest.mark.both_databases

SCAN = b"%PDF-1.7 scan\n%%EOF\n"


@pytest.fixture
def document(commune, clerk):
    made = actions.issue_document(
        by=clerk, commune=commune, paper=papers.report(), series="bao_cao", issued_on=papers.DAY, key="k"
    )
    actions.upload_document_file(by=clerk, document=made, data=SCAN, fmt="scan")
    run_all_jobs()
    return made


def lose(sha):
    content_store.path(sha).unlink()


def damage(sha):
    path = content_store.path(sha)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o640)
    path.write_bytes(data)


def current(document, fmt):
    return document.files.current().get(format=fmt)


def page(browser, document):
    return page_of(browser.get(reverse("documents:document", args=[document.pk])))


def test_nothing_is_wrong_with_whole_files(document):
    assert check_stored_files() == []
    assert FileCheck.objects.get().files == 3


@pytest.mark.parametrize("harm", [lose, damage])
def test_a_lost_pdf_is_named_and_made_again(harm, document, signed_in):
    harm(current(document, "pdf").sha256)
    faults = check_stored_files()
    assert [(fault.name, fault.kind) for fault in faults] == [
        (f"PDF của văn bản số {document.reference}", "missing" if harm is lose else "damaged")
    ]
    assert Job.objects.filter(kind="documents.render", state=Job.QUEUED).count() == 1
    run_all_jobs()
    assert content_store.verify(current(document, "pdf").sha256)
    assert check_stored_files() == []
    response = signed_in("vanthu").get(reverse("documents:download", args=[document.pk, "pdf"]))
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_other_bytes_are_a_further_edition_marked_so(document, signed_in):
    """Rendered by a newer version of the program: the stored hash stays, the new file is a row of its own."""
    old = current(document, "docx")
    from emulation.documents.document_files import add_document_file

    lose(old.sha256)
    assert len(check_stored_files()) == 1
    new = add_document_file(document, "docx", b"PK other bytes")
    assert (new.edition, old.edition) == (2, 1) and DocumentFile.objects.filter(pk=old.pk).exists()
    assert current(document, "docx") == new and not FileFault.objects.exists()
    assert "Word (in lại)" in page(signed_in("vanthu"), document)
    response = signed_in("vanthu").get(reverse("documents:download", args=[document.pk, "docx"]))
    assert "in-lai.docx" in response["Content-Disposition"]
    assert check_stored_files() == []


def test_the_page_offers_what_is_lost_before_the_daily_check(document, signed_in):
    lose(current(document, "pdf").sha256)
    browser = signed_in("vanthu")
    response = browser.get(reverse("documents:download", args=[document.pk, "pdf"]), follow=True)
    assert response.redirect_chain and "đã mất trong kho" in page_of(response)
    assert "Tạo PDF và Word" in page(browser, document)
    browser.post(reverse("documents:make", args=[document.pk]))
    run_all_jobs()
    assert content_store.verify(current(document, "pdf").sha256)


def test_a_scan_is_never_made_again_but_may_be_uploaded_again(document, clerk, signed_in):
    lose(current(document, "scan").sha256)
    (fault,) = check_stored_files()
    assert not fault.can_be_made_again and "Bản quét có dấu" in fault.name
    run_all_jobs()
    browser = signed_in("vanthu")
    assert "không tự tạo lại được" in page(browser, document)
    assert "Tạo PDF và Word" not in page(browser, document)
    data = {"format": "scan", "file": SimpleUploadedFile("x.pdf", SCAN + b"\n%%EOF\n", "application/pdf")}
    assert browser.post(reverse("documents:upload", args=[document.pk]), data).status_code == 302
    assert current(document, "scan").edition == 2 and "Bản quét có dấu (tải lại)" in page(browser, document)
    assert check_stored_files() == []
    again = {"format": "scan", "file": SimpleUploadedFile("x.pdf", SCAN, "application/pdf")}
    assert browser.post(reverse("documents:upload", args=[document.pk]), again).status_code == 422


def test_the_lost_original_uploaded_again_is_the_same_file(document, clerk):
    lose(current(document, "scan").sha256)
    actions.upload_document_file(by=clerk, document=document, data=SCAN, fmt="scan")
    assert document.files.filter(format="scan").count() == 1 and check_stored_files() == []


def test_a_lost_file_of_a_draft_is_forgotten_and_made_again(commune, office, signed_in):
    draft = actions.create_or_update_draft(by=office, commune=commune, paper=papers.report(), key="r")
    actions.request_draft_files(by=office, draft=draft)
    run_all_jobs()
    lose(draft.files.get(format="pdf").file)
    browser = signed_in("vanthu")
    url = reverse("documents:draft_download", args=[draft.pk, "pdf"])
    assert "đã mất trong kho" in page_of(browser.get(url, follow=True))
    actions.request_draft_files(by=office, draft=draft)
    run_all_jobs()
    assert browser.get(url).status_code == 200
    damage(draft.files.get(format="docx").file)
    check_stored_files()
    assert not RenderedDraft.objects.filter(format="docx").exists()


def test_a_lost_chunk_of_a_batch_is_rendered_again(document):
    DocumentChunk.objects.create(document=document, place=0, sha256="0" * 64)
    from emulation.documents.blocks.certificate import Certificate

    certificate = next(paper for paper in map(papers.final, papers.KINDS) if isinstance(paper, Certificate))
    actions.freeze_document(
        by=document.issued_by,
        commune=document.commune,
        paper=certificate,
        issued_on=papers.DAY,
        key="gk",
        parent=document,
    )
    actions.request_document_files(by=None, document=document, formats=("all",))
    run_all_jobs()
    assert content_store.verify(current(document, "all").sha256)
    assert content_store.verify(DocumentChunk.objects.get().sha256)


def test_a_second_check_replaces_the_first(document):
    lose(current(document, "scan").sha256)
    check_stored_files()
    check_stored_files()
    assert FileFault.objects.count() == 1 and FileCheck.objects.count() == 1
