"""What is to be exchanged or recovered after awards were corrected, replaced or cancelled, in words, lists and tasks."""

import pytest
from django.urls import reverse

from commendations.actions.amendment import amendment_approval
from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.handover import record_award_handover
from commendations.models import Amendment, Award, AwardRecovery
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import RuleBroken
from reports.queries.todo import todo_of
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
CORRECTION = Amendment.CORRECTION
REPLACEMENT = Amendment.REPLACEMENT
CANCELLATION = Amendment.CANCELLATION
PERSON = "Vi Văn Thành"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"
EXCHANGE = "phải trao giấy khen, bằng cấp lại, thu bản cũ"
RECOVER = "Thu hồi giấy khen, bằng, tiền thưởng"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def hand_over(by, name=PERSON):
    return record_award_handover(by=by, award=award_named(name), received_by="Lê A", received_on=factories.HELD_ON)


def recover(by, award, **facts):
    return record_award_recovery(by=by, award=award, recovered_on=factories.HELD_ON, **facts)


def tasks(user):
    """Decisions with certificates to be handed again, and amendments after which something is recovered, with their ids."""
    found = todo_of(user, factories.HELD_ON).tasks
    again = {(EXCHANGE, task.key[1]) for task in found if EXCHANGE in task.text}
    return again | {(RECOVER, task.key[1]) for task in found if task.title == RECOVER}


def waiting(signed_in):
    page = signed_in("vanphong").get(reverse("commendations:register"), {"tinh-trang": "to_recover"})
    return {row.name for row in page.context["rows"]}


# ── the certificate of an award that stays ───────────────────────────────────────────────────────


def test_a_corrected_certificate_that_was_handed_over_is_exchanged(decision, clerk, office, chair, signed_in):
    hand_over(clerk)
    amendment = amendment_steps.draft(decision, CORRECTION, place="Thôn 9")
    page = page_of(signed_in("vanphong").get(amendment.get_absolute_url()))
    assert "Đang giữ bản cũ: Vi Văn Thành (Lê A nhận ngày" in page and "Lê Văn Bảy (" not in page
    amendment_approval.submit(amendment, by=office)
    amendment_approval.approve(amendment, by=chair)
    amendment_approval.issue(amendment, by=clerk, issued_on=factories.HELD_ON)
    award = award_named(PERSON)
    assert award.recovery_words == "Còn phải đổi giấy khen, bằng: thu bản cũ, trao bản mới"
    assert award.handover_state.label == "Đã trao, phải đổi giấy"
    assert tasks(clerk) == tasks(office) == {(EXCHANGE, decision.pk), (RECOVER, amendment.pk)} and waiting(
        signed_in
    ) == {PERSON}
    assert "Còn phải đổi giấy khen" in page_of(signed_in("vanphong").get(award.get_absolute_url()))
    assert "Còn phải đổi giấy khen" in page_of(signed_in("vanphong").get(amendment.get_absolute_url()))
    hand_over(clerk)
    assert tasks(clerk) == {(RECOVER, amendment.pk)}
    recover(clerk, award, certificate=True)
    award = award_named(PERSON)
    assert tasks(clerk) == set() == waiting(signed_in)
    assert "Đang giữ bản cũ" not in page_of(signed_in("vanphong").get(amendment.get_absolute_url()))
    assert (award.recovery_words, award.handover_state.label) == ("Đã đổi giấy khen, bằng", "Đã trao")
    with pytest.raises(RuleBroken, match="còn hiệu lực"):
        recover(clerk, award, certificate=True)


def test_an_exchange_covers_the_next_correction_and_the_cancellation(decision, clerk):
    hand_over(clerk)
    amendment_steps.issued(decision, CORRECTION, [PERSON], place="Thôn 3")
    recover(clerk, award_named(PERSON), certificate=True)
    amendment_steps.issued(decision, CORRECTION, [PERSON], place="Thôn 4")
    assert award_named(PERSON).recovery_words == "Còn phải đổi giấy khen, bằng: trao bản mới"
    hand_over(clerk)
    assert award_named(PERSON).handover_state.label == "Đã trao"
    amendment_steps.issued(decision, CANCELLATION, [PERSON])
    assert award_named(PERSON).recovery_words.startswith("Còn phải thu hồi giấy khen, bằng và ")


