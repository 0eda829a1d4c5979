"""Pages about units, people and the council: access, search without diacritics, restricted facts."""

import pytest
from django.urls import reverse

from emulation.audit.models import AuditEntry
from tests.html import page_of
from villages.actions.people import edit_private
from villages.models import CouncilVersion, Household, Person, PersonPrivate, Unit


@pytest.fixture
def unit(commune):
    return Unit.objects.get(commune=commune, code="thon1")


@pytest.fixture
def person(unit):
    return Person.objects.get(unit=unit, full_name="Vi Văn Thành")


def test_the_list_of_units_names_their_heads(signed_in):
    html = page_of(signed_in("vanphong").get(reverse("villages:units")))
    assert "Trường Mầm non Bình Lương" in html
    assert "Nguyễn Thị Hoài An" in html


@pytest.mark.parametrize(
    ("login", "status", "people"),
    [("thon1", 200, True), ("vanphong", 200, True), ("vanthu", 200, True), ("chutich", 200, True),
     ("thon2", 200, False), ("hoidong2", 403, False), ("phongnoivu", 403, False), ("quantri", 403, False)],
)  # fmt: skip
def test_who_sees_the_people_of_a_unit(signed_in, unit, person, login, status, people):
    browser = signed_in(login)
    page = browser.get(unit.get_absolute_url())
    assert page.status_code == status
    assert ("Vi Văn Thành" in page_of(page)) is people
    found = browser.get(reverse("villages:person_search"), {"unit": unit.pk, "name": "thanh"})
    assert ("Vi Văn Thành" in page_of(found)) is people
    assert browser.get(person.get_absolute_url()).status_code == (200 if people else 404 if status == 200 else 403)


def test_strangers_find_no_unit_and_nobody(signed_in, other_commune, unit, person):
    browser = signed_in("la-vanphong")
    assert browser.get(unit.get_absolute_url()).status_code == 404
    assert browser.get(person.get_absolute_url()).status_code == 404
    assert "Vi Văn" not in page_of(browser.get(reverse("villages:person_search"), {"unit": unit.pk, "name": "vi"}))


@pytest.mark.parametrize("words", ["thanh", "THÀNH vi", "vi van thanh", "Vi Văn Thành"])
def test_search_needs_no_marks(signed_in, unit, words):
    html = page_of(signed_in("thon1").get(unit.get_absolute_url(), {"q": words}))
    assert "Vi Văn Thành" in html
    assert "Lê Thị Lụa" not in html


def test_the_fragment_offers_to_add_somebody_new(signed_in, unit):
    url = reverse("villages:person_search")
    html = page_of(signed_in("thon1").get(url, {"unit": unit.pk, "name": "<b>Mới"}))
    assert 'value="new" checked' in html
    assert "&lt;b&gt;Mới" in html
    assert "<html" not in html
    assert signed_in("thon1").get(url, {"unit": "x" * 50, "name": "a"}).status_code == 200


def test_households_are_found_in_the_fragment(signed_in, unit):
    data = {"unit": unit.pk, "name": "bay", "kind": "household"}
    html = page_of(signed_in("thon1").get(reverse("villages:person_search"), data))
    assert "Hộ Lê Văn Bảy" in html


def test_adding_and_correcting_a_person(signed_in, unit):
    browser = signed_in("thon1")
    data = {"full_name": " Lò  Thị Mới ", "sex": "nu", "birth_year": "1990", "post": "Nông dân", "group": "direct"}
    browser.post(reverse("villages:add_person", args=[unit.pk]), data)
    person = Person.objects.get(full_name="Lò Thị Mới")
    twin = browser.post(reverse("villages:add_person", args=[unit.pk]), data)
    assert twin.status_code == 422
    assert "cùng năm sinh" in page_of(twin)
    wrong = browser.post(reverse("villages:edit_person", args=[person.pk]), {**data, "birth_year": "1700"})
    assert "Năm sinh phải từ" in page_of(wrong)
    browser.post(reverse("villages:edit_person", args=[person.pk]), {**data, "birth_year": "1991"})
    person.refresh_from_db()
    assert person.birth_year == 1991
    assert signed_in("thon2").post(reverse("villages:edit_person", args=[person.pk]), data).status_code == 404
    assert signed_in("thon2").post(reverse("villages:add_person", args=[unit.pk]), data).status_code == 403


