"""Awards after their decision: corrected, replaced, cancelled, in whole or in part."""

from datetime import timedelta

import pytest

from commendations.actions.amendment import amendment_approval, start_amendment
from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.handover import record_award_handover
from commendations.models import Amendment, Award, AwardCancellation, AwardCorrection, Decision, Nomination
from commendations.queries.award import register_rows, register_totals
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_dong
from emulation.documents.models import DocumentEvent
from tests.html import paper_text
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")
CORRECTION = Amendment.CORRECTION
REPLACEMENT = Amendment.REPLACEMENT
CANCELLATION = Amendment.CANCELLATION
PERSON = "Vi Văn Thành"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def events(document):
    return list(document.events.order_by("pk").values_list("kind", flat=True))


# ── correction ───────────────────────────────────────────────────────────────────────────────────


def test_a_correction_changes_the_words_and_prints_the_certificate_again(decision):
    before = award_named(PERSON)
    amendment = amendment_steps.issued(
        decision, CORRECTION, [PERSON], name="Vi Văn Thanh", recipient="Ông Vi Văn Thanh"
    )
    award = award_named(PERSON)
    assert amendment.document.reference == "01/UBND-VHXH"
    assert (award.name, award.current_name, award.counts) == (PERSON, "Vi Văn Thanh", True)
    assert award.amount == before.amount
    rows = [(row.field, row.old, row.new) for row in AwardCorrection.objects.order_by("field")]
    assert rows == [
        ("name", PERSON, "Vi Văn Thanh"),
        ("recipient", "Ông Vi Văn Thành", "Ông Vi Văn Thanh"),
    ]
    printed = award.current_certificate
    assert printed.paper.recipient == "Ông Vi Văn Thanh"
    assert printed.paper.decision_number == before.certificate.paper.decision_number
    assert printed.code != before.code == award.certificate.code
    assert events(award.certificate) == [DocumentEvent.REPLACED]
    assert events(decision.document) == [DocumentEvent.CORRECTED]


def test_the_last_correction_of_a_word_is_in_force(decision):
    amendment_steps.issued(decision, CORRECTION, [PERSON], place="Thôn 3")
    amendment_steps.issued(decision, CORRECTION, [PERSON], place="Thôn 4")
    award = award_named(PERSON)
    assert award.current_place == "Thôn 4"
    assert [row.old for row in award.corrections.all()] == [award.place, "Thôn 3"]
    assert award.current_certificate.paper.about == "Thôn 4"
    assert events(award.corrections.all()[0].certificate) == [DocumentEvent.REPLACED]


def test_the_certificates_of_namesakes_differ_by_more_than_the_number_after_a_correction_too(commune):
    Person.objects.filter(full_name=PERSON).update(name_mark="sinh năm 1980")
    decision = factories.issued_decision(commune)
    award = award_named(PERSON)
    assert award.certificate.paper.recipient == f"Ông {PERSON}"
    assert award.certificate.paper.about.startswith("Sinh năm 1980, ") and "Thôn 1" in award.certificate.paper.about
    amendment_steps.issued(decision, CORRECTION, [PERSON], place="Nông dân, Thôn 3")
    award = award_named(PERSON)
    assert award.current_place == "Nông dân, Thôn 3"
    assert award.current_certificate.paper.about == "Sinh năm 1980, nông dân, Thôn 3"


def test_a_correction_without_a_change_is_refused(decision, office):
    amendment = amendment_steps.draft(decision, CORRECTION, [PERSON])
    with pytest.raises(RuleBroken, match="Vi Văn Thành: chưa sửa chữ nào"):
        amendment_approval.submit(amendment, by=office)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"name": " "}, "Hãy ghi họ tên"),
        ({"achievement": ""}, "Hãy ghi thành tích"),
        ({"recipient": "Ông Vi Văn Thanh"}, "phải có đủ “Vi Văn Thành”"),
    ],
)
def test_words_that_cannot_be_printed_are_refused_with_the_name(words, message, decision):
    with pytest.raises(RuleBroken, match=message) as broken:
        amendment_steps.draft(decision, CORRECTION, [PERSON], **words)
    assert broken.value.field == f"{next(iter(words))}_{award_named(PERSON).pk}"
    assert broken.value.message.startswith(PERSON)


# ── cancellation ─────────────────────────────────────────────────────────────────────────────────


def test_cancelling_one_of_three(decision, office):
    amendment = amendment_steps.issued(decision, CANCELLATION, [HOUSEHOLD])
    award = award_named(HOUSEHOLD)
    assert amendment.document.reference == "02/QĐ-UBND"
    assert not award.counts and award.is_cancelled
    assert award.nomination.state == "award_cancelled"
    assert set(decision.awards.counting().values_list("name", flat=True)) == {PERSON, "Thôn 2"}
    totals = register_totals(register_rows(office))
    assert (totals.awards, totals.ended) == (2, 1)
    assert totals.money == sum(Award.objects.counting().values_list("amount", flat=True))
    assert events(award.certificate) == [DocumentEvent.CANCELLED]
    assert events(decision.document) == [DocumentEvent.PARTLY_CANCELLED]


