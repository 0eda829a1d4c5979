"""A handover that was recorded by mistake is taken back: the register, tasks, lists and money are as before it."""

from datetime import date

import pytest
from django.urls import reverse

from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.decision import make_payment_list
from commendations.actions.handover import record_award_handover
from commendations.actions.reversal import reverse_handover, reverse_recovery
from commendations.models import Amendment, Award, Handover, HandoverReversal
from commendations.models.recovery_filters import TO_HAND_AGAIN, TO_HAND_OVER, TO_RECOVER
from commendations.papers.register import REGISTER_COLUMNS
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import Draft
from emulation.notices.models import Notification
from reports.tests.test_after_decision import DAY, tasks
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
WHY = "Ghi nhầm: chưa trao, hoãn buổi lễ."
PERSON = "Vi Văn Thành"
SPRING = date(2026, 3, 10)  # base salary 2.340.000; 2.530.000 from 1/7/2026


def fresh(award):
    return Award.objects.with_recovery().get(pk=award.pk)


def hand_over(by, award, on=DAY, **more):
    return record_award_handover(by=by, award=award, received_by="Lê A", received_on=on, **more)


def register_cells(award):
    titles = ("Trao, thu hồi", "Ngày trao", "Người nhận")
    return [column.value(fresh(award)) for column in REGISTER_COLUMNS if column.title in titles]


def state(award, user):
    """What the product shows of one award: register row, states, filters, tasks of the office."""
    one = fresh(award)
    filters = [Award.objects.filter(which, pk=award.pk).exists() for which in (TO_HAND_OVER, TO_HAND_AGAIN, TO_RECOVER)]
    lines = [(task.title, task.text) for task in tasks(user)]
    money = one.money_left_to_recover
    return register_cells(award), one.recovery_words, filters, money, one.is_to_hand_again, lines


def test_it_is_as_before_the_handover(commune, office, clerk, signed_in, village_head):
    decision = factories.issued_decision(commune)
    award = award_named(PERSON)
    before = state(award, office)
    handover = hand_over(village_head, award)
    assert state(award, office) != before and register_cells(award)[0] == "Đã trao"
    browser = signed_in("vanphong")
    address = reverse("commendations:reverse_handover", args=[handover.pk])
    assert address in page_of(browser.get(award.get_absolute_url()))
    assert address not in page_of(signed_in("thon1").get(award.get_absolute_url()))
    refused = browser.post(address, {"reason": " "})
    assert refused.status_code == 422 and refused.context["form"].errors["reason"]
    assert not HandoverReversal.objects.exists()
    once = browser.get(address).context["once"]
    for _ in range(2):
        assert browser.post(address, {"reason": WHY, "once": once}).url == award.get_absolute_url()
    assert HandoverReversal.objects.get().reversed_by == office and state(award, office) == before
    for page in (award.get_absolute_url(), award.nomination.get_absolute_url()):
        assert WHY in page_of(browser.get(page)), page
    notice = Notification.objects.get(
        user=village_head, link=award.get_absolute_url(), text__contains="Rút lại lần ghi"
    )
    assert WHY in notice.text and "Lê A nhận ngày" in notice.text and decision.document.dated in notice.text
    with pytest.raises(RuleBroken, match="đã được rút lại"):
        reverse_handover(by=clerk, handover=handover, reason=WHY)
    hand_over(clerk, award)
    assert register_cells(award) == ["Đã trao", DAY, "Lê A"]


def test_only_the_office_and_the_clerk_take_back(commune, clerk, chair, village_head):
    factories.issued_decision(commune)
    handover = hand_over(village_head, award_named(PERSON))
    for user in (chair, village_head):
        with pytest.raises(NotAllowed):
            reverse_handover(by=user, handover=handover, reason=WHY)
    with pytest.raises(RuleBroken, match="vì sao rút lại"):
        reverse_handover(by=clerk, handover=handover, reason="")


def test_of_two_records_the_other_counts(commune, clerk):
    factories.issued_decision(commune)
    award = award_named(PERSON)
    hand_over(clerk, award)
    wrong = record_award_handover(
        by=clerk, award=fresh(award), received_by="Vi B", received_on=DAY, again=True, note="Nhận thay"
    )
    assert register_cells(award)[2] == "Vi B"
    reverse_handover(by=clerk, handover=wrong, reason=WHY)
    assert register_cells(award) == ["Đã trao", DAY, "Lê A"]


def test_what_came_back_is_taken_back_first(commune, office, clerk):
    decision = factories.issued_decision(commune)
    award = award_named(PERSON)
    handover = hand_over(clerk, award)
    amendment_steps.issued(decision, Amendment.CANCELLATION, [PERSON])
    recovery = record_award_recovery(
        by=clerk, award=fresh(award), certificate=True, amount=award.amount, recovered_on=factories.HELD_ON
    )
    with pytest.raises(RuleBroken, match="rút lại lần ghi thu hồi trước"):
        reverse_handover(by=clerk, handover=Handover.objects.get(pk=handover.pk), reason=WHY)
    reverse_recovery(by=clerk, recovery=recovery, reason=WHY)
    reverse_handover(by=clerk, handover=Handover.objects.get(pk=handover.pk), reason=WHY)
    assert register_cells(award) == ["Chưa rõ đã trao", None, ""]
    record_award_recovery(by=clerk, award=fresh(award), not_handed=True, recovered_on=factories.HELD_ON)
    assert register_cells(award)[0] == "Không trao" and not Award.objects.filter(TO_RECOVER, pk=award.pk).exists()


def test_a_replacing_decision_pays_all_again(commune, clerk):
    old = factories.issued_decision(commune, held_on=SPRING)
    award = award_named(PERSON)
    handover = hand_over(clerk, award, on=SPRING)
    amendment_steps.issued(old, Amendment.REPLACEMENT, [PERSON])
    replacing = fresh(award).replaced_by
    assert make_payment_list(by=clerk, decision=replacing.decision).paper.body[1].total[3] == "50.000"
    assert fresh(replacing).is_to_hand_again and Award.objects.filter(TO_RECOVER, pk=award.pk).exists()
    reverse_handover(by=clerk, handover=Handover.objects.get(pk=handover.pk), reason=WHY)
    renewed = Draft.objects.get(commune=commune, key=f"commendations.money:{replacing.decision_id}")
    assert renewed.paper.body[1].total[3] == "760.000", "the list is made again"
    assert not fresh(replacing).is_to_hand_again and not Award.objects.filter(TO_RECOVER, pk=award.pk).exists()
    assert Award.objects.filter(TO_HAND_OVER, pk=replacing.pk).exists()
