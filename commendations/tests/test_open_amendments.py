"""An amendment that is not issued yet: shown wherever its awards are, and what the clerk sees before the issue."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commendations.actions.amendment import amendment_approval, start_amendment
from commendations.actions.handover import record_award_handover
from commendations.models import Amendment
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import RuleBroken
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
PERSON = "Vi Văn Thành"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"
KINDS = [(Amendment.CORRECTION, {"place": "Thôn 9"}), (Amendment.REPLACEMENT, {}), (Amendment.CANCELLATION, {})]


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def link_of(amendment):
    return f'href="{amendment.get_absolute_url()}"'


@pytest.mark.parametrize(("kind", "words"), KINDS)
def test_it_is_shown_on_every_page_of_its_awards_until_it_is_issued(kind, words, decision, office, chair, signed_in):
    amendment = amendment_steps.draft(decision, kind, [PERSON], **words)
    award = award_named(PERSON)
    other = award_named(HOUSEHOLD)
    pages = [
        award.get_absolute_url(),
        decision.get_absolute_url(),
        reverse("commendations:register"),
        reverse("commendations:awards_of", args=[award.pk]),
        award.nomination.get_absolute_url(),
        reverse("commendations:person_book", args=[award.person_id]),
    ]
    steps = [
        (lambda: None, "Đang soạn"),
        (lambda: amendment_approval.submit(amendment, by=office), "Chờ Chủ tịch duyệt"),
        (lambda: amendment_approval.approve(amendment, by=chair), "Chờ Văn thư ban hành"),
    ]
    browser = signed_in("vanthu")
    for step, state in steps:
        step()
        for address in pages:
            html = browser.get(address).content.decode()
            assert link_of(amendment) in html and state in page_of(browser.get(address)), (address, state)
    assert link_of(amendment) not in browser.get(other.get_absolute_url()).content.decode()
    amendment_steps.issue_approved(amendment)
    standing = browser.get(reverse("commendations:register")).content.decode()
    assert link_of(amendment) not in standing


def test_a_unit_head_does_not_see_what_is_being_prepared(decision, signed_in):
    amendment = amendment_steps.draft(decision, Amendment.CANCELLATION, [PERSON])
    head = signed_in("thon1")
    for address in (award_named(PERSON).get_absolute_url(), reverse("commendations:register")):
        answer = head.get(address)
        assert PERSON in page_of(answer) and link_of(amendment) not in answer.content.decode()


def test_the_register_reads_them_in_one_query(decision, commune, signed_in):
    browser = signed_in("vanphong")
    counts = []
    for names in ([PERSON], [HOUSEHOLD]):
        amendment_steps.draft(decision, Amendment.CANCELLATION, names)
        with CaptureQueriesContext(connection) as caught:
            browser.get(reverse("commendations:register"))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_people_of_an_open_amendment_cannot_be_chosen_and_the_page_names_the_reason(decision, office, signed_in):
    amendment = amendment_steps.draft(decision, Amendment.CORRECTION, [PERSON], place="Thôn 9")
    award = award_named(PERSON)
    other = award_named(HOUSEHOLD)
    browser = signed_in("vanphong")
    address = reverse("commendations:start_amendment", args=[decision.pk])
    answer = browser.get(address)
    assert f"{PERSON}" in page_of(answer) and "không chọn được: đang có công văn đính chính chưa ban hành" in page_of(
        answer
    )
    assert link_of(amendment) in answer.content.decode()
    for data in ({"awards": [award.pk]}, {"whole": "on"}, {"awards": [award.pk, other.pk]}):
        refused = browser.post(address, {"kind": Amendment.CANCELLATION, **data})
        assert refused.status_code == 422 and f"Đang có văn bản khác chưa ban hành về {PERSON}" in page_of(refused)
    with pytest.raises(RuleBroken, match=PERSON):
        start_amendment(by=office, decision=decision, kind=Amendment.REPLACEMENT, awards=[award.pk])
    assert browser.post(address, {"kind": Amendment.CANCELLATION, "awards": [other.pk]}).status_code == 302
    edit = page_of(browser.get(reverse("commendations:edit_amendment", args=[amendment.pk])))
    assert "không chọn được: đang có quyết định hủy bỏ chưa ban hành" in edit


@pytest.mark.parametrize(("kind", "words"), KINDS)
def test_the_clerk_sees_what_the_chair_saw_before_the_button(kind, words, decision, office, clerk, chair, signed_in):
    record_award_handover(by=clerk, award=award_named(PERSON), received_by="Lê A", received_on=factories.HELD_ON)
    amendment = amendment_steps.draft(decision, kind, [PERSON], **words)
    amendment_approval.submit(amendment, by=office)
    shown = signed_in("chutich").get(amendment.get_absolute_url()).context["effects"]
    amendment_approval.approve(amendment, by=chair)
    address = reverse("commendations:issue_amendment", args=[amendment.pk])
    browser = signed_in("vanthu")
    for answer in (browser.get(address), browser.post(address, {"issued_on": "31/02/2026"})):
        page = page_of(answer)
        assert answer.context["effects"] == shown
        assert PERSON in page and "Lê A nhận ngày" in page and "Báo cho: " in page and "760.000" in page
        assert page.index("Báo cho: ") < page.index('name="issued_on"')
        facts = page[: page.index('name="issued_on"')]
        assert amendment.explanation in facts and all(line in facts for line in amendment.grounds.split("\n"))
        if kind == Amendment.CANCELLATION:
            assert "hành vi gian dối trong việc kê khai thành tích" in facts
