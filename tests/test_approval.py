"""The life that papers with the chair's approval share, for every kind of them: the same steps, the same way back."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.directives.actions.letter import start_letter
from campaigns.exemplars.actions.consent import record_consent
from campaigns.exemplars.actions.praise_letter import start_praise_letter
from campaigns.exemplars.actions.shortlist_notice import shortlist_notice_approval, start_shortlist_notice
from campaigns.tests.campaign_steps import complete_campaign_plan
from emulation.audit.log import entries_about
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import Draft, NumberBook, Series
from emulation.notices.models import Notification
from tests.approval_papers import APPROVALS, MAKERS, REASON
from tests.html import page_of

ANOTHER = {
    "letter": lambda office, paper: start_letter(by=office, directive=paper.directive),
    "shortlist_notice": lambda office, paper: start_shortlist_notice(by=office, period=paper.period),
    "campaign": lambda office, paper: complete_campaign_plan(paper.commune),
    "praise_letter": lambda office, paper: start_praise_letter(by=office, exemplar=paper.exemplar),
}
"""A further draft about the same thing as a paper."""
NUMBERED = [name for name, approval in APPROVALS.items() if approval.series]


@pytest.fixture
def draft(commune, office, village_head):
    """Makes a complete draft of a kind of paper."""
    return lambda name: MAKERS[name](commune, office, village_head)


@pytest.fixture
def approved(draft, office, chair):
    def make(name):
        paper = draft(name)
        APPROVALS[name].submit(paper, by=office)
        return APPROVALS[name].approve(paper, by=chair)

    return make


def paper_draft(name, paper):
    return Draft.objects.get(key=APPROVALS[name].document_key(paper))


@pytest.mark.parametrize("name", NUMBERED)
@pytest.mark.parametrize("login", ["vanphong", "vanthu", "chutich"])
def test_an_approved_paper_goes_back_to_the_office_and_is_issued_later(
    name, login, approved, user, office, chair, clerk
):
    approval = APPROVALS[name]
    paper = approved(name)
    assert paper_draft(name, paper).paper.status == "for_signature"
    approval.recall(paper, by=user(login), reason=REASON)
    assert (paper.state, paper.return_reason, paper.returned_by) == ("returned", REASON, user(login).full_name)
    assert paper_draft(name, paper).paper.status == "draft"
    notified = set(
        Notification.objects.filter(text__contains="đưa về Văn phòng sửa").values_list("user__username", flat=True)
    )
    assert notified == {"vanphong", "vanthu", "chutich"} - {login}
    approval.save(paper, by=office, signer="Hà Văn Thắng", deputy=True)
    approval.submit(paper, by=office)
    assert paper.return_reason == ""
    approval.approve(paper, by=chair)
    approval.issue(paper, by=clerk, issued_on=timezone.localdate())
    assert paper.state == approval.flow.end
    assert "Hà Văn Thắng" in paper.document.html
    assert paper.document.number == 1
    assert [
        entry.facts["reason"] for entry in entries_about(paper) if entry.act.endswith(approval.flow.act("recall"))
    ] == [REASON]


@pytest.mark.parametrize("name", NUMBERED)
def test_only_an_approved_paper_that_is_not_issued_goes_back(name, draft, office, chair, clerk, user):
    approval = APPROVALS[name]
    paper = draft(name)
    for step in (
        lambda: None,
        lambda: approval.submit(paper, by=office),
    ):
        step()
        with pytest.raises(RuleBroken, match="đã duyệt mà chưa ban hành"):
            approval.recall(paper, by=chair, reason=REASON)
    approval.approve(paper, by=chair)
    with pytest.raises(RuleBroken, match="lý do"):
        approval.recall(paper, by=chair, reason="...")
    for login in ("thon1", "hoidong2", "phongnoivu", "quantri"):
        with pytest.raises(NotAllowed):
            approval.recall(paper, by=user(login), reason=REASON)
    approval.issue(paper, by=clerk, issued_on=timezone.localdate())
    with pytest.raises(RuleBroken, match="chưa ban hành"):
        approval.recall(paper, by=chair, reason=REASON)
    paper.refresh_from_db()
    assert paper.state == approval.flow.end


@pytest.mark.parametrize("name", NUMBERED)
def test_a_recall_takes_no_number_and_leaves_no_trace_of_an_issue(name, approved, clerk):
    paper = approved(name)
    APPROVALS[name].recall(paper, by=clerk, reason=REASON)
    paper.refresh_from_db()
    assert (paper.document, paper.issued_on) == (None, None)
    assert not NumberBook.objects.filter(last__gt=0).exists()


def test_a_withdrawn_consent_does_not_keep_the_notice_from_going_back(approved, office, chair):
    """The notice can no longer be printed then; it still goes back, and its copy for signature is a draft again."""
    notice = approved("shortlist_notice")
    exemplar = notice.period.exemplars.get()
    record_consent(
        by=office,
        exemplar=exemplar,
        answer="refused",
        answered_on=timezone.localdate(),
        how="said",
        by_whom="Vi Văn Thành",
    )
    shortlist_notice_approval.recall(notice, by=chair, reason="Người này xin rút.")
    assert notice.state == "returned"
    assert paper_draft("shortlist_notice", notice).paper.status == "draft"


@pytest.mark.parametrize("name", list(APPROVALS))
def test_the_pages_of_the_way_back(name, draft, office, chair, signed_in):
    """In the browser: returned by the chair with a reason that is on the page, submitted again."""
    approval = APPROVALS[name]
    paper = draft(name)
    staff = signed_in("vanphong")
    staff.post(reverse(approval.flow.url("submit"), args=[paper.pk]))
    chairs = signed_in("chutich")
    returning = reverse(approval.flow.url("return"), args=[paper.pk])
    assert "Cần sửa gì?" in page_of(chairs.get(returning))
    refused = chairs.post(returning, {"reason": "..."})
    assert refused.status_code == 422 and "bằng vài chữ" in page_of(refused)
    chairs.post(returning, {"reason": REASON})
    page = page_of(staff.get(paper.get_absolute_url()))
    assert REASON in page and f"{chair.full_name} đề nghị sửa" in page
    unchanged = page_of(staff.post(reverse(approval.flow.url("submit"), args=[paper.pk]), follow=True))
    paper.refresh_from_db()
    assert "Chưa sửa gì so với bản bị trả lại" in unchanged and paper.state == "returned"
    approval.save(paper, by=office, signer="Hà Văn Thắng", deputy=True)
    staff.post(reverse(approval.flow.url("submit"), args=[paper.pk]))
    page = page_of(chairs.get(paper.get_absolute_url()))
    assert f"Trình lại sau khi {chair.full_name} đề nghị sửa" in page and REASON in page
    changes = [(change.label, change.new) for change in approval.changes(refreshed(paper))]
    assert changes == [("Người ký", "Hà Văn Thắng"), ("Phó Chủ tịch ký thay", "có")]
    assert "Đã sửa so với bản bị trả lại" in page and '<th scope="row">Người ký</th>' in page
    reasons = take_last_step(name, refreshed(paper), chair)
    assert reasons == ({}, {})


def refreshed(paper):
    return type(paper)._default_manager.get(pk=paper.pk)


def take_last_step(name, paper, chair):
    """The chair approves, or signs; what was kept of the return is forgotten."""
    approval = APPROVALS[name]
    (approval.sign if approval.flow.signed_by_chair else approval.approve)(paper, by=chair)
    return paper.return_notes, paper.returned_content


@pytest.mark.parametrize("name", NUMBERED)
def test_a_recalled_paper_may_be_submitted_as_it_was(name, approved, office):
    """The recall may have been a mistake of the office itself: nobody has to change a paper only to send it on."""
    paper = approved(name)
    APPROVALS[name].recall(paper, by=office, reason=REASON)
    APPROVALS[name].submit(paper, by=office)
    assert (paper.state, paper.earlier_return_reason) == ("submitted", REASON)
    assert APPROVALS[name].changes(paper) is None


@pytest.mark.parametrize("name", NUMBERED)
def test_the_button_of_the_way_back_is_on_the_page(name, approved, signed_in):
    paper = approved(name)
    recall = reverse(APPROVALS[name].flow.url("recall"), args=[paper.pk])
    for login in ("vanphong", "vanthu", "chutich"):
        assert f'href="{recall}"' in page_of(signed_in(login).get(paper.get_absolute_url())), login
    done = signed_in("vanthu").post(recall, {"reason": REASON}, follow=True)
    assert "Đã đưa về Văn phòng sửa" in page_of(done)
    assert f'href="{recall}"' not in page_of(done)


@pytest.mark.parametrize("name", NUMBERED)
def test_the_symbol_of_draft_and_issued_paper_is_that_of_the_communes_own_series(name, commune, approved, clerk):
    approval = APPROVALS[name]
    Series.objects.create(
        commune=commune, code=approval.series, symbol="XX-UB", book=approval.series, starts_on=date(2020, 1, 1)
    )
    paper = approved(name)
    assert paper_draft(name, paper).paper.letterhead.symbol == "XX-UB"
    approval.issue(paper, by=clerk, issued_on=timezone.localdate())
    assert paper.document.symbol == "XX-UB"
    assert "01/XX-UB" in paper.document.html and "UBND-VP" not in paper.document.html


def test_every_paper_that_can_be_dropped_is_tried_below():
    assert ANOTHER.keys() == {name for name, approval in APPROVALS.items() if approval.flow.dropped_state}


@pytest.mark.parametrize("name", ANOTHER)
def test_a_draft_started_by_mistake_is_dropped_and_another_one_started(name, draft, office, chair, signed_in):
    approval = APPROVALS[name]
    paper = draft(name)
    drop = reverse(approval.flow.url("drop"), args=[paper.pk])
    staff = signed_in("vanphong")
    assert signed_in("chutich").get(drop).status_code == 403
    approval.submit(paper, by=office)
    assert "Chủ tịch trả lại trước" in page_of(staff.post(drop, {"reason": REASON}))
    approval.send_back(paper, by=chair, reason=REASON)
    assert staff.post(drop, {"reason": "..."}).status_code == 422
    page = page_of(staff.post(drop, {"reason": "Lập nhầm kỳ trước."}, follow=True))
    paper.refresh_from_db()
    assert paper.is_cancelled
    assert "Đã bỏ dự thảo" in page and "Lập nhầm kỳ trước." in page and f'href="{drop}"' not in page
    assert f"trình {approval.flow.name}" not in page_of(staff.get(reverse("reports:todo")))
    assert ANOTHER[name](office, paper).state == "draft"
