"""How people are addressed, titles typed inside a name, and the pages on which the office corrects both."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from emulation.audit.models import AuditEntry
from tests.html import page_of
from villages.models import Household, Person
from villages.rules.people import (
    FORMS_IN_LOWER_CASE,
    HOUSEHOLD_WORDS,
    TITLES,
    form_of_address_fault,
    title_in_name,
    title_in_name_fault,
    written_form_of_address,
)

NAMES = (
    "Vi Văn Thành",
    "Lò Thị Hoa",
    "Hồ Thị Bá",
    "Cao Bá Quát",
    "Anna Lò",
    "Ca Thị Tư",
    "Ngô Văn Ông",
    "Bạch Công Tử",
)


@given(st.sampled_from(sorted({*FORMS_IN_LOWER_CASE, *TITLES, *HOUSEHOLD_WORDS})), st.sampled_from(NAMES),
       st.sampled_from([str.lower, str.upper, str.capitalize]), st.sampled_from(["", ".", ":"]))  # fmt: skip
def test_every_title_is_found_at_the_start_of_every_name(title, name, case, end):
    typed = f"{case(title)}{end}"
    assert title_in_name(f"{typed} {name}") == typed
    assert typed in title_in_name_fault(f"{typed} {name}")


@pytest.mark.parametrize("name", NAMES)
def test_mere_names_have_no_title(name):
    assert title_in_name(name) == "" and title_in_name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "form", "title"),
    [
        ("Ông Ích Khiêm", "", "Ông"),
        ("Ông Ích Khiêm", "ông", ""),
        ("Hộ ông Lê Văn Bảy", "ông", "Hộ"),
        ("ThS. Lê Văn Bảy", "ông", "ThS."),
        ("ThS.Lê Văn Bảy", "", "ThS."),
        ("Đ/c Vi Thị Xuân", "", "Đ/c"),
        ("Ông", "", ""),
        ("", "", ""),
    ],
)
def test_titles_and_family_names(name, form, title):
    assert title_in_name(name, form) == title


@given(st.text(max_size=40))
def test_a_form_of_address_has_only_letters(form):
    fault = form_of_address_fault(form)
    assert (fault is None) == (len(form) <= 30 and all(letter.isalpha() or letter == " " for letter in form))
    assert written_form_of_address(written_form_of_address(form)) == written_form_of_address(form)


@pytest.mark.parametrize(
    ("sex", "form", "sentence", "start"),
    [
        ("nam", "", "ông Vi Văn Thành", "Ông Vi Văn Thành"),
        ("nu", "", "bà Vi Văn Thành", "Bà Vi Văn Thành"),
        ("", "", "Vi Văn Thành", "Vi Văn Thành"),
        ("nam", "cháu", "cháu Vi Văn Thành", "Cháu Vi Văn Thành"),
        ("", "Đại đức", "Đại đức Vi Văn Thành", "Đại đức Vi Văn Thành"),
    ],
)
def test_how_a_person_is_addressed(sex, form, sentence, start):
    person = Person(sex=sex, form_of_address=form, full_name="Vi Văn Thành")
    assert (person.addressed_in_sentence, person.addressed) == (sentence, start)


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def posted_form(browser, url):
    """What a browser posts of the form as it is shown."""
    return {name: value for name, value in browser.get(url).context["form"].initial.items() if value is not None}


def test_the_form_of_a_person_is_entered_on_their_page(signed_in, person):
    browser = signed_in("vanphong")
    url = reverse("villages:edit_person", args=[person.pk])
    assert url in page_of(browser.get(person.get_absolute_url()))
    data = {**posted_form(browser, url), "form_of_address": " Cháu "}
    page = browser.post(url, data, follow=True)
    assert "Cháu Trần Đức Ý" in page_of(page)
    person.refresh_from_db()
    assert person.form_of_address == "cháu"
    entry = AuditEntry.objects.filter(act="villages.edit_person").last()
    assert entry.facts["changed"] == {"form_of_address": ["", "cháu"]}


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("form_of_address", "ThS.", "không viết tắt"),
        ("form_of_address", "ông" * 20, "30"),
    ],
)
def test_a_wrong_form_or_a_title_is_refused_at_its_field_and_kept(signed_in, person, field, typed, message):
    browser = signed_in("vanphong")
    url = reverse("villages:edit_person", args=[person.pk])
    data = {**posted_form(browser, url), field: typed}
    answer = browser.post(url, data)
    page = page_of(answer)
    assert answer.status_code == 422 and message in page and f'value="{typed}"' in page
    person.refresh_from_db()
    assert (person.full_name, person.form_of_address) == ("Trần Đức Ý", "")


def test_a_household_is_corrected_on_its_page(signed_in, household, commune):
    browser = signed_in("vanphong")
    url = reverse("villages:edit_household", args=[household.pk])
    assert url in page_of(browser.get(household.get_absolute_url()))
    data = {"head_name": "Lê Văn Bẩy", "form_of_address": "Cụ", "address": "Xóm Trong"}
    assert "Đã sửa." in page_of(browser.post(url, data, follow=True))
    household.refresh_from_db()
    assert (household.head_name, household.form_of_address, household.address) == ("Lê Văn Bẩy", "cụ", "Xóm Trong")
    assert Household.objects.named_like("bay").filter(pk=household.pk).exists()
    entry = AuditEntry.objects.filter(act="villages.edit_household").last()
    assert entry.facts["changed"]["head_name"] == ["Lê Văn Bảy", "Lê Văn Bẩy"]
    refused = browser.post(url, {**data, "head_name": "Hộ ông Lê Văn Bẩy"})
    assert refused.status_code == 422 and "Đã bỏ “Hộ” ở đầu" in page_of(refused)
    assert browser.post(url, data).status_code == 302  # unchanged: not its own duplicate
    twin = Household(commune=commune, unit=household.unit, address="Xóm Trong")
    twin.put_name("Lê Văn Chín")
    twin.save()
    same = browser.post(url, {**data, "head_name": "Lê Văn Chín"})
    assert same.status_code == 422 and "Thôn đã có hộ này" in page_of(same)


def test_who_may_correct_a_household(signed_in, household, other_commune):
    url = reverse("villages:edit_household", args=[household.pk])
    data = {"head_name": "Lê Văn Bảy", "form_of_address": "ông", "address": ""}
    answers = {"thon1": 302, "thon2": 404, "vanthu": 403, "chutich": 403, "hoidong2": 403, "la-vanphong": 404}
    for login, status in answers.items():
        assert signed_in(login).post(url, data).status_code == status, login
    page = page_of(signed_in("chutich").get(household.get_absolute_url()))
    assert url not in page and "Cách xưng hô với chủ hộ" in page


def test_a_title_is_refused_when_somebody_is_added(signed_in, person):
    browser = signed_in("vanphong")
    answer = browser.post(
        reverse("villages:add_person", args=[person.unit_id]), {"full_name": "Bà Lò Thị Mới", "group": "direct"}
    )
    assert answer.status_code == 422 and not Person.objects.filter(full_name__contains="Lò Thị Mới").exists()
