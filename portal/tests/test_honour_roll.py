"""Public pages of the honour roll: publication, search, verification of codes, no private data."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commendations.models import Amendment, Award
from commendations.tests import amendment_steps, factories
from emulation.core.append_only import triggers_disabled
from emulation.core.text import fold
from emulation.documents.codes import new_code, printed_code
from emulation.jobs.models import Job
from emulation.jobs.tasks import sweep_jobs
from portal import queries
from portal.models import HonourEntry
from portal.tasks import publish_decision
from villages.models import Discipline, PendingCase, Person, PersonPrivate

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def publish_now():
    """Runs the queued jobs that publish; the files of the papers, which take seconds, stay queued for another day."""
    Job.objects.exclude(kind="portal.publish").update(due_at=timezone.now() + timedelta(days=1))
    sweep_jobs()


@pytest.fixture
def published(commune):
    decision = factories.issued_decision(commune)
    publish_now()
    return decision


def test_issuing_publishes_each_award_once(published):
    names = ["Tập thể", "Hộ", "Vi Văn Thành"]
    assert HonourEntry.objects.count() == Award.objects.count() == len(names)
    Job.objects.filter(kind="portal.publish").update(state=Job.QUEUED)
    sweep_jobs()
    assert HonourEntry.objects.count() == 3
    entry = HonourEntry.objects.get(name__contains="Vi Văn Thành")
    assert (entry.unit_name, entry.award_title, entry.decision_number, entry.decision_date) == (
        "Thôn 1", "Giấy khen", published.document.reference, published.issued_on,
    )  # fmt: skip
    assert entry.decider == "Chủ tịch UBND xã Bình Lương"


def test_an_unissued_decision_publishes_nothing(commune):
    decision = factories.decision_at_signature(commune)

    class FinishedJob:
        progress = staticmethod(lambda done, total: None)

    publish_decision(FinishedJob(), decision_id=decision.pk)
    assert HonourEntry.objects.count() == 0


def test_visitors_find_people_without_marks_by_year_and_unit(published, client):
    everybody = client.get("/bang-vang/").content.decode()
    assert "Vi Văn Thành" in everybody and "Thôn 2" in everybody
    found = client.get("/bang-vang/?q=vi+thanh").content.decode()
    assert "Vi Văn Thành" in found and "Lê Văn Bảy" not in found
    assert "Không tìm thấy ai" in client.get("/bang-vang/?nam=1999").content.decode()
    assert "Lê Văn Bảy" not in client.get("/bang-vang/?don-vi=Thôn+2").content.decode()
    for odd in ("?nam=abcd", "?nam=²²²²", "?trang=x", "?q=%00%27", "?don-vi=" + "x" * 500):
        assert client.get(f"/bang-vang/{odd}").status_code == 200, odd


def test_the_words_above_a_name_begin_with_a_capital(published, client):
    HonourEntry.objects.update(award_title="danh hiệu Lao động tiên tiến năm 2025")
    page = client.get("/bang-vang/")
    assert {card["tag"] for card in page.context["entries"]} == {"Danh hiệu Lao động tiên tiến năm 2025"}


def test_a_search_engine_gets_one_description_a_page(published, client):
    entry = HonourEntry.objects.first()
    for address, words in (("/", "được khen"), (entry.get_absolute_url(), entry.name)):
        page = client.get(address).content.decode()
        assert page.count('name="description"') == 1
        assert words in page[page.index('name="description"') :][:300]


def test_the_code_on_a_certificate_shows_the_whole_wording(published, client):
    entry = HonourEntry.objects.get(name__contains="Vi Văn Thành")
    for typed in (entry.code, printed_code(entry.code), printed_code(entry.code).lower()):
        answer = client.get("/xac-minh/", {"ma": typed}, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200
        for words in ("Giấy khen hợp lệ", "Vi Văn Thành", entry.achievement, entry.decision_number, "Số sổ vàng"):
            assert words in page, words


def test_unknown_and_malformed_codes_get_the_same_page(published, client):
    pages = [client.get(f"/xac-minh/{code}/") for code in (new_code(), "KHONG-CO", "-", "%C4%91")]
    assert {page.status_code for page in pages} == {404}
    assert all("Không có giấy khen, bằng nào mang mã này" in page.content.decode() for page in pages)


def test_guessing_codes_is_slowed_down(published, client, monkeypatch):
    monkeypatch.setattr(queries, "MAX_UNKNOWN_CODES", 3)
    answers = [client.get(f"/xac-minh/{new_code()}/").status_code for _ in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    entry = HonourEntry.objects.first()
    assert client.get(f"/xac-minh/{entry.code}/").status_code == 429
    assert client.get(f"/xac-minh/{entry.code}/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_behind_a_proxy_only_the_guessing_client_is_slowed_down(published, client, settings):
    settings.TRUSTED_PROXIES = 1
    settings.FORWARDED_ALLOW_IPS = ["127.0.0.1"]
    for _ in range(queries.MAX_UNKNOWN_CODES):
        client.get(f"/xac-minh/{new_code()}/", HTTP_X_FORWARDED_FOR="203.0.113.7")
    path = f"/xac-minh/{HonourEntry.objects.first().code}/"
    assert client.get(path, HTTP_X_FORWARDED_FOR="203.0.113.7").status_code == 429
    assert client.get(path, HTTP_X_FORWARDED_FOR="198.51.100.4").status_code == 200


@pytest.mark.parametrize(
    ("kind", "heading", "status"),
    [
        (Amendment.CANCELLATION, "Khen thưởng đã bị hủy bỏ", 404),
        (Amendment.REPLACEMENT, "Đã được thay thế", 302),
        (Amendment.CORRECTION, "Đã đính chính, cấp lại", 302),
    ],
)
def test_what_was_taken_back_leaves_the_roll_at_once(kind, heading, status, published, client):
    code = HonourEntry.objects.first().code
    words = {} if kind == Amendment.CANCELLATION else {"place": "Thôn 9"}
    amendment_steps.issued(published, kind, **words)
    assert "Bảng vàng còn trống" in client.get("/bang-vang/").content.decode()
    answer = client.get(f"/bang-vang/{code}/")
    assert answer.status_code == status
    assert status == 404 or answer.url == f"/xac-minh/{code}/"
    assert heading in client.get(f"/xac-minh/{code}/").content.decode()
    publish_now()
    shown = client.get("/bang-vang/").context["entries"]
    assert len(shown) == (0 if kind == Amendment.CANCELLATION else 3)
    for entry in HonourEntry.objects.counting():
        assert "hợp lệ" in client.get(f"/xac-minh/{entry.code}/").content.decode()


def test_an_old_address_of_a_corrected_award_leads_to_the_valid_one(published, client):
    code = Award.objects.get(person__isnull=False).code
    for place in ("Thôn 9", "Thôn 10"):
        amendment_steps.issued(published, Amendment.CORRECTION, ["Vi Văn Thành"], place=place)
        publish_now()
        valid = Award.objects.with_standing().get(person__isnull=False).current_code
        answer = client.get(f"/bang-vang/{code}/")
        assert answer.url == f"/bang-vang/{valid}/"
        assert client.get(answer.url).status_code == 200


def test_no_public_page_shows_private_data(commune, client):
    """Marker values in all private fields; no public page contains one."""
    person = Person.objects.get(full_name="Vi Văn Thành")
    person.birth_year = 1937
    person.save()
    PersonPrivate.objects.create(
        person=person, ethnicity="Thái Canary", cccd="038099123457", discipline="Khiển trách Canary"
    )
    facts = {"commune": commune, "person": person, "starts_on": date(2020, 1, 2)}
    Discipline.objects.create(kind="canh_cao", decision_no="Canary", **facts)
    PendingCase.objects.create(kind="complaint", note="Canary", **facts)
    owner = factories.commune_user(commune, "thon1")
    owner.phone = "0987654321"
    owner.save()
    factories.issued_decision(commune)
    publish_now()
    award = Award.objects.get(person=person)
    canaries = [
        "1937",
        "Canary",
        "Cảnh cáo",
        "tố cáo",
        "02/01/2020",
        "038099123457",
        "0987654321",
        str(award.amount),
        f"{award.amount:,}".replace(",", "."),
    ]
    paths = ["/", "/bang-vang/", "/bang-vang/?q=vi", f"/bang-vang/{award.code}/", f"/xac-minh/{award.code}/", "/xac-minh/",
             "/suc-khoe/", "/tro-giup/", "/tai-khoan/dang-nhap/"]  # fmt: skip
    for path in paths:
        page = client.get(path).content.decode()
        assert not [word for word in canaries if word in page], path
    assert "Vi Văn Thành" in client.get(f"/xac-minh/{award.code}/").content.decode()
    fields = {field.name for field in HonourEntry._meta.get_fields() if field.is_relation}
    assert fields == {"commune"}


def test_the_list_uses_the_same_number_of_queries_with_many_entries(commune, client):
    counts = []
    for total in (3, 60):
        for at in range(HonourEntry.objects.count(), total):
            HonourEntry.objects.create(
                commune=commune, code=new_code(), name=f"Người {at}", unit_name="Thôn 1", award_title="Giấy khen",
                achievement="Hiến đất", decider="Chủ tịch", decision_number="01/QĐ-UBND", decision_date=timezone.localdate(),
                decision_serial=at + 1, decision_document=1, year=2026, search=f"nguoi {at}",
            )  # fmt: skip
        with CaptureQueriesContext(connection) as caught:
            page = client.get("/bang-vang/").content.decode()
        counts.append(len(caught))
        assert page.count('class="honour"') == min(total, 25)
    assert counts[0] == counts[1]


def test_a_signed_in_user_is_redirected_to_their_tasks(published, signed_in):
    answer = signed_in("thon1").get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/viec-cua-toi/")
    assert signed_in("thon1").get("/bang-vang/").status_code == 200


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("sinh năm 1955", " (sinh năm 1955)"),
        ("hộ Lò Văn A (xóm 2) – sinh ngày 02/03/1955", " (hộ Lò Văn A (xóm 2))"),
        ("sinh ngày 02/03/1955 – nam", " (nam)"),
        ("sinh ngày 02/03/1955", ""),
        ("", ""),
    ],
)
def test_what_was_published_with_a_year_of_birth_has_the_mere_name_after_the_migration(published, mark, shown):
    entry = HonourEntry.objects.get(name="Vi Văn Thành")
    search = entry.search
    entry.name = f"{entry.name}{shown}"
    entry.search = f"{fold(entry.name)}{search.removeprefix(fold('Vi Văn Thành'))}"
    entry.save()
    with triggers_disabled():
        Award.objects.filter(pk=entry.award_id).update(name_mark=mark)
    import_module("portal.migrations.0004_mere_names").leave_marks_out(apps, None)
    entry.refresh_from_db()
    assert (entry.name, entry.search) == ("Vi Văn Thành", search)
    assert HonourEntry.objects.filter(name__contains="(").count() == 0
