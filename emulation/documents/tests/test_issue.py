"""Issuing: numbers, freezing, idempotency, who may read, append-only tables."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from emulation.audit.log import chain_faults, entries_about
from emulation.communes.capacity import capacity_of
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents import actions
from emulation.documents.actions import ReaderGrant
from emulation.documents.blocks.codec import paper_from_json
from emulation.documents.codes import parse_code
from emulation.documents.engines import html
from emulation.documents.letterheads import DEMO_NOTE
from emulation.documents.models import DocumentEvent, DocumentFile, Draft, IssuedDocument, NumberBook, Series
from emulation.documents.tests import papers
from emulation.jobs.models import Job

pytestmark = pytest.mark.both_databases

DAY = papers.DAY


def issued(clerk, commune, key="k1", day=DAY, **more):
    facts = {"paper": papers.decision(3), "series": "quyet_dinh"} | more
    return actions.issue_document(by=clerk, commune=commune, issued_on=day, key=key, **facts)


def test_number_date_and_hash_are_frozen(commune, clerk):
    document = issued(clerk, commune)
    assert (document.number, document.reference, document.symbol) == (1, "01/QĐ-UBND", "QĐ-UBND")
    assert "Số: 01/QĐ-UBND" in document.html and "ngày 05 tháng 02 năm 2026" in document.html
    assert paper_from_json(document.blocks) == replace(papers.decision(3), note=DEMO_NOTE).issued(DAY, 1, "QĐ-UBND")
    assert html.paper_html(document.paper) == document.html
    assert document.sha256 == actions.frozen_hash(document.blocks, document.html, document.style_version)
    assert parse_code(document.code) == document.code
    assert document.signer == "Lê Văn Minh Họa" and document.recipients.split("\n")[-1] == "Lưu: VT, VP"
    assert entries_about(document).get().facts["reference"] == "01/QĐ-UBND"
    assert list(chain_faults(commune.pk)) == []


def test_the_file_jobs_are_created_in_the_same_transaction(commune, clerk):
    document = issued(clerk, commune)
    keys = Job.objects.filter(kind="documents.render").values_list("key", flat=True)
    assert set(keys) == {f"{document.pk}:pdf", f"{document.pk}:docx"}


def test_the_same_key_returns_the_same_document(commune, clerk):
    first = issued(clerk, commune)
    again = issued(clerk, commune, paper=papers.report(), day=date(2026, 6, 1))
    assert again.pk == first.pk
    assert NumberBook.objects.get(series="quyet_dinh").last == 1 and IssuedDocument.objects.count() == 1


def test_each_series_counts_separately_and_each_year_starts_at_one(commune, other_commune, clerk):
    assert [issued(clerk, commune, key=f"a{n}").number for n in range(3)] == [1, 2, 3]
    assert issued(clerk, commune, key="b", series="bao_cao", paper=papers.report()).reference == "01/BC-UBND"
    assert issued(clerk, commune, key="c", day=date(2027, 1, 2)).number == 1
    assert issued(clerk, other_commune, key="a0").number == 1


def test_minutes_and_proposals_of_the_council_share_a_book(commune, clerk):
    first = issued(clerk, commune, key="m", series="bien_ban", paper=papers.minutes())
    second = issued(clerk, commune, key="t", series="to_trinh_hoi_dong", paper=papers.proposal())
    assert (first.reference, second.reference) == ("01/BB-HĐTĐKT", "02/TTr-HĐTĐKT")


def test_a_commune_can_change_its_series_from_a_date_on(commune, clerk):
    Series.objects.create(
        commune=commune, code="quyet_dinh", symbol="QĐ-CTUBND", book="rieng", start_at=40, starts_on=date(2026, 3, 1)
    )
    assert issued(clerk, commune, key="a").reference == "01/QĐ-UBND"
    assert issued(clerk, commune, key="b", day=date(2026, 3, 1)).reference == "40/QĐ-CTUBND"


def test_an_error_after_taking_a_number_frees_it(commune, clerk):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issued(clerk, commune)
        raise ZeroDivisionError
    assert issued(clerk, commune, key="k2").number == 1


def test_a_date_before_that_of_the_last_number_is_refused(commune, clerk):
    issued(clerk, commune)
    with pytest.raises(RuleBroken, match="không được trước ngày của văn bản số 01/QĐ-UBND"):
        issued(clerk, commune, key="k2", day=date(2026, 2, 4))
    assert NumberBook.objects.get().last == 1


def test_an_unknown_series_is_refused(commune, clerk):
    with pytest.raises(RuleBroken, match="Chưa có sổ số"):
        issued(clerk, commune, series="khong_co")


def test_papers_without_a_number_are_frozen_too(commune, clerk):
    request = actions.freeze_document(by=clerk, commune=commune, paper=papers.request(), issued_on=DAY, key="r")
    assert (request.number, request.book, request.reference) == (None, None, "")
    assert "DỰ THẢO" not in request.html
    decision = issued(clerk, commune)
    sheet = papers.certificate().issued(DAY, decision.number, 1)
    one = actions.freeze_document(
        by=clerk, commune=commune, paper=sheet, issued_on=DAY, key="g", parent=decision, code="A" * 18
    )
    assert one.parent == decision and one.code == "A" * 18
    assert not Job.objects.filter(key__startswith=f"{one.pk}:").exists()
    assert (
        actions.freeze_document(by=clerk, commune=commune, paper=sheet, issued_on=DAY, key="g", parent=decision) == one
    )


def test_a_paper_that_needs_a_number_cannot_be_frozen_without_one(commune, clerk):
    with pytest.raises(RuleBroken, match="phải lấy số"):
        actions.freeze_document(by=clerk, commune=commune, paper=papers.decision(), issued_on=DAY, key="x")
    with pytest.raises(RuleBroken, match="số quyết định và số sổ vàng"):
        actions.freeze_document(by=clerk, commune=commune, paper=papers.certificate(), issued_on=DAY, key="x")


def test_the_database_refuses_to_change_issued_documents(commune, clerk):
    document = issued(clerk, commune)
    DocumentFile.objects.create(document=document, format="pdf", sha256="0" * 64, size=1)
    actions.add_document_event(by=clerk, document=document, kind=DocumentEvent.SEEN)
    for rows in (IssuedDocument.objects.all(), DocumentFile.objects.all(), DocumentEvent.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(id=99)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete("default")


def test_two_documents_cannot_have_the_same_number(commune, clerk):
    document = issued(clerk, commune)
    twin = {**document.__dict__, "id": None, "key": "twin", "code": "B" * 18}
    twin.pop("_state")
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedDocument.objects.create(**twin)


def test_who_may_read_what(commune, other_commune, clerk, user):
    (unit_id,) = capacity_of(user("thon2")).unit_ids
    document = issued(clerk, commune, readers=(ReaderGrant(user_id=user("thon1").pk), ReaderGrant(role=Role.superior)))
    by_unit = issued(clerk, commune, key="k2", readers=(ReaderGrant(unit_id=unit_id),))

    def reads(login):
        return set(IssuedDocument.objects.visible_to(user(login)))

    for login in ("vanphong", "vanthu", "chutich"):
        assert reads(login) == {document, by_unit}
    assert reads("thon1") == reads("phongnoivu") == {document}
    assert reads("thon2") == {by_unit}
    for login in ("thon3", "hoidong2", "quantri", "la-vanphong", "la-phongnoivu"):
        assert reads(login) == set()


def test_a_draft_is_one_row_per_key_and_has_no_number(commune, office, user):
    draft = actions.create_or_update_draft(by=user("thon1"), commune=commune, paper=papers.request(), key="n:1")
    same = actions.create_or_update_draft(by=office, commune=commune, paper=papers.request(), key="n:1")
    assert same.pk == draft.pk and same.updated_at == draft.updated_at
    new = replace(papers.request(), note="Dữ liệu minh họa")
    changed = actions.create_or_update_draft(
        by=office, commune=commune, paper=new, key="n:1", readers=(ReaderGrant(role=Role.chair),)
    )
    assert changed.pk == draft.pk and changed.paper == new and changed.made_by == user("thon1")
    assert Draft.objects.visible_to(user("thon1")).exists() and not Draft.objects.visible_to(user("thon2")).exists()
    with pytest.raises(RuleBroken, match="Bản nháp"):
        actions.create_or_update_draft(by=office, commune=commune, paper=papers.final("giay_de_nghi"), key="n:2")


def test_only_a_complete_pdf_is_accepted_and_only_once(commune, clerk, village_head):
    document = issued(clerk, commune)
    good = b"%PDF-1.7\n...\n%%EOF\n"
    with pytest.raises(NotAllowed):
        actions.upload_document_file(by=village_head, document=document, data=good, fmt="scan")
    for data in (b"<html>", b"%PDF-1.7 torn", b""):
        with pytest.raises(RuleBroken, match="PDF còn nguyên vẹn"):
            actions.upload_document_file(by=clerk, document=document, data=data, fmt="scan")
    assert actions.upload_document_file(by=clerk, document=document, data=good, fmt="scan").size == len(good)
    with pytest.raises(RuleBroken, match="đã có tệp"):
        actions.upload_document_file(by=clerk, document=document, data=good, fmt="scan")
    with pytest.raises(RuleBroken, match="không hợp lệ"):
        actions.upload_document_file(by=clerk, document=document, data=good, fmt="pdf")