def test_a_household_belongs_to_a_village(signed_in, unit):
    browser = signed_in("vanphong")
    browser.post(reverse("villages:add_household", args=[unit.pk]), {"head_name": "Lò Văn Mới", "address": "Xóm Trong"})
    assert Household.objects.get(head_name="Lò Văn Mới").unit == unit
    school = Unit.objects.get(code="thcs")
    assert "Thêm hộ gia đình" not in page_of(browser.get(school.get_absolute_url()))
    assert "Thêm hộ gia đình" in page_of(browser.get(unit.get_absolute_url()))
    page = browser.post(reverse("villages:add_household", args=[school.pk]), {"head_name": "Lò Văn Mới"})
    assert "Hộ gia đình chỉ thuộc thôn" in page_of(page)


def test_only_the_office_reads_restricted_facts_and_each_reading_is_logged(signed_in, office, person):
    edit_private(by=office, person=person, ethnicity="Thái", cccd="038088001234", discipline="")
    read = reverse("villages:read_private", args=[person.pk])
    for login in ("vanphong", "thon1", "chutich"):
        assert "038088001234" not in page_of(signed_in(login).get(person.get_absolute_url()))
    for login in ("thon1", "chutich", "vanthu", "hoidong2"):
        assert signed_in(login).post(read).status_code == 403
    assert signed_in("vanphong").get(read).url == person.get_absolute_url()
    before = AuditEntry.objects.filter(act="villages.read_private").count()
    assert "038088001234" in page_of(signed_in("vanphong").post(read))
    entries = AuditEntry.objects.filter(act="villages.read_private")
    assert (entries.count(), entries.last().subject_id, entries.last().actor_id) == (before + 1, person.pk, office.pk)
    assert "038088001234" not in str(list(AuditEntry.objects.values()))


def test_restricted_facts_are_checked(signed_in, person):
    url = reverse("villages:edit_private", args=[person.pk])
    browser = signed_in("vanphong")
    page = browser.post(url, {"cccd": "12", "ethnicity": "Thái"})
    assert page.status_code == 422
    assert "Số CCCD gồm 12 chữ số." in page_of(page)
    assert not PersonPrivate.objects.exists()
    done = "Đã lưu thông tin hạn chế"
    assert done not in browser.get(person.get_absolute_url()).content.decode()
    assert done in browser.post(url, {"cccd": "038088001234"}, follow=True).content.decode()
    assert signed_in("thon1").post(url, {"cccd": "038088001234"}).status_code == 403


def test_the_council_and_its_seats(signed_in, commune):
    version = CouncilVersion.objects.get(commune=commune)
    browser = signed_in("hoidong2")
    assert "15/QĐ-UBND" in page_of(browser.get(reverse("villages:councils")))
    html = page_of(browser.get(version.get_absolute_url()))
    assert "Lê Đăng Trường" in html
    assert "Chủ tịch Hội đồng" in html
    assert signed_in("phongnoivu").get(version.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("kind", ["people", "households"])
def test_the_page_of_a_unit_needs_the_same_number_of_queries(signed_in, commune, unit, kind, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = unit.get_absolute_url() + ("?loai=ho" if kind == "households" else "")
    browser = signed_in("vanphong")
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    model = Household if kind == "households" else Person
    for number in range(30):
        row = model(commune=commune, unit=unit)
        row.put_name(f"Lê Văn {number}")
        row.save()
    with django_assert_num_queries(len(few)):
        html = page_of(browser.get(url))
    assert "25 trong" in html
