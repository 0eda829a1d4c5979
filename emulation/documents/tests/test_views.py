"""Pages of papers: permissions, content, headers of pages and downloads."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from emulation.communes.roles import Role
from emulation.documents import actions
from emulation.documents.actions import ReaderGrant
from emulation.documents.models import DocumentEvent, IssuedDocument
from emulation.documents.tests import papers
from emulation.documents.tests.test_tasks import run_all_jobs
from emulation.jobs.models import Job
from tests.html import page_of

STAFF = ("vanphong", "vanthu", "chutich")
OTHERS = ("thon1", "hoidong2", "quantri")
STRANGERS = ("la-vanphong", "la-phongnoivu")
PAGES = ("document", "sheet", "files")


@pytest.fixture
def document(commune, clerk):
    return issue(commune, clerk)


@pytest.fixture
def draft(commune, office):
    return actions.create_or_update_draft(by=office, commune=commune, paper=papers.report(), key="r")


def issue(commune, clerk, key="k", paper=None, **more):
    facts = {"series": "quyet_dinh", "readers": (ReaderGrant(role=Role.superior),)} | more
    paper = paper or papers.decision(3)
    return actions.issue_document(by=clerk, commune=commune, paper=paper, issued_on=papers.DAY, key=key, **facts)


def get(browser, name, *args, **query):
    return browser.get(reverse(f"documents:{name}", args=args), query)


@pytest.mark.parametrize("page", PAGES)
def test_readers_may_read_and_others_get_404(page, document, other_commune, signed_in):
    for login in (*STAFF, "phongnoivu"):
        assert get(signed_in(login), page, document.pk).status_code == 200, login
    for login in (*OTHERS, *STRANGERS):
        assert get(signed_in(login), page, document.pk).status_code == 404, login
    assert get(Client(), page, document.pk).status_code == 302


def test_the_steps_name_people_without_their_login(document, draft, signed_in):
    for page, paper in (("document", document), ("draft", draft)):
        text = page_of(get(signed_in("vanthu"), page, paper.pk))
        by = document.issued_by if paper is document else draft.made_by
        assert by.full_name in text and f"({by.username})" not in text


@pytest.mark.parametrize("page", ["draft", "draft_sheet", "draft_files"])
def test_staff_may_read_a_draft(page, draft, other_commune, signed_in):
    assert [get(signed_in(login), page, draft.pk).status_code for login in STAFF] == [200] * 3
    assert {get(signed_in(login), page, draft.pk).status_code for login in (*OTHERS, *STRANGERS, "phongnoivu")} == {404}


def test_the_policy_of_the_paper_forbids_scripts_and_requests(document, signed_in):
    response = get(signed_in("vanthu"), "sheet", document.pk)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy
    assert "unsafe-inline" not in policy and "style-src 'sha256-" in policy
    text = response.content.decode()
    assert document.html in text and "<script" not in text and " style=" not in text
    assert response["Cache-Control"] == "private, no-store"


def test_the_page_shows_that_files_are_being_made_and_they_are_attachments(document, signed_in):
    browser = signed_in("phongnoivu")
    page = page_of(get(browser, "document", document.pk))
    assert (
        "đến lượt, sắp bắt đầu" in page
        and "còn 1 việc trước" in page
        and '<noscript><meta http-equiv="refresh"' in page
    )
    assert get(browser, "download", document.pk, "pdf").status_code == 404
    run_all_jobs()
    page = page_of(get(browser, "document", document.pk))
    assert "việc trước" not in page and "refresh" not in page
    response = get(browser, "download", document.pk, "pdf")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith(
        'attachment; filename="01-qd-ubnd-quyet-dinh-ve-viec-tang-giay-khen'
    )
    assert response["X-Content-Type-Options"] == "nosniff" and "sandbox" in response["Content-Security-Policy"]
    assert get(browser, "download", document.pk, "docx").status_code == 200
    assert get(browser, "download", document.pk, "scan").status_code == 404


def test_others_cannot_download_or_request_files(document, other_commune, signed_in):
    run_all_jobs()
    for login in (*OTHERS, *STRANGERS):
        assert get(signed_in(login), "download", document.pk, "pdf").status_code == 404
        assert signed_in(login).post(reverse("documents:make", args=[document.pk])).status_code == 404


def test_a_failed_file_can_be_requested_again(document, signed_in):
    Job.objects.update(state=Job.FAILED)
    browser = signed_in("vanthu")
    assert "chưa tạo được" in page_of(get(browser, "document", document.pk))
    browser.post(reverse("documents:make", args=[document.pk]))
    run_all_jobs()
    assert document.files.count() == 2


def test_files_of_a_draft_are_made_on_request(draft, signed_in):
    browser = signed_in("vanphong")
    assert "Dự thảo, chưa có giá trị" in page_of(get(browser, "draft", draft.pk))
    assert "DỰ THẢO" in page_of(get(browser, "draft_sheet", draft.pk))
    assert browser.post(reverse("documents:draft_make", args=[draft.pk])).status_code == 302
    assert "đến lượt, sắp bắt đầu" in page_of(get(browser, "draft", draft.pk))
    run_all_jobs()
    response = get(browser, "draft_download", draft.pk, "docx")
    assert 'filename="du-thao-bao-cao' in response["Content-Disposition"]


def test_get_requests_change_nothing(document, draft, signed_in):
    browser = signed_in("vanthu")
    with CaptureQueriesContext(connection) as queries:
        for page in ("document", "sheet", "files", "hand_over", "upload"):
            assert get(browser, page, document.pk).status_code == 200
        for page in ("draft", "draft_sheet", "draft_files"):
            get(browser, page, draft.pk)
        get(browser, "list")
        get(browser, "register")
    assert not [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_the_register_has_ten_columns_and_the_events_of_each_number(commune, clerk, document, signed_in):
    second = issue(commune, clerk, "k2")
    actions.hand_over_document(by=clerk, document=document, to="Bưu điện xã")
    actions.add_document_event(by=clerk, document=second, kind=DocumentEvent.CANCELLED, note="Sai tên")
    browser = signed_in("vanthu")
    response = get(browser, "register", nam="2026")
    first, last = ([cell for _, cell in line["cells"]] for line in response.context["lines"])
    assert tuple(first[:4]) == ("01/QĐ-UBND", "05/02/2026", document.title, "Lê Văn Minh Họa")
    assert first[4].startswith("Như Điều 3; Phòng Nội vụ") and first[5] == "VT, VP" and first[8] == "Bưu điện xã"
    assert last[0] == "02/QĐ-UBND" and last[9] == "Đã hủy: Sai tên"
    page, paper = (page_of(get(browser, "register", nam="2026", **more)) for more in ({}, {"in": "1"}))
    assert paper.count('<th scope="col">') == 10 and ">Số lượng bản<" in paper
    assert page.count('<th scope="col">') == 9 and ">Số lượng bản<" not in page  # empty: filled in by hand on paper
    assert page.count("<td") == 2 * 8 and paper.count("<td") == 2 * 9
    assert "Sổ năm này chưa có văn bản" in page_of(get(browser, "register", nam="2020"))
    assert get(signed_in("thon1"), "register").status_code == 403


def test_search_works_without_diacritics(commune, clerk, document, signed_in):
    issue(commune, clerk, "k2", papers.report(), series="bao_cao")
    browser = signed_in("vanthu")

    def found(words, page="list"):
        return [row.title for row in get(browser, page, q=words, nam="2026").context["rows"]]

    assert found("giay khen thi dua") == found("GIẤY KHEN") == found("01/qđ-ubnd giấy") == [document.title]
    assert len(found("ket qua cong tac", "register")) == 1
    assert len(found("minh hoa")) == 2
    assert found("khong co dau") == []


@pytest.mark.parametrize("page", ["list", "register"])
def test_the_number_of_queries_of_a_list_does_not_depend_on_its_rows(page, commune, clerk, signed_in):
    browser = signed_in("vanthu")

    def count():
        with CaptureQueriesContext(connection) as queries:
            get(browser, page, nam="2026")
        return len(queries)

    for n in range(3):
        actions.hand_over_document(by=clerk, document=issue(commune, clerk, f"a{n}"), to="Bưu điện")
    few = count()
    for n in range(17):
        actions.hand_over_document(by=clerk, document=issue(commune, clerk, f"b{n}"), to="Bưu điện")
    assert count() == few <= 12


def test_only_a_pdf_can_be_uploaded(document, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = signed_in("vanthu")
    url = reverse("documents:upload", args=[document.pk])
    bad = SimpleUploadedFile("x.pdf", b"<html><script>", "application/pdf")
    response = browser.post(url, {"format": "scan", "file": bad})
    assert response.status_code == 422 and "PDF còn nguyên vẹn" in page_of(response)
    good = SimpleUploadedFile("x.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    assert browser.post(url, {"format": "scan", "file": good}).status_code == 302
    assert get(browser, "download", document.pk, "scan").status_code == 200


def test_the_font_and_the_fast_subsetter_are_installed():
    assert [message for message in run_checks() if message.id.startswith("documents.")] == []


def test_posts_require_a_csrf_token(document, draft, user):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user("vanthu"))
    for name, pk in (
        ("make", document.pk),
        ("propose_cancellation", document.pk),
        ("hand_over", document.pk),
        ("upload", document.pk),
        ("draft_make", draft.pk),
    ):
        assert browser.post(reverse(f"documents:{name}", args=[pk])).status_code == 403
    assert IssuedDocument.objects.count() == 1


def test_papers_without_a_number_are_distinguished_by_their_subject(commune, clerk, signed_in):
    plain, named = (
        actions.freeze_document(
            by=clerk, commune=commune, paper=papers.request(), issued_on=papers.DAY, key=key, about=about
        )
        for key, about in (("a", ""), ("b", "Vi Văn Thành"))
    )
    assert named.title == f"{plain.title} – Vi Văn Thành" and (named.blocks, named.sha256) == (
        plain.blocks,
        plain.sha256,
    )
    run_all_jobs()
    browser = signed_in("vanthu")
    assert [row.pk for row in get(browser, "list", q="vi van thanh").context["rows"]] == [named.pk]
    response = get(browser, "download", named.pk, "pdf")
    assert 'filename="vi-van-thanh-giay-de-nghi' in response["Content-Disposition"]


def test_the_name_is_kept_when_the_title_is_shortened():
    long = actions._title_with_subject("x" * 2000, "Vi Văn Thành")
    assert len(long) == 1000 and long.endswith("x – Vi Văn Thành")


def test_the_file_with_all_certificates_has_its_own_name(document, signed_in):
    from emulation.core import content_store
    from emulation.documents.models import DocumentFile

    DocumentFile.objects.create(document=document, format="all", sha256=content_store.put(b"%PDF-1.7"), size=8)
    response = get(signed_in("vanthu"), "download", document.pk, "all")
    assert 'filename="giay-khen-01-qd-ubnd' in response["Content-Disposition"]


def test_a_draft_is_not_listed_after_its_paper_is_issued(commune, office, clerk, signed_in):
    browser = signed_in("vanphong")

    def drafts():
        return [draft.key for draft in get(browser, "list").context["drafts"]]

    for key in ("n:1:request", "n:10:request", "d:1"):
        actions.create_or_update_draft(by=office, commune=commune, paper=papers.request(), key=key)
    assert sorted(drafts()) == ["d:1", "n:10:request", "n:1:request"]
    for key in ("n:1:request:4", "d:1"):
        actions.freeze_document(by=clerk, commune=commune, paper=papers.request(), issued_on=papers.DAY, key=key)
    assert drafts() == ["n:10:request"]
    actions.create_or_update_draft(by=office, commune=commune, paper=papers.report(), key="n:1:request")
    assert drafts() == ["n:1:request", "n:10:request"]
    for key in ("d:1", "d:2"):
        actions.freeze_document(by=clerk, commune=commune, paper=papers.request(), issued_on=papers.DAY, key=key)
        actions.create_or_update_draft(by=office, commune=commune, paper=papers.report(), key=key)
    assert drafts() == ["n:1:request", "n:10:request"]


def test_a_paper_links_to_its_origin_if_the_user_may_open_that(commune, office, clerk, signed_in):
    from emulation.documents import origins

    with origins.paper_origins.replaced({"paper": "documents.IssuedDocument"}):
        source = issue(commune, clerk)
        draft = actions.create_or_update_draft(
            by=office, commune=commune, paper=papers.report(), key=f"paper:{source.pk}:report"
        )
        readers = [ReaderGrant(role=Role.council_member)]
        request = actions.freeze_document(
            by=clerk,
            commune=commune,
            paper=papers.request(),
            issued_on=papers.DAY,
            key=f"paper:{source.pk}:x:3",
            readers=readers,
        )
        back = f'href="{source.get_absolute_url()}"'
        assert back in page_of(get(signed_in("vanphong"), "draft", draft.pk))
        assert back in page_of(get(signed_in("vanphong"), "document", request.pk))
        answer = get(signed_in("hoidong2"), "document", request.pk)
        assert answer.status_code == 200 and back not in page_of(answer)
        for key in ("paper", "paper:", "paper:x", "paper:999999", "other:1", ""):
            assert origins.origin_url(key, clerk, None) == ""


def test_every_kind_of_key_in_use_has_an_origin():
    from emulation.communes.subjects import model_for_subject_key
    from emulation.documents import origins

    assert {"nomination", "session", "commendations.decision", "campaigns.letter"} <= set(origins.paper_origins)
    assert all(hasattr(model_for_subject_key(key), "get_absolute_url") for key in origins.paper_origins.values())


def test_the_page_shows_the_place_in_the_queue_the_step_and_the_next_attempt(document, signed_in):
    browser = signed_in("vanthu")
    pdf, _ = Job.objects.filter(kind="documents.render").order_by("pk")
    pages = {}
    for state, facts in (
        ("step 1", {"state": Job.RUNNING, "done": 0, "total": 2}),
        ("step 2", {"state": Job.RUNNING, "done": 1, "total": 2}),
        ("later", {"state": Job.QUEUED, "due_at": timezone.now() + timedelta(minutes=5)}),
    ):
        Job.objects.filter(pk=pdf.pk).update(**facts)
        pages[state] = page_of(get(browser, "files", document.pk))
    assert "PDF: đang dàn trang (bước 1/2)" in pages["step 1"] and "còn 1 việc trước" in pages["step 1"]
    assert "PDF: đang lưu tệp (bước 2/2)" in pages["step 2"] and "<progress" in pages["step 2"]
    assert "làm lại lúc" in pages["later"] and "đến lượt, sắp bắt đầu" in pages["later"]
    assert all("đang tạo" not in page and "làm trước" not in page for page in pages.values())


def test_a_file_that_waits_behind_others_is_put_first_on_request(document, signed_in):
    browser = signed_in("phongnoivu")
    Job.objects.filter(kind="documents.render").update(priority=Job.BULK)
    assert "Tôi cần ngay, làm trước" in page_of(get(browser, "document", document.pk))
    browser.post(reverse("documents:make", args=[document.pk]))
    assert set(Job.objects.filter(kind="documents.render").values_list("priority", flat=True)) == {Job.REQUESTED}
    assert "làm trước" not in page_of(get(browser, "document", document.pk))
