"""What was recorded by mistake is taken back: tasks, figures, lists and the trail follow."""

import pytest
from django.urls import reverse

from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.award_supplement import answer_supplement
from commendations.actions.reversal import reverse_recovery, reverse_supplement_answer
from commendations.models import (
    Amendment,
    Award,
    AwardRecoveryReversal,
    AwardSupplement,
    AwardSupplementAnswer,
    SupplementAnswerReversal,
)
from commendations.models.recovery_filters import TO_RECOVER
from commendations.queries.award_supplement import supplement_list_of
from commendations.tests import amendment_steps, factories
from commendations.tests.amendment_steps import award_named
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import format_date
from emulation.documents.blocks.body import Paragraph
from emulation.notices.models import Notification
from reports.tests.test_award_supplements import LOWER, em, figures, fresh, list_table, supplement, tasks  # noqa: F401
from tests.html import page_of
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")
WHY = "Ghi nhầm sang người khác."
PERSON = "Vi Văn Thành"


def answer(by, supplement, paid=True):  # noqa: F811
    facts = {"received_by": "Đỗ Thị Êm"} if paid else {"note": "Đã nhận đủ năm trước"}
    return answer_supplement(by=by, supplement=supplement, paid=paid, answered_on=factories.HELD_ON, **facts)


def sums(supplement):  # noqa: F811
    return [
        block.text for block in supplement_list_of(supplement.award.decision_id).paper.body if type(block) is Paragraph
    ]


# ── supplements ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("paid", [True, False])
def test_an_answer_is_taken_back_and_given_again(paid, supplement, commune, office, clerk, signed_in):  # noqa: F811
    first = answer(clerk, supplement, paid)
    assert not tasks(office) and figures(commune, office) == ((LOWER if paid else 0),) * 2
    address = reverse("commendations:reverse_supplement_answer", args=[first.pk])
    browser = signed_in("vanphong")
    award_page = page_of(browser.get(supplement.award.get_absolute_url()))
    assert address in award_page and address not in page_of(signed_in("tramyte").get(supplement.get_absolute_url()))
    refused = browser.post(address, {"reason": " "})
    assert refused.status_code == 422 and not SupplementAnswerReversal.objects.exists()
    once = browser.get(address).context["once"]
    for _ in range(2):
        assert browser.post(address, {"reason": WHY, "once": once}).url == supplement.get_absolute_url()
    assert SupplementAnswerReversal.objects.get().reversed_by == office
    award = fresh(supplement.award)
    assert (award.payable, award.money_given) == (LOWER, 0) and figures(commune, office) == (LOWER, LOWER)
    assert len(tasks(office)) == 1
    page = page_of(browser.get(supplement.get_absolute_url()))
    assert [part in page for part in (WHY, office.full_name, "<del>")] == [True] * 3
    assert list_table(supplement_list_of(award.decision_id))[1] == "760.000"


def test_after_it_another_answer_counts(supplement, office, clerk):  # noqa: F811
    first = answer(clerk, supplement, paid=False)
    reverse_supplement_answer(by=office, answer=first, reason=WHY)
    with pytest.raises(RuleBroken, match="đã được rút lại"):
        reverse_supplement_answer(by=office, answer=first, reason=WHY)
    again = answer(clerk, supplement)
    assert again.edition == 2 and not tasks(office) and fresh(supplement.award).money_given == LOWER


def test_only_the_office_and_the_clerk_take_back(supplement, clerk, chair, village_head):  # noqa: F811
    first = answer(clerk, supplement)
    for user in (chair, village_head):
        with pytest.raises(NotAllowed):
            reverse_supplement_answer(by=user, answer=first, reason=WHY)
    with pytest.raises(RuleBroken, match="vì sao rút lại"):
        reverse_supplement_answer(by=clerk, answer=first, reason="")


