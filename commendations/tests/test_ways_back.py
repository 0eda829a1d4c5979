"""The ways back of a case: after the council, after the chair, after a withdrawal, after the superior's answer."""

import pytest
from django.urls import reverse

from commendations.actions import nomination as nominations
from commendations.actions.appraisal import return_after_council
from commendations.actions.chair_submission import record_chair_decisions, undo_chair_decisions
from commendations.actions.decision import decision_signature_steps
from commendations.actions.proposal import SuperiorDecision, record_award_above, reopen_outcome_above
from commendations.models import ChairSubmission, Decision, Nomination
from commendations.queries.decision import decision_faults
from commendations.tests import case_steps, factories
from commendations.tests.test_nomination import exemplar  # noqa: F401
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import Draft
from emulation.notices.models import Notification

pytestmark = pytest.mark.usefixtures("db")
REASON = "Thành tích trùng với lần trước."
PERSON = "Vi Văn Thành"


def decided(commune, chair, nominees=None):
    submission = factories.submitted_to_chair(commune, nominees)
    return record_chair_decisions(
        by=chair, chair_submission=submission, decisions=factories.chair_decisions(submission), on=factories.HELD_ON
    )


def case_named(name):
    return next(case for case in Nomination.objects.all() if case.nominee_name == name)


def drafts():
    return set(Draft.objects.filter(key__startswith="commendations.decision").values_list("key", flat=True))


def test_the_chair_takes_back_the_decisions_and_decides_again(commune, chair, office):
    submission = decided(commune, chair)
    first = Decision.objects.get()
    with pytest.raises(NotAllowed):
        undo_chair_decisions(by=office, chair_submission=submission, reason=REASON)
    with pytest.raises(RuleBroken, match="lý do xét lại"):
        undo_chair_decisions(by=chair, chair_submission=submission, reason="...")
    undo_chair_decisions(by=chair, chair_submission=submission, reason=REASON)
    first.refresh_from_db()
    assert (submission.state, submission.decided_on, first.state, drafts()) == ("presented", None, "dropped", set())
    assert set(Nomination.objects.values_list("state", flat=True)) == {"presented"}
    assert Notification.objects.filter(text__contains="Chủ tịch xét lại").exists()
    answers = factories.chair_decisions(submission, refuse=(PERSON,))
    record_chair_decisions(by=chair, chair_submission=submission, decisions=answers, on=factories.HELD_ON)
    second = Decision.objects.exclude(pk=first.pk).get()
    assert (second.state, decision_faults(second)) == ("draft", [])
    assert case_named(PERSON).state == "refused"


def test_nothing_is_taken_back_once_a_copy_for_signature_exists(commune, chair, office, clerk):
    submission = decided(commune, chair)
    decision = Decision.objects.get()
    decision_signature_steps.send_to_signature(decision, by=office)
    with pytest.raises(RuleBroken, match="đã có bản trình ký"):
        undo_chair_decisions(by=chair, chair_submission=submission, reason=REASON)
    with pytest.raises(RuleBroken, match="đã có bản trình ký"):
        return_after_council(by=office, nomination=case_named(PERSON), reason=REASON)
    decision_signature_steps.return_to_draft(decision, by=clerk, reason=REASON)
    undo_chair_decisions(by=chair, chair_submission=submission, reason=REASON)


def test_one_of_two_cases_of_a_person_leaves_the_draft(commune, chair, office, signed_in):
    person = factories.person_named(PERSON)
    submission = decided(commune, chair, [person, person])
    decision = Decision.objects.get()
    fault = f"{PERSON} có tên hai lần trong danh sách, ở dòng 1 và dòng 2: hãy trả lại đơn vị một trong hai hồ sơ."
    assert decision_faults(decision) == [fault]
    first, second = (item.nomination for item in submission.items.order_by("sort"))
    page = signed_in("vanphong").get(decision.get_absolute_url()).content.decode()
    sent_back_at = reverse("commendations:return_after_council", args=[second.pk])
    sent_back_at += f"?next={decision.get_absolute_url()}"
    assert fault in page and f'<a href="{sent_back_at}">Trả lại hồ sơ ở dòng 2</a>' in page
    answer = signed_in("vanphong").post(sent_back_at, {"reason": REASON, "seen": second.version})
    assert answer["Location"] == decision.get_absolute_url()
    second.refresh_from_db()
    assert (second.state, second.return_notes) == ("returned", {"file": REASON})
    assert decision_faults(Decision.objects.get()) == []
    return_after_council(by=chair, nomination=first, reason=REASON)
    assert (Decision.objects.get().state, drafts()) == ("dropped", set())
    assert signed_in("vanphong").get(decision.get_absolute_url()).status_code == 200