def test_cancelling_the_whole_decision(decision):
    amendment = amendment_steps.issued(decision, CANCELLATION)
    assert amendment.document.title == (
        "Quyết định về việc hủy bỏ Quyết định số 01/QĐ-UBND ngày 10 tháng 11 năm 2026 của Chủ tịch Ủy ban nhân dân xã Bình Lương"
    )
    assert not decision.awards.counting().exists()
    assert events(decision.document) == [DocumentEvent.CANCELLED]
    assert set(Nomination.objects.values_list("state", flat=True)) == {"award_cancelled"}


def test_what_is_cancelled_is_not_corrected_or_cancelled_again(decision, office):
    amendment_steps.issued(decision, CANCELLATION, [HOUSEHOLD])
    gone = award_named(HOUSEHOLD)
    for kind in (CORRECTION, CANCELLATION, REPLACEMENT):
        with pytest.raises(RuleBroken, match="đã bị hủy bỏ hoặc được thay thế"):
            start_amendment(by=office, decision=decision, kind=kind, awards=[gone.pk])
    amendment_steps.issued(decision, CANCELLATION)
    with pytest.raises(RuleBroken, match="Mọi khen thưởng"):
        start_amendment(by=office, decision=decision, kind=CORRECTION, awards=[award_named(PERSON).pk])


def test_a_new_case_is_not_blocked_by_a_cancelled_one(decision, commune):
    amendment_steps.issued(decision, CANCELLATION)
    again = factories.issued_decision(commune)
    assert again.pk != decision.pk
    assert again.awards.counting().count() == 3
    assert Award.objects.count() == 6


def test_nothing_of_a_cancelled_award_is_handed_over_and_what_was_is_recovered(decision, clerk, office):
    award = award_named(PERSON)
    record_award_handover(by=clerk, award=award, received_by=PERSON, received_on=factories.HELD_ON)
    amendment_steps.issued(decision, CANCELLATION, [PERSON])
    award = award_named(PERSON)
    assert award.recovery_words == f"Còn phải thu hồi giấy khen, bằng và {format_dong(award.amount)}"
    with pytest.raises(RuleBroken, match="không trao nữa"):
        record_award_handover(by=clerk, award=award, received_by="A", received_on=factories.HELD_ON)

    def recover(**more):
        facts = {"certificate": False, "amount": 0, "recovered_on": factories.HELD_ON, **more}
        return record_award_recovery(by=office, award=award, **facts)

    for facts, message in (
        ({}, "thu hồi gì"),
        ({"amount": award.amount + 1}, "Chỉ còn phải thu hồi"),
        ({"amount": 10, "recovered_on": factories.HELD_ON - timedelta(days=1)}, "không được trước"),
    ):
        with pytest.raises(RuleBroken, match=message):
            recover(**facts)
    recover(certificate=True, amount=award.amount)
    assert award_named(PERSON).recovery_words == "Đã thu hồi đủ"
    with pytest.raises(RuleBroken, match="Không còn gì phải thu hồi"):
        recover(amount=1)


# ── replacement ──────────────────────────────────────────────────────────────────────────────────


def test_a_replacing_decision_grants_the_awards_again(decision):
    old = award_named(PERSON)
    amendment = amendment_steps.issued(
        decision, REPLACEMENT, [PERSON], achievement="xuất sắc trong phong trào bảo vệ an ninh trật tự năm 2026"
    )
    new = award_named(PERSON)
    assert (new.replaces, new.nomination, new.decision.replaces) == (old, old.nomination, decision)
    assert new.decision.document == amendment.document
    assert "thay thế phần khen thưởng" in paper_text(amendment.document.html)
    assert not Award.objects.get(pk=old.pk).counts and new.counts
    assert new.nomination.state == "awarded"
    assert new.certificate.paper.serial == new.decision_serial == 1
    assert events(old.certificate) == [DocumentEvent.REPLACED]
    assert events(decision.document) == [DocumentEvent.PARTLY_REPLACED]
    assert Award.objects.counting().count() == 3


def test_a_replacing_decision_can_itself_be_corrected_replaced_and_cancelled(decision):
    amendment_steps.issued(decision, REPLACEMENT)
    second = Decision.objects.get(replaces=decision)
    amendment_steps.issued(second, CORRECTION, [PERSON], place="Thôn 9")
    amendment_steps.issued(second, REPLACEMENT)
    third = Decision.objects.get(replaces=second)
    assert award_named(PERSON).place == "Thôn 9"
    amendment_steps.issued(third, CANCELLATION)
    assert Award.objects.count() == 9
    assert not Award.objects.counting().exists()
    assert AwardCancellation.objects.count() == 3
    assert set(Nomination.objects.values_list("state", flat=True)) == {"award_cancelled"}
