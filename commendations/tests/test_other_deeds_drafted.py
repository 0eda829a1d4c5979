"""While a nomination is written its page names the case of another unit that may be about the same deed, and offers to join it."""

import pytest
from django.urls import reverse

from commendations.actions.nomination import start_nomination
from commendations.models import JointProposal, Nomination
from commendations.tests import case_steps, factories
from commendations.tests.test_other_deeds import RESCUE, ROAD, ROAD_AGAIN, deed_case
from tests.html import page_of
from villages.models import Household, Person

pytestmark = pytest.mark.usefixtures("db")
JOIN = "Cùng đề nghị với Thôn 1"
ALIKE = "Có thể là cùng một thành tích"


@pytest.fixture
def first(user, lua):
    """The case of Thôn 1."""
    return deed_case(user, "thon1", lua, ROAD)


@pytest.fixture
def draft(user, lua, first):
    """A new draft of Thôn 2 about the same person, nothing written yet."""
    return start_nomination(by=user("thon2"), unit=case_steps.unit_by_code("thon2"), nominee=lua)


def form_of(case):
    return reverse("commendations:edit", args=[case.pk])


def offer_in(page):
    return page.split(JOIN)[0].rpartition('<a class="btn btn-small no-print" href="')[2].partition('"')[0]


def filled(case, deed, **more):
    content = {
        "kind": "CT",
        "achievement": "xuất sắc trong phong trào",
        "period_from": "01/01/2026",
        "period_to": "31/10/2026",
    }
    return {"deed": deed, "seen": Nomination.objects.get(pk=case.pk).version, **content, **more}


def test_the_empty_form_names_the_other_unit_without_a_link_and_offers_to_join(draft, first, signed_in):
    browser = signed_in("thon2")
    page = page_of(browser.get(form_of(draft)))
    assert "Đã có hồ sơ đề nghị khen" in page and "Thôn 1 đề nghị" in page and JOIN in page
    assert first.get_absolute_url() not in page and "Hiến 120" not in page
    address = offer_in(page)
    assert "Bản Thôn 2 đang soạn được rút" in page_of(browser.get(address))
    assert browser.post(address, {"deed": "Hội viên kể lại."})["Location"] == first.get_absolute_url()
    draft.refresh_from_db()
    assert draft.state == "withdrawn" and JointProposal.objects.get().unit.code == "thon2"


def test_the_office_gets_the_link_too(draft, first, signed_in):
    page = page_of(signed_in("vanphong").get(form_of(draft)))
    assert first.get_absolute_url() in page and JOIN in page


def test_saved_and_submitted_in_one_it_stops_once_and_goes_on(draft, first, signed_in):
    browser = signed_in("thon2")
    answer = browser.post(form_of(draft), filled(draft, ROAD_AGAIN, do="submit"), follow=True)
    page = page_of(answer)
    draft.refresh_from_db()
    assert draft.state == "draft" and draft.deed == ROAD_AGAIN
    assert (
        "Đã lưu, chưa nộp" in page
        and "bấm “Lưu và nộp đề nghị” lần nữa, hồ sơ được nộp" in page
        and ALIKE in page
        and JOIN in page
    )
    assert f'name="trung" value="{first.pk}"' in page
    browser.post(form_of(draft), filled(draft, ROAD_AGAIN, do="submit", trung=str(first.pk)))
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_another_deed_is_submitted_at_once_and_nothing_is_offered(draft, first, signed_in):
    browser = signed_in("thon2")
    browser.post(form_of(draft), filled(draft, RESCUE, do="submit"))
    draft.refresh_from_db()
    assert draft.state == "submitted"
    page = page_of(browser.get(draft.get_absolute_url()))
    assert "một hồ sơ về việc khác" in page and JOIN not in page and ALIKE not in page


def test_who_cannot_join_is_offered_nothing(user, draft, first, signed_in):
    """The council has the case of Thôn 1; nobody but the unit and the office is offered anything."""
    Nomination.objects.filter(pk=draft.pk).update(deed=ROAD_AGAIN)
    assert JOIN in page_of(signed_in("thon2").get(draft.get_absolute_url()))
    assert JOIN not in page_of(signed_in("chutich").get(draft.get_absolute_url()))
    Nomination.objects.filter(pk=first.pk).update(state="on_session")
    page = page_of(signed_in("thon2").get(form_of(draft)))
    assert ALIKE in page and JOIN not in page


def test_the_case_of_the_household_is_named_but_not_joined_by_that_of_a_member(user, lua, first, signed_in):
    home = Household.objects.get(commune=lua.commune, head_name="Vi Văn Chiến")
    Person.objects.filter(pk=lua.pk).update(household=home)
    other = deed_case(user, "thon2", home, ROAD_AGAIN)
    page = page_of(signed_in("thon2").get(form_of(other)))
    assert ALIKE in page and JOIN not in page


def test_the_first_unit_reads_of_the_second_draft_and_is_offered_to_join_it(user, draft, first, signed_in):
    Nomination.objects.filter(pk=draft.pk).update(deed=ROAD_AGAIN)
    page = page_of(signed_in("thon1").get(form_of(first)))
    assert ALIKE in page and "Cùng đề nghị với Thôn 2" in page


def test_a_second_case_of_the_own_unit_is_named_but_not_joined(user, lua, first, signed_in):
    again = start_nomination(by=user("thon1"), unit=case_steps.unit_by_code("thon1"), nominee=lua)
    page = page_of(signed_in("thon1").get(form_of(again)))
    assert "Đã có hồ sơ đề nghị khen" in page and first.get_absolute_url() in page and JOIN not in page


def test_of_an_awarded_case_the_form_names_the_decision_and_does_not_offer_to_join(commune, user, lua, signed_in):
    decision = factories.issued_decision(commune, [lua])
    award = decision.awards.get()
    draft = start_nomination(by=user("thon2"), unit=case_steps.unit_by_code("thon2"), nominee=lua)
    assert award.nomination.award_year == draft.award_year
    browser = signed_in("thon2")
    page = page_of(browser.get(form_of(draft)))
    assert "Đã được khen" in page and f"Đã được khen theo {decision.document.dated}." in page
    assert "Cùng một việc thì không đề nghị lần thứ hai" in page and "thì cùng đề nghị" not in page and JOIN not in page
    Nomination.objects.filter(pk=draft.pk).update(deed=award.nomination.deed)
    page = page_of(browser.get(draft.get_absolute_url()))
    assert ALIKE in page and f"Đã được khen theo {decision.document.dated}: cùng một việc" in page
    Nomination.objects.filter(pk=draft.pk).update(deed="")
    Nomination.objects.filter(pk=award.nomination_id).update(state="award_cancelled")
    page = page_of(browser.get(form_of(draft)))
    assert "Đã được khen" not in page and "Đã có hồ sơ đề nghị khen" not in page


@pytest.mark.parametrize(("state", "joins"), [("complete", True), ("on_session", False), ("approved", False)])
def test_to_join_is_advised_only_while_it_is_possible(draft, first, signed_in, state, joins):
    Nomination.objects.filter(pk=first.pk).update(state=state)
    page = page_of(signed_in("thon2").get(form_of(draft)))
    assert "Đã có hồ sơ đề nghị khen" in page and (JOIN in page) == joins
    assert ("Cùng một việc thì cùng đề nghị;" in page) == joins
    assert ("Cùng một việc thì không đề nghị lần thứ hai;" in page) == (not joins)
