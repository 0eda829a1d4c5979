"""After a correction the record of the person, the household or the unit that keeps the old words shows a hint."""

import pytest
from django.urls import reverse

from commendations.models import Amendment
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from tests.html import page_of
from villages.actions.households import edit_household
from villages.actions.people import edit_person
from villages.forms.people import HouseholdForm, PersonForm
from villages.queries.record_hints import record_hints

pytestmark = pytest.mark.usefixtures("db")
HEADING = "Hồ sơ khác với văn bản đã đính chính"
PERSON = "Vi Văn Thành"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"
NAME = {"name": "Vi Văn Thanh", "recipient": "Ông Vi Văn Thanh"}
KINDS = [Amendment.CORRECTION, Amendment.REPLACEMENT]


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def texts(user, subject):
    return [hint.text for hint in record_hints(user, subject)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_corrected_name_is_hinted_until_the_record_follows(kind, decision, office, signed_in):
    person = award_named(PERSON).person
    amendment = amendment_steps.issued(decision, kind, [PERSON], **NAME)
    [text] = texts(office, person)
    assert "họ tên, tên hộ, tập thể thành “Vi Văn Thanh”" in text and f"vẫn ghi “{PERSON}”" in text
    browser = signed_in("vanphong")
    edit = reverse("villages:edit_person", args=[person.pk])
    for address in (
        person.get_absolute_url(),
        reverse("villages:person_evidence", args=[person.pk]),
        amendment.get_absolute_url(),
    ):
        answer = browser.get(address)
        assert HEADING in page_of(answer) and f'href="{edit}"' in answer.content.decode(), address
    assert f'href="{edit}"' in signed_in("thon1").get(person.get_absolute_url()).content.decode()
    assert f'href="{edit}"' not in signed_in("vanthu").get(person.get_absolute_url()).content.decode()
    edit_person(by=office, person=person, **{**PersonForm.initial_of(person), "full_name": NAME["name"]})
    assert texts(office, person) == []
    assert HEADING not in page_of(browser.get(amendment.get_absolute_url()))


def test_a_new_case_shows_what_its_papers_would_repeat(commune, decision, office, signed_in):
    person = award_named(PERSON).person
    amendment_steps.issued(decision, Amendment.CORRECTION, [PERSON], **NAME)
    case = factories.nomination_of(commune, person, "draft")
    edit = f"{reverse('villages:edit_person', args=[person.pk])}?next={case.get_absolute_url()}"
    for login in ("thon1", "vanphong"):
        page = signed_in(login).get(case.get_absolute_url()).content.decode()
        assert HEADING in page and f"vẫn ghi “{PERSON}”" in page and edit in page, login
    old = decision.awards.get(pk=award_named(PERSON).pk).nomination
    assert HEADING not in page_of(signed_in("vanphong").get(old.get_absolute_url()))
    facts = {key: value or "" for key, value in PersonForm.initial_of(person).items()} | {"full_name": NAME["name"]}
    answer = signed_in("vanphong").post(edit, facts)
    assert answer.url == case.get_absolute_url()
    assert HEADING not in page_of(signed_in("vanphong").get(case.get_absolute_url()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_of_address_and_a_place_are_hinted_alone(kind, decision, office):
    person = award_named(PERSON).person
    words = {"recipient": f"Cụ {PERSON}", "place": "Nông dân, Thôn 2, xã Bình Lương"}
    amendment_steps.issued(decision, kind, [PERSON], **words)
    found = texts(office, person)
    assert len(found) == 2 and f"thành “Cụ {PERSON}”" in found[0] and "thành “Nông dân, Thôn 2" in found[1]
    edit_person(by=office, person=person, **{**PersonForm.initial_of(person), "form_of_address": "cụ"})
    assert len(texts(office, person)) == 1


def test_a_household(decision, office, signed_in):
    household = award_named(HOUSEHOLD).household
    words = {"name": "Hộ gia đình Lê Văn Bẩy", "recipient": "Hộ gia đình ông Lê Văn Bẩy"}
    amendment_steps.issued(decision, Amendment.CORRECTION, [HOUSEHOLD], **words)
    answer = signed_in("vanphong").get(household.get_absolute_url())
    assert HEADING in page_of(answer)
    assert reverse("villages:edit_household", args=[household.pk]) in answer.content.decode()
    fields = {**HouseholdForm.initial_of(household), "head_name": "Lê Văn Bẩy", "form_of_address": "ông"}
    edit_household(by=office, household=household, **fields)
    assert texts(office, household) == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Amendment.CORRECTION, {"achievement": "xuất sắc trong bảo vệ rừng"}), (Amendment.CANCELLATION, {})],
)
def test_other_amendments_give_no_hint(kind, words, decision, office):
    person = award_named(PERSON).person
    amendment_steps.issued(decision, kind, [PERSON], **words)
    assert texts(office, person) == []


def test_a_record_that_changed_otherwise_and_a_cancelled_award_give_no_hint(decision, office):
    person = award_named(PERSON).person
    amendment_steps.issued(decision, Amendment.CORRECTION, [PERSON], **NAME)
    edit_person(by=office, person=person, **{**PersonForm.initial_of(person), "full_name": "Vi Văn Thánh"})
    assert texts(office, person) == []
    edit_person(by=office, person=person, **{**PersonForm.initial_of(person), "full_name": PERSON})
    assert texts(office, person)
    amendment_steps.issued(decision, Amendment.CANCELLATION, [PERSON])
    assert texts(office, person) == []
