"""The way of a paper about awards: proposed, approved, recalled, issued; who may do what; who is notified."""

from datetime import timedelta

import pytest

from commendations.actions.amendment import amendment_approval, start_amendment
from commendations.models import Amendment, Award
from commendations.queries.amendment_notice import NOT_RECORDED
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import NumberBook
from emulation.notices.models import Notification
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
CORRECTION = Amendment.CORRECTION
REPLACEMENT = Amendment.REPLACEMENT
CANCELLATION = Amendment.CANCELLATION
PERSON = "Vi Văn Thành"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def test_nothing_changes_before_the_issue(decision, office, chair, clerk):
    amendment = amendment_steps.draft(decision, CANCELLATION)
    amendment_approval.submit(amendment, by=office)
    amendment_approval.approve(amendment, by=chair)
    assert Award.objects.counting().count() == 3
    amendment_approval.recall(amendment, by=clerk, reason="Chưa có kết luận.")
    amendment_approval.drop(amendment, by=office, reason="Chưa có kết luận.")
    assert Award.objects.counting().count() == 3
    assert NumberBook.objects.get(series="quyet_dinh").last == 1
    amendment_steps.issued(decision, CANCELLATION)


def test_a_dropped_draft_announces_no_change(decision, office, signed_in):
    amendment = amendment_steps.draft(decision, CANCELLATION)
    page = page_of(signed_in("vanphong").get(amendment.get_absolute_url()))
    assert "Khi ban hành sẽ thay đổi" in page
    amendment_approval.drop(amendment, by=office, reason="Chưa có kết luận.")
    page = page_of(signed_in("vanphong").get(amendment.get_absolute_url()))
    assert "Dự thảo này đã bỏ" in page and "sẽ thay đổi" not in page


def test_an_award_is_in_one_open_amendment_at_a_time(decision, clerk):
    first = amendment_steps.draft(decision, CORRECTION, [PERSON], place="Thôn 9")
    with pytest.raises(RuleBroken, match="Đang có văn bản khác chưa ban hành về Vi Văn Thành"):
        amendment_steps.draft(decision, CANCELLATION)
    amendment_steps.issued(decision, CANCELLATION, [HOUSEHOLD])
    amendment_approval.drop(first, by=clerk, reason="Ghi nhầm người.")
    amendment_steps.issued(decision, CANCELLATION, [PERSON])


def test_the_clerk_may_propose_but_only_the_chair_approves(decision, clerk, office, village_head):
    award = award_named(PERSON)
    amendment = start_amendment(by=clerk, decision=decision, kind=CANCELLATION, awards=[award.pk])
    amendment_approval.save(
        amendment, by=clerk, explanation="Kê khai gian dối.", cancellation_case="fraud", lines=amendment.lines
    )
    amendment_approval.submit(amendment, by=clerk)
    for nobody in (clerk, office, village_head):
        with pytest.raises(NotAllowed):
            amendment_approval.approve(amendment, by=nobody)
    with pytest.raises(NotAllowed):
        start_amendment(by=village_head, decision=decision, kind=CORRECTION, awards=[award.pk])


def test_a_cancellation_needs_the_case_of_the_law_and_its_reason(decision, office):
    amendment = amendment_steps.draft(decision, CANCELLATION)
    amendment_approval.save(amendment, by=office, cancellation_case="whim")
    with pytest.raises(RuleBroken, match="trường hợp hủy bỏ theo luật"):
        amendment_approval.submit(amendment, by=office)
    amendment_approval.save(amendment, by=office, cancellation_case="fraud", explanation="")
    with pytest.raises(RuleBroken, match="còn thiếu lý do"):
        amendment_approval.submit(amendment, by=office)


def test_a_deputy_does_not_undo_what_the_chair_signed(decision, office):
    amendment = amendment_steps.draft(decision, CANCELLATION)
    with pytest.raises(RuleBroken, match="Phó Chủ tịch không ký thay"):
        amendment_approval.save(amendment, by=office, deputy=True)


def test_units_council_and_those_who_acted_are_notified_of_what_they_may_read(decision, signed_in):
    Notification.objects.all().delete()
    amendment = amendment_steps.issued(decision, CANCELLATION, [PERSON])
    notices = Notification.objects.filter(text__startswith="Xã hủy bỏ giấy khen của")
    names = set(notices.values_list("user__username", flat=True))
    assert {"vanphong", "vanthu", "chutich"} <= names
    assert names & {user for user in names if user.startswith("thon")}
    text = f"Xã hủy bỏ giấy khen của {PERSON} theo {decision.document.dated}: {amendment.document.dated}"
    heads = notices.filter(user__username__startswith="thon")
    assert {row.text for row in notices.difference(heads)} == {text}
    assert {row.text for row in heads} == {f"{text}. {NOT_RECORDED}"}
    assert {row.link for row in heads} == {award_named(PERSON).get_absolute_url()}
    assert {row.link for row in notices.difference(heads)} == {amendment.document.get_absolute_url()}
    for login in names:
        assert signed_in(login).get(amendment.document.get_absolute_url()).status_code == 200, login


def test_a_day_before_the_decision_is_refused(decision, office, chair, clerk):
    amendment = amendment_steps.draft(decision, CANCELLATION)
    amendment_approval.submit(amendment, by=office)
    amendment_approval.approve(amendment, by=chair)
    with pytest.raises(RuleBroken, match="không được trước ngày quyết định"):
        amendment_approval.issue(amendment, by=clerk, issued_on=factories.HELD_ON - timedelta(days=1))
    assert Award.objects.counting().count() == 3
