"""Pages of records that may be one person."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from emulation.core.text import name_key
from tests.html import page_of
from villages.actions.people import add_person, edit_private
from villages.models import Person, PersonMatch, PersonPrivate
from villages.queries.look_alikes import compare_people

pytestmark = pytest.mark.both_databases


@pytest.fixture
def pair(office, units):
    return [
        add_person(by=office, unit=units[code], full_name=name, birth_year=1971)
        for code, name in (("thon1", "Lương Thị Hòa"), ("thon2", "LUONG THI HOA"))
    ]


def address(name, *args):
    return reverse(f"villages:{name}", args=args)


def test_the_list_shows_the_evidence_of_each_pair(signed_in, office, pair):
    edit_private(by=office, person=pair[0], ethnicity="", cccd="038171001234", discipline="")
    html = page_of(signed_in("vanphong").get(address("look_alikes")))
    assert html.count("btn btn-primary") == html.count("Là một người</a>") and 'class="btn btn-quiet">' in html
    for words in ("Lương Thị Hòa – LUONG THI HOA", "một bên ghi thiếu dấu", "Thôn 1", "1971", "Số CCCD", "có ghi"):
        assert words in html
    for person in pair:
        assert f'<a href="{person.get_absolute_url()}">{person.full_name}</a></td>' in html
    assert "Số khen thưởng" not in html  # neither has one


@pytest.mark.parametrize(
    ("number", "words", "agrees"), [("038171001234", "cùng một số", True), ("038171004321", "số khác", False)]
)
def test_of_the_cccd_only_is_shown_whether_it_is_the_same(office, pair, number, words, agrees):
    edit_private(by=office, person=pair[0], ethnicity="", cccd="038171001234", discipline="")
    PersonPrivate.objects.update_or_create(person=pair[1], defaults={"cccd": number})
    one, other = Person.objects.filter(pk__in=[person.pk for person in pair]).order_by("pk")
    compared = compare_people(one, other)
    fact = next(fact for fact in compared.facts if fact.label == "Số CCCD")
    assert (fact.one, fact.other, fact.agrees) == (words, words, agrees)
    assert not any(figures in str(compared.evidence) for figures in ("234", "321"))


def test_the_note_that_parts_twins_is_compared(pair):
    Person.objects.filter(pk=pair[0].pk).update(twin_note="xóm Trong")
    one, other = Person.objects.filter(pk__in=[person.pk for person in pair]).order_by("pk")
    fact = next(fact for fact in compare_people(one, other).facts if fact.label == "Để phân biệt")
    assert (fact.one, fact.other) == ("xóm Trong", "")


def test_the_group_is_compared_where_one_record_has_it(pair):
    Person.objects.filter(pk=pair[0].pk).update(group="direct")
    one, other = Person.objects.filter(pk__in=[person.pk for person in pair]).order_by("pk")
    fact = next(fact for fact in compare_people(one, other).facts if fact.label == "Nhóm đối tượng")
    assert (fact.one, fact.other, fact.agrees) == ("Người trực tiếp lao động", "", None)


def test_a_day_of_birth_is_no_other_year_of_birth(pair):
    Person.objects.filter(pk=pair[0].pk).update(birth_date=date(1971, 3, 2))
    one, other = Person.objects.filter(pk__in=[person.pk for person in pair]).order_by("pk")
    facts = {fact.label: fact for fact in compare_people(one, other).facts}
    assert facts["Năm sinh"].agrees
    assert (facts["Ngày sinh"].one, facts["Ngày sinh"].agrees) == ("02/03/1971", None)


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "hoidong2", "quantri"])
def test_others_open_no_page(signed_in, pair, login):
    browser = signed_in(login)
    for url in (address("look_alikes"), address("person_matches"), address("merge_people", pair[0].pk)):
        assert browser.get(url).status_code == 403
    assert browser.post(address("keep_people_apart", pair[0].pk), {"other": pair[1].pk}).status_code in (403, 404)
    assert not PersonMatch.objects.exists()


def test_two_are_kept_apart_and_taken_back(signed_in, pair):
    browser = signed_in("vanphong")
    url = address("keep_people_apart", pair[0].pk)
    assert "Đã ghi là hai người khác nhau" in page_of(browser.post(url, {"other": pair[1].pk}, follow=True))
    assert "đã được ghi là của hai người" in page_of(browser.post(url, {"other": pair[1].pk}, follow=True))
    assert browser.post(url, {"other": "x"}).status_code == 404
    match = PersonMatch.objects.get()
    assert "Hai người khác nhau" in page_of(browser.get(match.get_absolute_url()))
    found = page_of(browser.get(address("person_matches"), {"q": "luong hoa", "ket-luan": "different"}))
    assert "Lương Thị Hòa – LUONG THI HOA" in found
    assert "Chưa có kết luận" in page_of(browser.get(address("person_matches"), {"ket-luan": "same"}))
    assert browser.post(address("end_match", match.pk), {"reason": "x", "seen": 1}).status_code == 422
    assert browser.post(address("end_match", match.pk), {"reason": "Ghi nhầm", "seen": 1}).status_code == 302
    assert "Lương Thị Hòa – LUONG THI HOA" in page_of(browser.get(address("look_alikes")))


def test_a_pair_is_merged_after_it_was_shown(signed_in, pair):
    browser = signed_in("vanphong")
    url = address("merge_people", pair[0].pk)
    data = {"other": pair[1].pk, "keep": "other", "reason": "Đã hỏi trưởng thôn"}
    asked = browser.post(url, data)
    assert asked.status_code == 422
    assert "Hãy xem phần đối chiếu" in page_of(asked)
    assert 'data-label="Đối chiếu"' in page_of(asked)
    assert f'name="compared" value="{pair[1].pk}"' in page_of(asked)
    assert "Đã hỏi trưởng thôn" in page_of(asked)
    page = page_of(browser.get(url, {"voi": pair[1].pk}))
    assert f'name="compared" value="{pair[1].pk}"' in page
    assert browser.post(url, {**data, "compared": pair[1].pk, "reason": ""}).status_code == 422
    assert browser.post(url, {**data, "compared": pair[1].pk, "other": 999999}).status_code == 422
    assert browser.post(url, {**data, "compared": pair[1].pk}).status_code == 302
    kept_page = page_of(browser.get(pair[1].get_absolute_url()))
    assert "cũng là người này" in kept_page
    merged_page = page_of(browser.get(pair[0].get_absolute_url()))
    assert "Việc mới ghi vào hồ sơ kia" in merged_page
    assert "Xem căn cứ, rút" in merged_page
    assert "Xem căn cứ, rút" not in page_of(signed_in("thon1").get(pair[0].get_absolute_url()))


def test_the_list_costs_the_same_with_many_people(signed_in, commune, units, pair):
    browser = signed_in("vanphong")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address("look_alikes")).status_code == 200
        return len(captured)

    queries()
    few = queries()
    names = [f"Vi Thị Số {number // 2}" for number in range(60)]
    Person.objects.bulk_create(
        Person(commune=commune, unit=units["thon1"], full_name=name, name_key=name_key(name), birth_year=1990)
        for name in names
    )
    assert queries() == few
