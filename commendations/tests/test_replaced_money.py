"""Money of an award that a new decision replaces: the paper, the payment list and the recovery agree, nothing is paid twice."""

from datetime import date

import pytest

from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.decision import make_payment_list
from commendations.actions.handover import record_award_handover
from commendations.models import Amendment, Award
from commendations.papers import replacement
from commendations.papers.amendment import amendment_paper
from commendations.queries.amendment import awards_of
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import RuleBroken

pytestmark = pytest.mark.usefixtures("db")
REPLACEMENT = Amendment.REPLACEMENT
PERSON = "Vi Văn Thành"
HOUSEHOLD = "Hộ gia đình Lê Văn Bảy"
SPRING = date(2026, 3, 10)  # base salary 2.340.000; 2.530.000 from 1/7/2026
NEW = 760_000


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune, held_on=SPRING)


def money_article(decision, names):
    amendment = amendment_steps.draft(decision, REPLACEMENT, names)
    return amendment_paper(amendment, factories.HELD_ON).body[-3].text


def awarded(monkeypatch, amount):
    """The old decision granted this amount."""

    def awards(amendment):
        found = awards_of(amendment)
        for award in found:
            award.amount = amount
        return found

    monkeypatch.setattr(replacement, "awards_of", awards)


def hand_over(award, clerk, on=SPRING):
    record_award_handover(by=clerk, award=award, received_by="A", received_on=on)


def list_rows(decision, clerk):
    table = make_payment_list(by=clerk, decision=decision).paper.body[1]
    return [(row[0], row[2], row[3]) for row in table.rows], table.total[3]


def test_of_a_higher_amount_only_the_difference_is_paid(decision):
    assert money_article(decision, [PERSON]).endswith(
        "Mức tiền thưởng này thay thế mức đã ghi tại Quyết định số 01/QĐ-UBND ngày 10 tháng 3 năm 2026; nếu tiền thưởng đã "
        "chi theo Quyết định số 01/QĐ-UBND thì chỉ chi thêm phần chênh lệch 50.000 đồng."
    )


@pytest.mark.parametrize(
    ("old", "end"),
    [
        (900_000, "thì thu hồi phần chênh lệch 140.000 đồng, nộp về Quỹ thi đua, khen thưởng của xã."),
        (NEW, "thì không chi lần hai."),
    ],
)
def test_a_lower_or_equal_amount(old, end, decision, monkeypatch):
    awarded(monkeypatch, old)
    assert money_article(decision, [PERSON]).endswith(end)


def test_a_decision_without_money_has_no_word_about_it(decision, monkeypatch):
    awarded(monkeypatch, 0)
    assert "thay thế mức" not in money_article(decision, [PERSON])


def test_the_payment_list_pays_the_difference_to_whom_was_paid(decision, clerk):
    hand_over(award_named(PERSON), clerk)
    amendment_steps.issued(decision, REPLACEMENT, [PERSON, HOUSEHOLD])
    rows, total = list_rows(decision.replacements.get(), clerk)
    paid = {name: amount for name, _, amount in rows}
    assert paid == {PERSON: "50.000", HOUSEHOLD: "1.140.000"} and total == "1.190.000"
    assert next(row[1] for row in rows if row[0] == PERSON).endswith(
        "đã chi 710.000 đồng theo Quyết định số 01/QĐ-UBND ngày 10/03/2026"
    )
    assert "đã chi" not in next(row[1] for row in rows if row[0] == HOUSEHOLD)


def test_nothing_is_paid_where_the_same_amount_was_paid(commune, clerk):
    decision = factories.issued_decision(commune)
    hand_over(award_named(PERSON), clerk, factories.HELD_ON)
    amendment_steps.issued(decision, REPLACEMENT, [PERSON])
    with pytest.raises(RuleBroken, match="đã chi đủ theo quyết định được thay thế"):
        make_payment_list(by=clerk, decision=decision.replacements.get())


def test_a_payment_before_two_replacements_still_counts(decision, clerk):
    hand_over(award_named(PERSON), clerk)
    amendment_steps.issued(decision, REPLACEMENT, [PERSON])
    second = decision.replacements.get()
    amendment_steps.issued(second, REPLACEMENT, [PERSON])
    rows, _ = list_rows(second.replacements.get(), clerk)
    assert [row[2] for row in rows] == ["50.000"]


@pytest.mark.parametrize("paid", [True, False])
def test_the_difference_is_recovered_only_where_it_was_paid(paid, decision, clerk, office):
    old = award_named(PERSON)
    if paid:
        hand_over(old, clerk)
    amendment_steps.issued(decision, REPLACEMENT, [PERSON])
    old = Award.objects.with_standing().get(pk=old.pk)
    old.amount = 900_000
    assert old.money_to_recover == (140_000 if paid else 0)


def test_a_lower_amount_that_was_not_awarded_is_not_recovered(decision, clerk, office):
    hand_over(award_named(PERSON), clerk)
    amendment_steps.issued(decision, REPLACEMENT, [PERSON])
    old = decision.awards.get(name=PERSON)
    with pytest.raises(RuleBroken, match="Chỉ còn phải thu hồi 0 đồng"):
        record_award_recovery(by=office, award=old, certificate=False, amount=1, recovered_on=factories.HELD_ON)
