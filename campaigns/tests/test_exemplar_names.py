"""New people typed in the form of an exemplar: what was read is proposed, twins are distinguished."""

import pytest
from django.urls import reverse

from campaigns.exemplars.models.exemplar import Exemplar
from tests.html import page_of
from villages.actions.people import add_person
from villages.models import Household, Person

DEED = "Ngày 05/11/2026 hiến 120 m² đất làm đường xóm Trong, vận động 12 hộ cùng làm."


@pytest.fixture
def new_url(period, unit):
    return reverse("campaigns:new", args=[period.pk, unit.pk])


@pytest.fixture
def answers(full_content):
    return {
        "kind": "person",
        "pick": "new",
        "field": full_content.field.pk,
        "deed": DEED,
        "do": "submit",
        "once": "k" * 20,
    }


def again(answer, **change):
    """What the browser posts of the page that came back."""
    form = answer.context["form"]
    fields = {name: form[name].value() or "" for name in form.fields if name != "photo"}
    return {**fields, "do": "submit", "once": "k" * 20, **change}


@pytest.mark.parametrize(
    ("kind", "typed", "name", "form"),
    [("person", "ông LÊ VĂN TÁM", "Lê Văn Tám", "ông"), ("household", "Hộ gia đình bà Lò Thị Mười", "Lò Thị Mười", "bà"),
     ("person", "Lª V¨n T¸m", "Lê Văn Tám", "")],
)  # fmt: skip
def test_a_typed_name_is_proposed_and_then_sent(signed_in, new_url, answers, kind, typed, name, form):
    browser = signed_in("thon1")
    first = browser.post(new_url, {**answers, "kind": kind, "name": typed})
    assert first.status_code == 422 and "Chưa lưu: hãy xem lại" in page_of(first) and not Exemplar.objects.exists()
    assert browser.post(new_url, again(first)).status_code == 302
    exemplar = Exemplar.objects.get()
    nominee = exemplar.person or exemplar.household
    assert (exemplar.state, nominee.name, nominee.form_of_address) == ("submitted", name, form)


def test_a_deed_pasted_in_an_old_encoding_is_converted_after_a_preview(signed_in, new_url, answers):
    browser = signed_in("thon1")
    typed = "HiÕn ®Êt lµm ®\u00adêng, h\u00adíng dÉn bµ con"
    first = browser.post(new_url, {**answers, "name": "Lê Văn Tám", "deed": typed, "do": "save"})
    assert "TCVN3" in page_of(first) and not Exemplar.objects.exists()
    browser.post(new_url, again(first))
    assert Exemplar.objects.get().deed == "Hiến đất làm đường, hướng dẫn bà con"


def test_a_new_name_without_marks_is_asked_about_once(signed_in, new_url, answers):
    browser = signed_in("thon1")
    first = browser.post(new_url, {**answers, "name": "hoang thi lan"})
    assert (
        first.status_code == 422 and "“Hoang Thi Lan” chưa có dấu" in page_of(first) and not Exemplar.objects.exists()
    )
    other = browser.post(new_url, again(first, name="Hoang Thi Mai", asked_name="Hoang Thi Lan"))
    assert "“Hoang Thi Mai” chưa có dấu" in page_of(other) and not Exemplar.objects.exists()
    assert browser.post(new_url, again(first, asked_name="Hoang Thi Lan")).status_code == 302
    assert Exemplar.objects.get().person.name == "Hoang Thi Lan"


def test_a_search_without_marks_shows_that_a_new_name_needs_them(signed_in, unit):
    browser = signed_in("thon1")
    fragment = reverse("villages:person_search")
    assert "thêm mới thì ghi đủ dấu" in page_of(browser.get(fragment, {"name": "hoang thi lan", "kind": "person"}))
    assert "ghi đủ dấu" not in page_of(browser.get(fragment, {"name": "Hoàng Thị Lan", "kind": "person"}))


def test_a_kept_name_stays_in_the_draft(signed_in, new_url, answers):
    browser = signed_in("thon1")
    first = browser.post(new_url, {**answers, "name": "LÊ VĂN TÁM", "do": "save"})
    kept = again(first, **first.context["form"].typed_values, keep_typed="1", do="save")
    browser.post(new_url, kept)
    draft = Exemplar.objects.get()
    assert draft.new_nominee["name"] == "LÊ VĂN TÁM"
    edit = reverse("campaigns:edit", args=[draft.pk])
    assert browser.post(edit, again(browser.get(edit))).status_code == 302
    assert Person.objects.filter(full_name="LÊ VĂN TÁM").exists()


def test_a_name_that_was_searched_is_still_read_when_it_is_added(signed_in, new_url, answers):
    browser = signed_in("thon1")
    browser.post(new_url, {**answers, "name": "Lê Văn Tám", "do": "save"})
    edit = reverse("campaigns:edit", args=[Exemplar.objects.get().pk])
    found = browser.post(edit, again(browser.get(edit), name="lò thị mười", do="find"))
    assert found.status_code == 200
    sent = browser.post(edit, again(found))
    assert sent.status_code == 422 and "đề nghị “Lò Thị Mười”" in page_of(sent)


def test_a_twin_is_sent_with_what_distinguishes_them(signed_in, office, unit, new_url, answers):
    there = add_person(by=office, unit=unit, full_name="Lê Văn Tám", birth_year=1962)
    browser = signed_in("thon1")
    first = browser.post(new_url, {**answers, "name": "Lê Văn Tám", "birth_year": "1962"})
    page = page_of(first)
    assert (
        first.status_code == 422 and there.get_absolute_url() in page and 'type="hidden" name="twin_note"' not in page
    )
    edit = reverse("campaigns:edit", args=[Exemplar.objects.get().pk])
    answer = browser.post(edit, again(first, twin_note="con ông Bảy", twins_seen=f"{there.pk},"))
    assert answer.status_code == 302
    person = Exemplar.objects.get().person
    assert (person.twin_note, person.birth_year, person.pk == there.pk) == ("con ông Bảy", 1962, False)
    found = page_of(browser.get(reverse("villages:person_search"), {"unit": unit.pk, "name": "ông tám"}))
    assert "Lê Văn Tám, con ông Bảy" in found and f'value="p:{there.pk}"' in found


def test_a_day_typed_as_the_year_is_kept_in_the_draft_and_sent(signed_in, new_url, answers):
    browser = signed_in("thon1")
    browser.post(new_url, {**answers, "name": "Lê Văn Tám", "birth_year": "22/7/1962", "do": "save"})
    edit = reverse("campaigns:edit", args=[Exemplar.objects.get().pk])
    page = browser.get(edit)
    assert "22/07/1962" in page_of(page)
    assert browser.post(edit, again(page, birth_date="22/07/1962")).status_code == 302
    person = Exemplar.objects.get().person
    assert (person.birth_year, f"{person.birth_date:%d/%m/%Y}") == (1962, "22/07/1962")


def test_a_household_that_is_there_is_refused_at_the_name(signed_in, unit, new_url, answers):
    there = Household.objects.filter(unit=unit).first()
    sent = signed_in("thon1").post(
        new_url, {**answers, "kind": "household", "name": there.head_name, "address": there.address}
    )
    assert sent.status_code == 422 and "Thôn đã có hộ này" in page_of(sent)
