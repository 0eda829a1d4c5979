"""Titles of one year: what was paid for the lower one is deducted at issue, and is due again when a title is cancelled."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commendations.actions.award_supplement import answer_supplement
from commendations.actions.decision import decision_signature_steps, issue_decision, make_payment_list
from commendations.actions.handover import record_award_handover
from commendations.flow.award_supplement import OPEN_SUPPLEMENT
from commendations.models import Amendment, Award, AwardSupplement
from commendations.models.recovery_filters import TO_RECOVER
from commendations.queries.amendment import amendment_effects
from commendations.queries.award import register_rows, register_totals
from commendations.queries.award_supplement import supplement_list_of
from commendations.tests import amendment_steps, factories
from emulation.core.append_only import triggers_disabled
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.blocks.body import Table
from emulation.documents.models import Draft
from emulation.notices.models import Notification
from reports.queries.report_figures import figure_by_key, quarter_figures
from reports.queries.todo import todo_of
from tests.html import page_of
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")
CANCELLATION = Amendment.CANCELLATION
LOWER = 760_000
HIGHER = 2_530_000
AMOUNTS = {"LDTT": LOWER, "CSTDCS": HIGHER}


@pytest.fixture
def em(db, commune):
    return Person.objects.get(full_name="Đỗ Thị Êm")


def issue_titles(commune, person, *codes):
    """One decision after the other; the awards by code."""
    for code in codes:
        paper = factories.decided_awards(commune, (code, person, 2026))
        factories.sign_and_issue(commune, paper.decisions.get())
    return {award.award_code: award for award in Award.objects.all()}


def cancel(award):
    return amendment_steps.issued(award.decision, CANCELLATION)


def fresh(award):
    return Award.objects.with_recovery().get(pk=award.pk)


def list_table(draft):
    [table] = [block for block in draft.paper.body if isinstance(block, Table)]
    return [(row[0], row[3]) for row in table.rows], table.total[3]


def tasks(user):
    return [task for task in todo_of(user, timezone.localdate()).tasks if "Chi bổ sung" in task.title]


def figures(commune, office):
    totals = register_totals(register_rows(office)).money
    reported = figure_by_key(quarter_figures(commune.pk, factories.HELD_ON.year, 4), "money")["value"]
    return totals, reported


# ── at issue ─────────────────────────────────────────────────────────────────────────────────────


def test_what_the_lower_title_got_is_deducted_everywhere(commune, em, office, clerk, signed_in):
    awards = issue_titles(commune, em, "LDTT", "CSTDCS")
    higher = fresh(awards["CSTDCS"])
    assert (higher.amount, higher.deducted, higher.payable) == (HIGHER, LOWER, HIGHER - LOWER)
    assert figures(commune, office) == (HIGHER, HIGHER), "together never more than the highest"
    rows, total = list_table(make_payment_list(by=office, decision=higher.decision))
    assert rows == [(em.full_name, total)] == [(em.full_name, "1.770.000")]
    page = page_of(signed_in("vanphong").get(higher.get_absolute_url()))
    assert "Tiền thưởng: 1.770.000 đồng" in page and "Đối trừ khoản đã chi" in page
    record_award_handover(by=clerk, award=higher, received_by="A", received_on=factories.HELD_ON)
    amendment = amendment_steps.draft(higher.decision, CANCELLATION)
    assert amendment_effects(amendment, factories.HELD_ON).money == HIGHER - LOWER
    amendment_steps.issue_draft(amendment, factories.HELD_ON)
    assert fresh(higher).money_left_to_recover == HIGHER - LOWER
    assert "1.770.000 đồng" in amendment.document.blocks
    assert not AwardSupplement.objects.exists(), "the lower title was paid"


def test_an_award_of_before_the_deduction_was_stored_counts_in_full(commune, em, office):
    awards = issue_titles(commune, em, "LDTT", "CSTDCS")
    with triggers_disabled():
        Award.objects.filter(pk=awards["CSTDCS"].pk).update(deducted=None)
    assert figures(commune, office) == (HIGHER + LOWER, HIGHER + LOWER)
    cancel(awards["LDTT"])
    assert not AwardSupplement.objects.exists()


def test_a_deduction_that_changed_after_the_signature_stops_the_issue(commune, em, office, clerk):
    first = factories.decided_awards(commune, ("LDTT", em, 2026)).decisions.get()
    factories.sign_and_issue(commune, first)
    higher = factories.decided_awards(commune, ("CSTDCS", em, 2026)).decisions.get()
    decision_signature_steps.send_to_signature(higher, by=office)
    amendment_steps.issued(first, CANCELLATION)
    with pytest.raises(RuleBroken, match=r"Khoản đối trừ của .* nay là 0 đồng, bản trình ký ghi 760.000 đồng"):
        issue_decision(by=clerk, decision=higher, issued_on=factories.HELD_ON)


# ── after a cancellation ─────────────────────────────────────────────────────────────────────────


DUE = pytest.mark.parametrize(
    ("order", "fallen", "stays", "why"),
    [
        (("CSTDCS", "LDTT"), "CSTDCS", "LDTT", "không còn bị trừ vì danh hiệu cao hơn cùng năm"),
        (("LDTT", "CSTDCS"), "LDTT", "CSTDCS", "không còn bị đối trừ tiền của danh hiệu thấp hơn"),
    ],
)


@DUE
def test_the_money_due_is_named_before_and_counts_after(order, fallen, stays, why, commune, em, office):
    awards = issue_titles(commune, em, *order)
    before = fresh(awards[stays])
    amendment = amendment_steps.draft(awards[fallen].decision, CANCELLATION)
    [sentence] = amendment_effects(amendment, factories.HELD_ON).pay_again
    for words in (why, "xét chi lại 760.000 đồng", "Điều 49"):
        assert words in sentence
    assert supplement_list_of(before.decision_id) is None
    amendment_steps.issue_draft(amendment, factories.HELD_ON)
    after = fresh(before)
    assert (after.payable, after.amount) == (before.payable + LOWER, before.amount)
    assert figures(commune, office) == (before.payable + LOWER,) * 2
    [row] = AwardSupplement.objects.all()
    assert (row.award_id, row.amount) == (before.pk, LOWER)


@DUE
def test_the_money_due_is_a_task_and_a_list(order, fallen, stays, why, commune, em, office, clerk, signed_in):
    awards = issue_titles(commune, em, *order)
    award = awards[stays]
    amendment = cancel(awards[fallen])
    draft = supplement_list_of(award.decision_id)
    assert list_table(draft) == ([(em.full_name, "760.000")], "760.000")
    assert amendment.document.dated in repr(draft.paper)
    texts = [task.text for task in (*tasks(office), *tasks(clerk))]
    assert [why in text for text in texts] == [True, True]
    assert Notification.objects.filter(user=office, link=award.get_absolute_url(), text__contains="chi thêm").exists()
    page = page_of(signed_in("vanphong").get(award.get_absolute_url()))
    assert why in page and "Danh sách chi bổ sung để ký" in page
    assert why in page_of(signed_in("vanphong").get(amendment.get_absolute_url()))
    assert "Danh sách chi bổ sung" not in page_of(signed_in("tramyte").get(award.get_absolute_url()))


@pytest.fixture
def supplement(commune, em):
    awards = issue_titles(commune, em, "CSTDCS", "LDTT")
    cancel(awards["CSTDCS"])
    return AwardSupplement.objects.get()


def test_what_was_paid_is_recorded_once(supplement, office, clerk, signed_in, village_head):
    address = reverse("commendations:answer_supplement", args=[supplement.pk])
    browser = signed_in("vanthu")
    data = {"done": "paid", "answered_on": "10/11/2026", "received_by": "Đỗ Thị Êm", "note": ""}
    later = (timezone.localdate() + timedelta(1)).strftime("%d/%m/%Y")
    for wrong, words in (
        ({"received_by": ""}, "Hãy ghi họ tên người nhận"),
        ({"answered_on": "01/01/2026"}, "không được trước ngày quyết định hủy bỏ"),
        ({"answered_on": later}, "không được sau hôm nay"),
        ({"done": "declined"}, "Không chi thì ghi lý do"),
        ({"done": "x"}, ""),
    ):
        answer = browser.post(address, {**data, **wrong})
        assert answer.status_code == 422 and words in page_of(answer), wrong
    with pytest.raises(NotAllowed):
        answer_supplement(
            by=village_head, supplement=supplement, paid=True, answered_on=factories.HELD_ON, received_by="A"
        )
    once = browser.get(address).context["once"]
    for _ in range(2):
        assert browser.post(address, {**data, "once": once}).status_code == 302
    assert supplement.award.supplements.get().answer.received_by == "Đỗ Thị Êm"
    assert not tasks(office)
    assert "đã ghi rồi" in page_of(browser.post(address, data))
    award = fresh(supplement.award)
    assert award.money_given == award.payable == LOWER
    cancel(award)
    assert fresh(award).money_left_to_recover == LOWER


def test_what_is_declined_does_not_count(supplement, commune, office):
    answer_supplement(
        by=office, supplement=supplement, paid=False, answered_on=factories.HELD_ON, note="Đã nhận đủ năm trước"
    )
    assert figures(commune, office) == (0, 0) and not tasks(office)


def test_what_was_not_paid_yet_ends_with_its_award(supplement, office):
    award = supplement.award
    draft = supplement_list_of(award.decision_id)
    cancel(award)
    assert not tasks(office) and not Draft.objects.filter(pk=draft.pk).exists()
    assert fresh(award).money_to_recover == 0
    assert (award.pk in Award.objects.filter(TO_RECOVER).values_list("pk", flat=True)) == fresh(award).is_to_recover


def test_a_replacement_pays_nothing_twice(supplement, office, clerk):
    award = supplement.award
    record_award_handover(by=clerk, award=award, received_by="A", received_on=factories.HELD_ON)
    answer_supplement(by=clerk, supplement=supplement, paid=True, answered_on=factories.HELD_ON, received_by="A")
    amendment_steps.issued(award.decision, Amendment.REPLACEMENT, place="Trạm Y tế")
    again = Award.objects.get(replaces=award)
    assert again.amount == LOWER and fresh(award).money_left_to_recover == 0
    with pytest.raises(RuleBroken, match="đã chi đủ"):
        make_payment_list(by=office, decision=again.decision)


# ── whatever happens ─────────────────────────────────────────────────────────────────────────────


def random_step(commune, em, rng: random.Random) -> None:
    """Grant a title that is not in force, or cancel or replace one that is."""
    in_force = list(Award.objects.counting())
    missing = AMOUNTS.keys() - {award.award_code for award in in_force}
    if missing and (not in_force or rng.random() < 0.5):
        issue_titles(commune, em, rng.choice(sorted(missing)))
        return
    award = rng.choice(in_force)
    if rng.random() < 0.6:
        cancel(award)
    else:
        amendment_steps.issued(award.decision, Amendment.REPLACEMENT, place=f"Thôn {rng.randint(1, 99)}")


@pytest.mark.parametrize("seed", range(4))
def test_a_year_is_never_paid_more_or_less_than_its_highest_title(seed, commune, em, office, clerk):
    """Titles granted, cancelled and replaced in any order: what is in force adds up to the highest of them."""
    rng = random.Random(seed)
    for _ in range(7):
        random_step(commune, em, rng)
        for open_one in AwardSupplement.objects.filter(OPEN_SUPPLEMENT).order_by("pk")[: rng.randint(0, 1)]:
            answer_supplement(by=clerk, supplement=open_one, paid=True, answered_on=factories.HELD_ON, received_by="A")
        codes = {award.award_code for award in Award.objects.counting()}
        highest = max((AMOUNTS[code] for code in codes), default=0)
        assert figures(commune, office) == (highest, highest), (seed, sorted(codes))