def test_the_words_of_a_draft_follow_its_list(commune, chair, office):
    household = case_steps.household_by_head("Vi Văn Chiến")
    decided(commune, chair, [factories.person_named(PERSON), factories.person_named("Lê Thị Lụa"), household])
    assert "các hộ gia đình, cá nhân có tên" in Decision.objects.get().carried_out_by
    case = next(case for case in Nomination.objects.all() if case.household == household)
    return_after_council(by=office, nomination=case, reason=REASON)
    decision = Decision.objects.get()
    assert "cho cá nhân có thành tích" in decision.subject
    assert "liên quan và các cá nhân có tên" in decision.carried_out_by
    Decision.objects.update(subject="Về việc khen thưởng đợt một")
    return_after_council(by=office, nomination=case_named(PERSON), reason=REASON)
    decision = Decision.objects.get()
    assert decision.subject == "Về việc khen thưởng đợt một"
    assert "liên quan và cá nhân có tên" in decision.carried_out_by
    assert "và cá nhân có tên" in Draft.objects.get(key=f"commendations.decision:{decision.pk}").blocks


def test_a_case_without_an_achievement_names_its_way_back(commune, chair, signed_in):
    submission = decided(commune, chair, [factories.person_named(PERSON)])
    case = submission.items.get().nomination
    Nomination.objects.filter(pk=case.pk).update(achievement="")
    page = signed_in("vanphong").get(Decision.objects.get().get_absolute_url()).content.decode()
    assert f"Hồ sơ của {PERSON} chưa có nội dung khen" in page
    assert reverse("commendations:return_after_council", args=[case.pk]) in page
    assert "Văn phòng sửa" in signed_in("vanthu").get(Decision.objects.get().get_absolute_url()).content.decode()


def test_a_case_sent_back_goes_through_council_and_chair_again(commune, chair, office):
    decided(commune, chair)
    case = case_named(PERSON)
    return_after_council(by=office, nomination=case, reason=REASON)
    assert case.chair_submission_item is None
    session = factories.closed_session_of(commune, [])
    factories.add_passed_case(session, case)
    assert case.items.count() == 2
    again = factories.submitted_session(session)
    assert [item.nomination for item in again.items.listed()] == [case]
    record_chair_decisions(
        by=chair, chair_submission=again, decisions=factories.chair_decisions(again), on=factories.HELD_ON
    )
    assert Decision.objects.filter(state="draft").count() == 2


def test_a_submission_that_lost_its_last_case_is_dropped(commune, office):
    session = factories.closed_session_of(commune, [factories.person_named(PERSON)])
    draft = factories.drafted_submission(session)
    return_after_council(by=office, nomination=case_named(PERSON), reason=REASON)
    assert ChairSubmission.objects.get(pk=draft.pk).state == "dropped"


def test_a_withdrawn_case_is_restored_with_its_exemplar(exemplar, office, village_head):  # noqa: F811
    case = nominations.nominate_exemplar(by=office, exemplar=exemplar)
    nominations.withdraw_nomination(by=village_head, nomination=case, reason="Nhầm người.")
    exemplar.refresh_from_db()
    assert exemplar.state == "accepted"
    nominations.restore_nomination(by=village_head, nomination=case)
    exemplar.refresh_from_db()
    assert (case.state, exemplar.state) == ("draft", "nominated")
    assert nominations.nominate_exemplar(by=office, exemplar=exemplar) == case
    nominations.withdraw_nomination(by=office, nomination=case, reason="Nhầm người.")
    nominations.nominate_exemplar(by=office, exemplar=exemplar)
    with pytest.raises(RuleBroken, match="đã có đề nghị khác"):
        nominations.restore_nomination(by=office, nomination=case)


@pytest.mark.parametrize("state", ["withdrawn", "failed", "refused", "award_cancelled"])
def test_a_case_that_is_over_is_copied_into_a_new_draft(state, commune, signed_in):
    case = case_steps.submitted_nomination()
    Nomination.objects.filter(pk=case.pk).update(state=state, live_key=None)
    browser = signed_in("thon1")
    for _ in range(2):
        browser.post(reverse("commendations:copy", args=[case.pk]), {"once": "k1"})
    copy = Nomination.objects.exclude(pk=case.pk).get()
    assert (copy.state, copy.achievement, copy.deed, copy.nominee_name) == (
        "draft",
        case.achievement,
        case.deed,
        case.nominee_name,
    )


def test_a_wrong_answer_of_the_superior_is_entered_again(commune, office, clerk):
    case = factories.proposed_case(commune)
    outcome = SuperiorDecision("12/QĐ-UBND", factories.HELD_ON, "Chủ tịch UBND tỉnh")
    record_award_above(by=office, nomination=case, outcome=outcome)
    reopen_outcome_above(by=office, nomination=case, reason="Ghi nhầm người.")
    assert (case.state, case.outcome_no, case.outcome_on) == ("proposed_up", "", None)
    record_award_above(by=office, nomination=case, outcome=outcome)
    assert case.state == "awarded_above"
