"""Papers about awards that were returned: refused as they were, sent again with the reason and the differences."""

import pytest
from django.urls import reverse

from commendations.actions import chair_submission as submissions
from commendations.actions.amendment import amendment_approval
from commendations.actions.decision import DecisionWording, decision_signature_steps
from commendations.models import Amendment
from commendations.queries.returned_papers import submission_changes
from commendations.tests import amendment_steps, case_steps, factories
from emulation.core.errors import RuleBroken
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
PERSON = "Vi Văn Thành"
REASON = "Ghi rõ hơn, còn thiếu chỗ này."
UNCHANGED = "Chưa sửa gì so với bản bị trả lại"
KINDS = {Amendment.CORRECTION: {"place": "Trưởng Thôn 2, xã Bình Lương"}, Amendment.CANCELLATION: {}}


@pytest.mark.parametrize("kind", KINDS)
def test_an_amendment_that_the_chair_returned(kind, commune, office, chair, signed_in):
    decision = factories.issued_decision(commune)
    amendment = amendment_steps.draft(decision, kind, [PERSON], **KINDS[kind])
    amendment_approval.submit(amendment, by=office)
    amendment_approval.send_back(amendment, by=chair, reason=REASON)
    with pytest.raises(RuleBroken, match=UNCHANGED):
        amendment_approval.submit(amendment, by=office)
    assert amendment_approval.changes(amendment) is None
    amendment_approval.save(amendment, by=office, explanation="Ghi nhầm khi đánh máy danh sách.")
    amendment_approval.submit(amendment, by=office)
    (changed,) = amendment_approval.changes(amendment)
    assert (changed.label, changed.new) == ("Lý do ghi trên văn bản", "Ghi nhầm khi đánh máy danh sách.")
    assert changed.old == amendment_steps.EXPLANATION
    page = page_of(signed_in("chutich").get(amendment.get_absolute_url()))
    assert f"Trình lại sau khi {chair.full_name} đề nghị sửa" in page and REASON in page
    assert "Đã sửa so với bản bị trả lại" in page and amendment_steps.EXPLANATION in page


def test_new_words_of_a_correction_are_named_with_the_person(commune, office, chair):
    decision = factories.issued_decision(commune)
    amendment = amendment_steps.draft(decision, Amendment.CORRECTION, [PERSON], place="Trưởng Thôn 2")
    amendment_approval.submit(amendment, by=office)
    amendment_approval.send_back(amendment, by=chair, reason=REASON)
    lines = [{**line, "place": "Phó Trưởng Thôn 2"} for line in amendment.lines]
    amendment_approval.save(amendment, by=office, lines=lines)
    amendment_approval.submit(amendment, by=office)
    changes = [(one.label, one.old, one.new) for one in amendment_approval.changes(amendment)]
    assert changes == [(f"{PERSON}: chức vụ, đơn vị, địa chỉ", "Trưởng Thôn 2", "Phó Trưởng Thôn 2")]


def test_a_submission_that_the_chair_returned(commune, office, chair, signed_in):
    paper = factories.submitted_to_chair(commune)
    submissions.return_chair_submission(by=chair, chair_submission=paper, reason=REASON)
    answer = signed_in("vanphong").post(reverse("commendations:present", args=[paper.pk]), follow=True)
    paper.refresh_from_db()
    assert UNCHANGED in page_of(answer) and paper.state == "draft"
    submissions.edit_chair_submission(by=office, chair_submission=paper, opinion="Đã kiểm tra.", form=paper.form)
    submissions.submit_to_chair(by=office, chair_submission=paper)
    assert [one.label for one in submission_changes(paper)] == ["Ý kiến của Ủy viên thường trực"]
    for name in ("commendations:presentation", "commendations:decide"):
        page = page_of(signed_in("chutich").get(reverse(name, args=[paper.pk])))
        assert REASON in page and "Đã sửa so với bản bị trả lại" in page, name


def test_a_decision_that_the_clerk_returned(commune, office, clerk, signed_in):
    decision = factories.decision_at_signature(commune)
    decision_signature_steps.return_to_draft(decision, by=clerk, reason=REASON)
    with pytest.raises(RuleBroken, match=UNCHANGED):
        decision_signature_steps.send_to_signature(decision, by=office)
    wording = {name: getattr(decision, name) for name in DecisionWording.__dataclass_fields__}
    changed = DecisionWording(**{**wording, "subject": "Về việc khen thưởng ba trường hợp"})
    decision_signature_steps.edit(decision, by=office, wording=changed)
    decision_signature_steps.send_to_signature(decision, by=office)
    page = page_of(signed_in("chutich").get(decision.get_absolute_url()))
    assert REASON in page and "Về việc khen thưởng ba trường hợp" in page and "Đã sửa so với bản bị trả lại" in page


def test_a_decision_that_the_office_took_back_itself_may_go_on_as_it_was(commune, office):
    decision = factories.decision_at_signature(commune)
    decision_signature_steps.return_to_draft(decision, by=office, reason=REASON)
    decision_signature_steps.send_to_signature(decision, by=office)
    assert decision.is_at_signature


def main_button(page: str) -> str:
    """The label of the main act of the page."""
    return page.split("btn btn-primary", 1)[1].split("</svg>", 1)[1].split("<", 1)[0].strip()


def test_the_main_act_of_a_returned_nomination_is_to_correct_it(commune, signed_in):
    from commendations.actions.appraisal import return_nomination
    from commendations.actions.nomination import submit_nomination

    case = case_steps.complete_nomination()
    return_nomination(by=case_steps.user_named("vanphong"), nomination=case, notes={"deed": "Ghi rõ số hộ."})
    head = signed_in("thon1")
    page = page_of(head.get(case.get_absolute_url()))
    assert main_button(page.split('aria-label="Việc có thể làm"')[1]) == "Soạn, sửa đề nghị"
    todo = page_of(head.get(reverse("reports:todo")))
    assert "Sửa, nộp lại" in todo and ">Nộp đề nghị<" not in todo
    type(case)._base_manager.filter(pk=case.pk).update(deed="Vận động 42 hộ làm đường bê tông.")
    page = page_of(head.get(case.get_absolute_url()))
    assert main_button(page.split('aria-label="Việc có thể làm"')[1]) == "Nộp đề nghị"
    case.refresh_from_db()
    submit_nomination(by=case_steps.user_named("thon1"), nomination=case)
    assert case.state == "submitted"
