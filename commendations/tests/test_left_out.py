"""Opening a session names the complete cases that are left out of it; opening stays possible."""

from datetime import timedelta

import pytest
from django.urls import reverse

from commendations.actions.appraisal import complete_nomination
from commendations.flow.session import NAMED_LEFT_OUT
from commendations.models import CouncilSession, Nomination
from commendations.tests import case_steps, factories
from commendations.tests.case_steps import SESSION_DAY
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
OTHERS = (("Lữ Thị Ơn", "thon3"), ("Bùi Văn Ưng", "thon4"))


@pytest.fixture
def session(commune):
    return case_steps.session_with(case_steps.complete_nomination())


def session_page(client, session):
    return page_of(client.get(session.get_absolute_url()))


def test_the_cases_left_out_are_named_and_the_session_opens(session, signed_in):
    for name, login in OTHERS:
        case_steps.complete_nomination(name, by=login)
    case_steps.submitted_nomination("Vi Văn Thành")
    office = signed_in("vanphong")
    html = session_page(office, session)
    assert "Còn 2 hồ sơ đã đủ điều kiện chưa đưa vào phiên: Lữ Thị Ơn, Bùi Văn Ưng." in html
    assert "Từ đây danh sách hồ sơ không đổi" in html
    assert f'{session.get_absolute_url()}#cho-phien">Đưa vào phiên</a>' in html and 'id="cho-phien"' in html
    chair = session_page(signed_in("chutich"), session)
    assert "Còn 2 hồ sơ" in chair and "Đưa vào phiên</a>" not in chair
    office.post(reverse("commendations:open_session", args=[session.pk]), {"seen": session.version})
    assert CouncilSession.objects.get().state == "open"
    assert Nomination.objects.filter(state="complete").count() == 2
    assert "Còn 2 hồ sơ" not in session_page(office, session)


def test_nothing_is_asked_when_no_case_is_left_out(session, signed_in):
    html = session_page(signed_in("vanphong"), session)
    assert "Khai mạc phiên họp" in html
    assert "Từ đây danh sách hồ sơ không đổi" not in html and "chưa đưa vào phiên" not in html


def test_a_case_received_after_the_session_is_not_left_out(session, signed_in):
    case = case_steps.with_full_checklist(case_steps.submitted_nomination(*OTHERS[0]))
    complete_nomination(by=case_steps.user_named("vanphong"), nomination=case)
    Nomination.objects.filter(pk=case.pk).update(received_on=SESSION_DAY + timedelta(1))
    assert "chưa đưa vào phiên" not in session_page(signed_in("vanphong"), session)


@pytest.mark.parametrize(("more", "words"), [(0, "."), (3, " và 3 hồ sơ khác.")])
def test_at_most_ten_are_named(session, commune, signed_in, more, words):
    for _ in range(NAMED_LEFT_OUT + more):
        factories.nomination_of(commune, factories.person_named("Lữ Thị Ơn"), "complete")
    html = session_page(signed_in("vanphong"), session)
    names = ", ".join(["Lữ Thị Ơn"] * NAMED_LEFT_OUT)
    assert f"Còn {NAMED_LEFT_OUT + more} hồ sơ đã đủ điều kiện chưa đưa vào phiên: {names}{words}" in html
