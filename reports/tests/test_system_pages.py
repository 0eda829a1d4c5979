"""Units' board, audit log, system status and help pages: content and permissions."""

from datetime import timedelta
from itertools import chain

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import start_nothing, submit_exemplar
from campaigns.models import Period
from emulation.accounts.models import PasswordSlip, User
from emulation.audit.log import record_entry
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.jobs.models import Job
from reports.queries import health, help_groups, help_pages
from tests.html import page_of
from villages.actions.people import add_person
from villages.models import Unit

pytestmark = pytest.mark.both_databases


def test_the_board_lists_units_without_an_answer_first(month, signed_in, user):
    none = start_nothing(by=user("thon1"), unit=Unit.objects.get(code="thon1"), period=month, reason="Bận vụ mùa.")
    submit_exemplar(by=user("thon1"), exemplar=none)
    page = page_of(signed_in("vanphong").get("/tien-do/"))
    assert "1/14 đơn vị đã trả lời" in page
    rows = page[page.index("<tbody>") :]
    assert rows.index("Thôn 2") < rows.index("Thôn 1<") and "Báo không có" in rows
    assert rows.count("Chưa gửi") == 13 and "Quá hạn" not in rows and "pill-bad" not in rows
    yesterday = timezone.localdate() - timedelta(days=1)
    Period.objects.filter(pk=month.pk).update(opens_on=yesterday, due_on=yesterday)
    rows = signed_in("vanphong").get("/tien-do/").content.decode()
    assert rows.count("Quá hạn, chưa gửi") == 13 and rows.count("pill-bad") == 13


def test_the_board_without_a_period_explains_what_to_do(commune, signed_in):
    assert "Chưa mở kỳ điển hình nào" in signed_in("vanphong").get("/tien-do/").content.decode()
    assert signed_in("vanphong").get("/tien-do/?ky=999999999999999999999").status_code == 200


def test_the_audit_log_is_for_office_and_chair_and_has_filters(commune, office, signed_in):
    add_person(by=office, unit=Unit.objects.get(code="thon1"), full_name="Lê Văn Tìm")
    browser = signed_in("vanphong")
    today = timezone.localdate()
    assert "Thêm người" in browser.get(f"/nhat-ky/?ngay={today:%d/%m/%Y}&q=vanphong").content.decode()
    assert "Không có bản ghi nào" in browser.get("/nhat-ky/?ngay=01/01/2001").content.decode()
    assert "Không có tháng 13" in browser.get("/nhat-ky/?ngay=01/13/2026").content.decode()
    assert "Không có bản ghi nào" in browser.get("/nhat-ky/?loai=campaigns.Exemplar").content.decode()
    assert signed_in("chutich").get("/nhat-ky/").status_code == 200
    for login in ("thon1", "vanthu", "hoidong2", "phongnoivu", "quantri"):
        assert signed_in(login).get("/nhat-ky/").status_code == 403, login


