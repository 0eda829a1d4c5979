"""A session that does not run to its end: a case put off, the session adjourned or cancelled while open."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commendations.actions import session as actions
from commendations.actions.adjournment import adjourn_session, put_off_case, resume_case
from commendations.actions.session import SessionSchedule
from commendations.models import CouncilSession, Nomination
from commendations.tests import case_steps
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
REASON = "Cần xác minh thêm số tiền đóng góp."


@pytest.fixture
def meeting(commune):
    """An open session with two cases, whose attendance and votes are entered."""
    cases = (case_steps.complete_nomination(), case_steps.complete_nomination("Lữ Thị Ơn", by="thon3"))
    return case_steps.with_minutes(
        case_steps.with_vote_counts(case_steps.with_attendance(case_steps.opened_session(*cases)))
    )


def cases(meeting):
    return [item.nomination for item in meeting.items.order_by("sort")]


def test_a_case_is_put_off_and_waits_for_another_session(meeting, office):
    first, second = cases(meeting)
    with pytest.raises(RuleBroken, match="vì sao chưa xét"):
        put_off_case(by=office, nomination=first, reason="...")
    put_off_case(by=office, nomination=first, reason=REASON)
    closed = actions.close_session(by=office, session=CouncilSession.objects.get(pk=meeting.pk))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("complete", "passed")
    assert f"Hồ sơ của bà {first.nominee_name}, " in closed.minutes.blocks
    item = meeting.items.get(nomination=first)
    assert (item.agree, item.passed, item.put_off) == (None, None, REASON)
    with pytest.raises(RuleBroken, match="phiên đang họp"):
        resume_case(by=office, nomination=first)


def test_a_case_put_off_by_mistake_comes_back(meeting, office):
    first, _ = cases(meeting)
    put_off_case(by=office, nomination=first, reason=REASON)
    resume_case(by=office, nomination=first)
    assert meeting.items.filter(put_off="").count() == 2
    with pytest.raises(RuleBroken, match="Chưa ghi kết quả"):
        actions.close_session(by=office, session=CouncilSession.objects.get(pk=meeting.pk))


def test_a_session_with_nothing_left_is_not_closed(meeting, office):
    for case in cases(meeting):
        put_off_case(by=office, nomination=case, reason=REASON)
    with pytest.raises(RuleBroken, match="Mọi hồ sơ đã để lại"):
        actions.close_session(by=office, session=CouncilSession.objects.get(pk=meeting.pk))
    actions.cancel_session(by=office, session=CouncilSession.objects.get(pk=meeting.pk), reason="Không còn hồ sơ.")
    assert set(Nomination.objects.values_list("state", flat=True)) == {"complete"}


def test_an_open_session_is_adjourned_to_another_day(meeting, chair, signed_in):
    first = meeting.held_on
    later = timezone.localdate() + timedelta(days=3)
    schedule = SessionSchedule(later, time(14), "Hội trường")
    adjourn_session(by=chair, session=meeting, schedule=schedule, reason="Không đủ thành viên dự họp.")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.held_on, meeting.attendance.count(), meeting.presider) == ("planned", later, 0, None)
    assert [item.agree for item in meeting.items.all()] == [None, None]
    assert set(Nomination.objects.values_list("state", flat=True)) == {"on_session"}
    page = page_of(signed_in("hoidong2").get(meeting.get_absolute_url()))
    assert f"Hoãn từ ngày {format_date(first)}: Không đủ thành viên dự họp." in page


def test_an_open_session_is_cancelled(meeting, office, signed_in):
    actions.cancel_session(by=office, session=meeting, reason="Hội đồng không họp được.")
    assert meeting.state == "cancelled" and not meeting.items.exists()
    assert set(Nomination.objects.values_list("state", flat=True)) == {"complete"}
    page = page_of(signed_in("vanphong").get(meeting.get_absolute_url()))
    assert "Phiên họp đã hủy: Hội đồng không họp được." in page


def test_the_buttons_and_pages(meeting, signed_in):
    first, _ = cases(meeting)
    browser = signed_in("vanphong")
    page = page_of(browser.get(meeting.get_absolute_url()))
    for name, pk in (("put_off", first.pk), ("adjourn_session", meeting.pk), ("cancel_session", meeting.pk)):
        address = reverse(f"commendations:{name}", args=[pk])
        assert address in page and browser.get(address).status_code == 200
    browser.post(reverse("commendations:put_off", args=[first.pk]), {"reason": REASON})
    assert REASON in page_of(browser.get(meeting.get_absolute_url()))
    browser.post(reverse("commendations:resume", args=[first.pk]))
    assert REASON not in page_of(browser.get(meeting.get_absolute_url()))
    answer = browser.post(reverse("commendations:adjourn_session", args=[meeting.pk]), {"reason": "."})
    assert answer.status_code == 422
