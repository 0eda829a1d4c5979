"""Recovery of several awards at once, and a handover that was recorded only after its award had ended."""

from datetime import timedelta

import pytest
from django.urls import reverse

from commendations.actions.award_recovery import BulkRecovery, record_award_recoveries
from commendations.actions.decision import make_payment_list
from commendations.actions.handover import record_award_handover
from commendations.models import Amendment, Award, AwardRecovery, Handover
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.blocks.body import Table
from emulation.documents.models import Draft
from reports.queries.todo import todo_of
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
PERSON = "Vi Văn Thành"
DAY = factories.HELD_ON
LATER = DAY + timedelta(3)


@pytest.fixture
def decision(commune):
    return factories.issued_decision(commune)


def tasks(user):
    return [task.key[1] for task in todo_of(user, DAY).tasks if task.title.startswith("Thu hồi")]


# ── several at once ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def cancelled(commune, clerk):
    """A whole decision of six people that was cancelled; all but the last had been handed over."""
    decision = factories.issued_decision(commune, factories.many_people(commune, 6))
    for award in list(decision.awards.all())[:-1]:
        record_award_handover(by=clerk, award=award, received_by="A", received_on=DAY)
    return amendment_steps.issued(decision, Amendment.CANCELLATION)


def form_data(amendment, **changes):
    ticks = {f"award_{pk}": "on" for pk in amendment.award_ids}
    return {**ticks, "what": "all", "recovered_on": DAY.strftime("%d/%m/%Y"), "note": "Nộp tại trụ sở", **changes}


def test_a_whole_decision_is_answered_with_one_form(cancelled, office, signed_in):
    browser = signed_in("vanphong")
    address = reverse("commendations:recover_awards", args=[cancelled.pk])
    assert f'href="{address}"' in browser.get(cancelled.get_absolute_url()).content.decode()
    page = browser.get(address)
    assert page_of(page).count("còn phải thu hồi giấy khen, bằng và 760.000 đồng") == 6
    data = form_data(cancelled, once=page.context["once"])
    for _ in range(2):
        assert browser.post(address, data).status_code == 302
    assert AwardRecovery.objects.filter(certificate=True, amount=760_000, note="Nộp tại trụ sở").count() == 6
    assert not tasks(office)
    assert "Không còn khen thưởng nào" in page_of(browser.get(address))


def test_faults_are_named_by_row_and_nothing_is_recorded(cancelled, signed_in):
    browser = signed_in("vanthu")
    address = reverse("commendations:recover_awards", args=[cancelled.pk])
    answer = browser.post(address, form_data(cancelled, what="nothing"))
    page = page_of(answer)
    assert answer.status_code == 422 and not AwardRecovery.objects.exists()
    assert page.count("Sổ vàng đã ghi trao hoặc thu hồi khen thưởng này") >= 5
    faulty = [name for name, errors in answer.context["form"].errors.items() if errors]
    assert faulty == [f"award_{pk}" for pk in cancelled.award_ids[:-1]]
    assert 'value="Nộp tại trụ sở"' in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"recovered_on": "01/01/2026"}, "Ngày thu hồi không được trước"),
        ({"what": "x"}, ""),
        (None, "ít nhất một người"),
    ],
)
def test_what_cannot_be_right_is_refused(wrong, words, cancelled, signed_in):
    data = form_data(cancelled, **(wrong or {f"award_{pk}": "" for pk in cancelled.award_ids}))
    answer = signed_in("vanthu").post(reverse("commendations:recover_awards", args=[cancelled.pk]), data)
    assert answer.status_code == 422 and words in page_of(answer)
    assert not AwardRecovery.objects.exists()


def test_who_was_never_handed_anything_is_answered_alone(cancelled, signed_in):
    others = {f"award_{pk}": "" for pk in cancelled.award_ids[:-1]}
    address = reverse("commendations:recover_awards", args=[cancelled.pk])
    assert signed_in("vanthu").post(address, form_data(cancelled, what="nothing", **others)).status_code == 302
    assert AwardRecovery.objects.get().not_handed


def test_only_the_staff_recovers(cancelled, village_head, signed_in):
    with pytest.raises(NotAllowed):
        record_award_recoveries(
            by=village_head,
            amendment=cancelled,
            awards=cancelled.award_ids,
            what=BulkRecovery(certificate=True),
            recovered_on=DAY,
        )
    address = reverse("commendations:recover_awards", args=[cancelled.pk])
    assert signed_in("thon1").get(address).status_code == 403


def test_awards_of_another_amendment_are_left_alone(cancelled, decision, office):
    other = award_named(PERSON)
    record_award_recoveries(
        by=office,
        amendment=cancelled,
        awards=[cancelled.award_ids[0], other.pk],
        what=BulkRecovery(True, True),
        recovered_on=DAY,
    )
    assert set(AwardRecovery.objects.values_list("award", flat=True)) == {cancelled.award_ids[0]}


# ── a handover that was forgotten ────────────────────────────────────────────────────────────────


def hand_over(by, award, on=DAY):
    return record_award_handover(by=by, award=Award.objects.get(pk=award.pk), received_by="Lê A", received_on=on)


@pytest.mark.parametrize("kind", [Amendment.REPLACEMENT, Amendment.CANCELLATION])
def test_it_is_recorded_with_its_day_before_the_award_ended(kind, decision, clerk, office, signed_in):
    old = award_named(PERSON)
    words = {"place": "Thôn 9"} if kind == Amendment.REPLACEMENT else {}
    amendment = amendment_steps.issued(decision, kind, [PERSON], on=LATER, **words)
    browser = signed_in("vanphong")
    page = page_of(browser.get(old.get_absolute_url()))
    assert "Đã trao từ trước mà quên ghi" in page and "Ghi nhận trao thưởng" in page
    with pytest.raises(RuleBroken, match="chỉ ghi lại việc đã trao từ ngày đó về trước") as broken:
        hand_over(clerk, old, LATER + timedelta(1))
    assert broken.value.field == "received_on" and not Handover.objects.exists()
    data = {"received_by": "Lê A", "received_on": DAY.strftime("%d/%m/%Y")}
    assert browser.post(reverse("commendations:hand_over", args=[old.pk]), data).status_code == 302
    award = Award.objects.with_recovery().get(pk=old.pk)
    assert award.is_to_recover and tasks(office) == [amendment.pk]
    with pytest.raises(RuleBroken, match="không trao nữa"):
        hand_over(clerk, old)
    assert "quên ghi" not in page_of(browser.get(old.get_absolute_url()))


def test_the_payment_list_of_the_replacing_decision_follows(decision, clerk, office):
    old = award_named(PERSON)
    amendment_steps.issued(decision, Amendment.REPLACEMENT, on=LATER, place="Thôn 9")
    replacing = decision.replacements.get()
    draft = make_payment_list(by=office, decision=replacing)
    hand_over(clerk, old)
    draft.refresh_from_db()
    [table] = [block for block in draft.paper.body if isinstance(block, Table)]
    [row] = [row for row in table.rows if row[0] == PERSON]
    assert row[3] == "0" and "đã chi 760.000 đồng" in row[2] and row[4] == "Không chi"
    for award in decision.awards.exclude(pk=old.pk):
        hand_over(clerk, award)
    assert not Draft.objects.filter(pk=draft.pk).exists(), "everything was paid"