def test_the_health_status_is_one_word(client, db, monkeypatch):
    answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (
        200,
        {"status": "ok", "backup": "none"},
        "no-store",
    )
    monkeypatch.setattr(health, "MIN_FREE_BYTES", 2**62)
    answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.json()) == (503, {"status": "fault"})


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="trigram indexes are of PostgreSQL")
def test_the_administrator_sees_that_names_are_searched_without_index(commune, signed_in):
    assert "có đủ chỉ mục" in signed_in("quantri").get(reverse("reports:health_details")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX villages_person_words")
    page = signed_in("quantri").get(reverse("reports:health_details")).content.decode()
    assert "thiếu 1 chỉ mục" in page and "CREATE EXTENSION pg_trgm" in page


def test_the_administrator_sees_a_failed_job_and_retries_it(commune, signed_in, administrator):
    job = Job.objects.create(
        commune=commune,
        kind="reports.draft",
        key="x",
        state=Job.FAILED,
        due_at=timezone.now(),
        attempt=5,
        error="OSError: đầy",
    )
    browser = signed_in("quantri")
    page = browser.get("/suc-khoe/chi-tiet/").content.decode()
    assert "OSError: đầy" in page and "Cần xem" in page and "1 bị lỗi" in page
    assert browser.post(f"/suc-khoe/viec/{job.pk}/lam-lai/", follow=True).status_code == 200
    job.refresh_from_db()
    assert (job.state, job.attempt) == (Job.QUEUED, 0)
    assert AuditEntry.objects.get(act="reports.retry_job").actor_id == administrator.pk
    again = browser.post(f"/suc-khoe/viec/{job.pk}/lam-lai/", follow=True)
    assert "không còn ở trạng thái lỗi" in again.content.decode()


def test_nobody_else_can_retry_a_job(commune, other_commune, signed_in):
    job = Job.objects.create(commune=commune, kind="reports.draft", key="x", state=Job.FAILED, due_at=timezone.now())
    assert signed_in("vanphong").post(f"/suc-khoe/viec/{job.pk}/lam-lai/").status_code == 403
    assert signed_in("vanphong").get("/suc-khoe/chi-tiet/").status_code == 403
    assert signed_in("la-quantri").post(f"/suc-khoe/viec/{job.pk}/lam-lai/").status_code == 404
    job.refresh_from_db()
    assert job.state == Job.FAILED


def test_the_whole_audit_chain_is_checked_on_request(commune, office, signed_in):
    add_person(by=office, unit=Unit.objects.get(code="thon1"), full_name="Lê Văn Chuỗi")
    page = signed_in("quantri").get("/suc-khoe/chi-tiet/?ca-chuoi=1").content.decode()
    assert "không thiếu, không bị sửa" in page
    assert "1 bản ghi" in page or "2 bản ghi" in page


def test_visitors_read_their_own_questions_first_and_a_search_begins_with_what_it_is_about(commune, client):
    html = client.get("/tro-giup/").content.decode()
    assert html.index("/tro-giup/xac-minh/") < html.index("/tro-giup/dang-nhap/")
    for path in ("/tro-giup/", "/tro-giup/xac-minh/"):
        assert 'class="btn btn-masthead" href="/tai-khoan/dang-nhap/"' in client.get(path).content.decode()
    found = help_groups.search_help("quen mat khau")
    slugs = [slug for slug, _ in found]
    assert {"dang-nhap", "doi-mat-khau"} < set(slugs)
    assert slugs[0] == "dang-nhap" and slugs.index("cap-lai-mat-khau") < slugs.index("ban-hanh-quyet-dinh")


def test_every_help_page_is_public_and_shows_its_question(client, commune):
    index = client.get("/tro-giup/").content.decode()
    grouped = chain.from_iterable(group.slugs for group in help_groups.HELP_GROUPS)
    assert sorted(grouped) == sorted(help_pages.help_pages())  # each in one group
    assert len(help_pages.help_pages()) > 5
    for slug, question in help_pages.help_pages().items():
        assert question.endswith("?"), slug
        assert question in index
        assert question in client.get(f"/tro-giup/{slug}/").content.decode()
    for bad in ("base_help", "index", "khong-co", "..%2f..%2fbase"):
        assert client.get(f"/tro-giup/{bad}/").status_code == 404, bad


def test_demo_and_real_communes_do_not_mix(db, settings, tmp_path, capsys):
    from django.core.management import CommandError, call_command

    from villages.seeds.commune_setup import DEMO_PLAN

    plan = tmp_path / "xa.toml"
    plan.write_text(
        DEMO_PLAN.read_text(encoding="utf-8").replace('code = "binh-luong"', 'code = "xa-that"'), encoding="utf-8"
    )
    call_command("open_commune", plan)
    printed = capsys.readouterr().out
    assert not Commune.objects.get().is_demo
    login, code = next(line.split()[:2] for line in printed.splitlines() if line.strip().startswith("thon1"))
    assert len(printed.split("72 giờ")) == 2 and "/tai-khoan/phieu/" in printed
    browser = Client()
    answer = browser.post("/tai-khoan/phieu/", {"username": login, "password": code})
    passwords = dict.fromkeys(("new_password1", "new_password2"), "con trâu đi trước")
    assert browser.post(answer["Location"], passwords).status_code == 302
    assert browser.get("/viec-cua-toi/").status_code == 200
    slips = PasswordSlip.objects.all()
    assert slips.count() == User.objects.count() == len(slips.open(timezone.now())) + 1
    with pytest.raises(CommandError, match="đã mở rồi"):
        call_command("open_commune", plan)
    call_command("load_demo")
    assert Commune.objects.count() == 1


def test_help_is_grouped_by_role_and_searched_by_its_text(client, commune, signed_in):
    page = signed_in("thon1").get("/tro-giup/").content.decode()
    assert (
        page.index("Trưởng thôn, trường, trạm, đoàn thể</h2>")
        < page.index('<details class="fold group"')
        < page.index("Văn thư (")
    )
    assert "Văn thư</h2>" in signed_in("vanthu").get("/tro-giup/").content.decode()
    found = client.get("/tro-giup/?q=quen mat khau").content.decode()
    assert "/tro-giup/dang-nhap/" in found and "/tro-giup/so-vang/" not in found
    for words in ("khong xyzzy", "'\"<script>", "%"):
        assert "Không tìm thấy" in client.get("/tro-giup/", {"q": words}).content.decode(), words


def test_an_act_on_the_whole_commune_is_named_in_words(commune, signed_in, office):
    """The audit log stores the internal code of the commune; readers get words, on the page and in print."""
    record_entry(commune_id=commune.pk, actor=office, act="test.act", label="Lập báo cáo quý", subject=commune)
    assert AuditEntry.objects.filter(commune=commune, subject_label=commune.code).exists()
    for asked in ({}, {"dang": "in"}):
        page = page_of(signed_in("vanphong").get(reverse("reports:trail"), asked))
        assert "cả xã" in page and commune.code not in page
