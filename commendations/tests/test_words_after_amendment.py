"""What pages, forms and notifications say of an award after its amendment: the words in force, whose, what is to be done."""

import pytest
from django.urls import reverse

from commendations.actions.award import record_award_handover
from commendations.models import Amendment, Award
from commendations.queries.amendment import is_whole_decision
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.notices.models import Notification
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
PERSON = "Vi Văn Thành"
CORRECT = "Vi Văn Thanh"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def correct(decision):
    new = {"name": CORRECT, "recipient": f"Ông {CORRECT}"}
    return amendment_steps.issued(decision, Amendment.CORRECTION, [PERSON], **new)


def hand_over(by, award):
    return record_award_handover(by=by, award=award, received_by=award.name, received_on=factories.HELD_ON)


def notice_of(login, amendment):
    return Notification.objects.get(user__username=login, text__contains=amendment.document.reference)


@pytest.mark.parametrize("act", ["hand_over", "recover_award"])
def test_the_forms_of_a_corrected_award_have_the_corrected_name(act, decision, office, signed_in):
    award = award_named(PERSON)
    hand_over(office, award)
    correct(decision)
    page = signed_in("vanphong").get(reverse(f"commendations:{act}", args=[award.pk])).content.decode()
    assert CORRECT in page and PERSON not in page
    assert str(award_named(PERSON)).startswith(CORRECT)


def test_a_unit_is_notified_of_the_new_name_and_of_the_certificate_to_exchange(decision, office):
    award = award_named(PERSON)
    hand_over(office, award)
    notice = notice_of(f"thon{award.unit.name[-1]}", correct(decision))
    assert f"của {CORRECT} (đã ghi: {PERSON}): Công văn" in notice.text
    assert f"Thu giấy khen, bằng cũ, trao bản cấp lại: {PERSON} ({PERSON} nhận ngày" in notice.text
    assert notice.link == award.get_absolute_url()


def test_each_unit_is_notified_of_its_own_awards_alone(decision, office, signed_in):
    by_unit = {}
    for award in Award.objects.select_related("unit"):
        by_unit.setdefault(award.unit.name, []).append(award)
    assert len(by_unit) > 1
    amendment = amendment_steps.issued(decision, Amendment.CANCELLATION)
    for unit, awards in by_unit.items():
        if not unit.startswith("Thôn"):
            continue
        notice = notice_of(f"thon{unit[-1]}", amendment)
        text = notice.text.partition(" của ")[2]
        for award in Award.objects.all():
            assert (award.name in text) == (award in awards), (unit, text)
        page = signed_in(f"thon{unit[-1]}").get(notice.link)
        assert page.status_code == 200
        assert all(award.name in page.content.decode() for award in awards)


def test_a_unit_reads_where_the_certificate_and_the_money_go(decision, office, signed_in):
    award = award_named(PERSON)
    hand_over(office, award)
    login = f"thon{award.unit.name[-1]}"
    amendment_steps.issued(decision, Amendment.CANCELLATION, [PERSON])
    assert "Nộp lại Văn phòng hoặc" in page_of(signed_in(login).get(award.get_absolute_url()))
    assert "Nộp lại Văn phòng hoặc" not in page_of(signed_in("vanphong").get(award.get_absolute_url()))


def test_the_rest_of_a_decision_is_the_whole_of_it_before_and_after_the_issue(decision):
    first = amendment_steps.issued(decision, Amendment.CANCELLATION, [PERSON])
    rest = amendment_steps.draft(decision, Amendment.CANCELLATION)
    assert is_whole_decision(rest)
    amendment_steps.issue_draft(rest, factories.HELD_ON)
    assert is_whole_decision(rest) and not is_whole_decision(first)