def test_the_list_to_sign_has_what_was_paid(commune, office, clerk):
    people = [Person.objects.get(full_name=name) for name in ("Đỗ Thị Êm", "Nguyễn Thị Quý")]
    papers = [factories.decided_awards(commune, *[(code, one, 2026) for one in people]) for code in ("CSTDCS", "LDTT")]
    higher, lower = (factories.sign_and_issue(commune, paper.decisions.get()) for paper in papers)
    amendment_steps.issued(higher, Amendment.CANCELLATION)
    first, second = AwardSupplement.objects.order_by("award__decision_serial")
    assert sums(first) == ["Một triệu năm trăm hai mươi nghìn đồng."]
    answer(clerk, first)
    table, total = list_table(supplement_list_of(lower.pk))
    assert [money for _, money in table] == ["760.000", "760.000"] and total == "1.520.000"
    paper = repr(supplement_list_of(lower.pk).paper)
    assert paper.count(f"Đã chi {format_date(factories.HELD_ON)}") == 1
    assert sums(first)[1].startswith("Trong đó đã chi 760.000 đồng; còn phải chi 760.000 đồng (")
    answer(clerk, second, paid=False)
    assert [money for _, money in list_table(supplement_list_of(lower.pk))[0]] == ["760.000"]
    assert sums(first)[1] == "Trong đó đã chi 760.000 đồng; không còn khoản nào phải chi."


def test_the_unit_is_notified_of_what_is_due_and_done(supplement, clerk, office):  # noqa: F811
    texts = Notification.objects.filter(user__username="tramyte", link=supplement.get_absolute_url())
    assert texts.filter(text__contains="chi thêm 760.000 đồng: ").count() == 1
    first = answer(clerk, supplement)
    assert texts.filter(text__contains="đã chi, Đỗ Thị Êm nhận ngày").count() == 1
    reverse_supplement_answer(by=office, answer=first, reason=WHY)
    assert texts.filter(text__contains=f"rút lại lần ghi “đã chi”. Lý do: {WHY}").count() == 1
    answer(clerk, supplement, paid=False)
    assert texts.filter(text__contains="không chi, ngày").count() == 1


# ── recoveries ───────────────────────────────────────────────────────────────────────────────────


def test_a_recovery_is_taken_back_and_recorded_again(commune, office, clerk, signed_in):
    amendment_steps.issued(factories.issued_decision(commune), Amendment.CANCELLATION, [PERSON])
    award = Award.objects.with_recovery().get(pk=award_named(PERSON).pk)
    facts = {"certificate": True, "amount": award.amount, "recovered_on": factories.HELD_ON}
    first = record_award_recovery(by=clerk, award=award, **facts)
    waiting = Award.objects.filter(TO_RECOVER)
    assert not waiting.exists() and fresh(award).handover_state.label == "Đã thu hồi"
    address = reverse("commendations:reverse_recovery", args=[first.pk])
    browser = signed_in("vanthu")
    assert address in page_of(browser.get(award.get_absolute_url()))
    assert browser.post(address, {"reason": ""}).status_code == 422
    once = browser.get(address).context["once"]
    for _ in range(2):
        assert browser.post(address, {"reason": WHY, "once": once}).url == award.get_absolute_url()
    assert AwardRecoveryReversal.objects.count() == 1 and list(waiting) == [award]
    again = fresh(award)
    assert again.money_left_to_recover == award.amount and again.handover_state.label == "Chưa rõ đã trao"
    for page in (award.get_absolute_url(), award.nomination.get_absolute_url()):
        assert WHY in page_of(browser.get(page)), page
    with pytest.raises(RuleBroken, match="đã được rút lại"):
        reverse_recovery(by=clerk, recovery=first, reason=WHY)
    record_award_recovery(by=clerk, award=award, not_handed=True, recovered_on=factories.HELD_ON)
    assert not waiting.all().exists() and fresh(award).handover_state.label == "Không trao"


def test_the_trail_of_a_case_has_what_happened_to_its_award(commune, office, clerk, signed_in):
    decision = factories.issued_decision(commune)
    case = award_named(PERSON).nomination
    amendment = amendment_steps.issued(decision, Amendment.CORRECTION, place="Thôn 9")
    replacement = amendment_steps.issued(decision, Amendment.REPLACEMENT, place="Thôn 8")
    page = page_of(signed_in("thon1").get(case.get_absolute_url()))
    trail = page[page.index('<ol class="timeline">') :]
    assert "Công văn đính chính" in trail and amendment.document.dated in trail
    assert trail.count("sửa thành “Thôn 9”") == 1, "not those of the other awards"
    assert "Quyết định thay thế" in trail and replacement.document.dated in trail
    assert trail.index(amendment.document.dated) < trail.index(replacement.document.dated)


def test_an_edition_is_answered_once(supplement, clerk):  # noqa: F811
    answer(clerk, supplement)
    with pytest.raises(RuleBroken, match="đã ghi rồi"):
        answer(clerk, supplement)
    assert AwardSupplementAnswer.objects.count() == 1