def test_a_certificate_that_nobody_received_is_not_exchanged(decision, clerk, signed_in):
    amendment_steps.issued(decision, CORRECTION, place="Thôn 9")
    assert tasks(clerk) == set() == waiting(signed_in)
    assert award_named(PERSON).handover_state.label == "Chưa ghi"
    hand_over(clerk)
    assert tasks(clerk) == set()


def test_a_replaced_certificate_that_was_handed_over_is_exchanged(decision, clerk, signed_in):
    hand_over(clerk)
    old = award_named(PERSON)
    amendment = amendment_steps.issued(decision, REPLACEMENT, place="Thôn 9")
    new = award_named(PERSON)
    assert tasks(clerk) == {(EXCHANGE, new.decision_id), (RECOVER, amendment.pk)}
    assert waiting(signed_in) == {PERSON}
    untouched = Award.objects.with_recovery().get(name=HOUSEHOLD, decision=decision)
    assert untouched.recovery_words.startswith("Sổ vàng chưa ghi đã trao; nếu đã trao thì thu lại")
    hand_over(clerk)
    recover(clerk, old, certificate=True)
    assert tasks(clerk) == set()


# ── what a cancelled award leaves ────────────────────────────────────────────────────────────────


def test_what_is_to_be_recovered_is_a_task_until_it_came_back(decision, clerk, village_head, signed_in):
    hand_over(clerk)
    amendment = amendment_steps.issued(decision, CANCELLATION, [PERSON])
    award = award_named(PERSON)
    assert award.handover_state.label == "Đã trao, phải thu hồi"
    assert tasks(clerk) == {(RECOVER, amendment.pk)} and tasks(village_head) == set()
    [task] = [task for task in todo_of(clerk, factories.HELD_ON).tasks if task.title == RECOVER]
    assert task.url == reverse("commendations:recover_awards", args=[amendment.pk])
    assert task.who == "Quyết định số 01/QĐ-UBND ngày 10/11/2026"
    assert task.text == "1 trường hợp còn phải thu hồi, theo Quyết định số 02/QĐ-UBND ngày 10/11/2026."
    recover(clerk, award, amount=award.amount - 10)
    assert tasks(clerk) == {(RECOVER, amendment.pk)}
    recover(clerk, award, certificate=True, amount=10)
    assert tasks(clerk) == set() == waiting(signed_in)
    assert award_named(PERSON).handover_state.label == "Đã thu hồi"
    browser = signed_in("vanphong")
    assert "Đã thu hồi" in page_of(browser.get(reverse("commendations:register")))
    page = page_of(browser.get(Amendment.objects.get().get_absolute_url()))
    assert "Đã trao: Vi Văn Thành (Lê A nhận ngày" in page, "what was handed over does not change when it came back"


def test_nothing_is_recovered_of_what_was_never_handed_over(decision, signed_in, clerk):
    amendment_steps.issued(decision, CANCELLATION, [PERSON, HOUSEHOLD])
    award = award_named(PERSON)
    assert award.handover_state.label == "Chưa rõ đã trao"
    address = reverse("commendations:recover_award", args=[award.pk])
    browser = signed_in("vanthu")
    data = {"not_handed": "on", "recovered_on": "12/11/2026", "note": "", "once": "k" * 20}
    refused = browser.post(address, {**data, "certificate": "on", "once": "j" * 20})
    assert refused.status_code == 422 and "chỉ chọn một trong hai" in page_of(refused)
    for _ in range(2):
        assert browser.post(address, data).url == award.get_absolute_url()
    assert AwardRecovery.objects.count() == 1
    award = award_named(PERSON)
    assert (award.handover_state.label, award.is_to_recover) == ("Không trao", False)
    assert award.recovery_words == "Chưa trao, không có gì phải thu hồi"
    other = award_named(HOUSEHOLD)
    recover(clerk, other, certificate=True)
    with pytest.raises(RuleBroken, match="đã ghi trao hoặc thu hồi"):
        recover(clerk, other, not_handed=True)
