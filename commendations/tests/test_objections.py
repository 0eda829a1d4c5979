"""Objections to a posted list: what waits because of them and what goes on, wrong ones, the answers."""

from datetime import date

import pytest

from commendations.actions.chair_submission import (
    ChairDecision,
    draft_chair_submission,
    record_chair_decisions,
    submit_to_chair,
)
from commendations.actions.group_request import UnitMeeting, save_meeting, submit_nominations
from commendations.actions.nomination import withdraw_nomination
from commendations.actions.objection import (
    ObjectionFacts,
    add_objection,
    remove_objection,
)
from commendations.actions.posting import (
    close_posting,
)
from commendations.flow.posting_guards import NOT_ANSWERED
from commendations.models import Objection, Posting
from commendations.tests import case_steps
from commendations.tests.posting_steps import CLOSED_ON, answer, complete, fresh, object_to, post
from emulation.core.errors import RuleBroken
from tests.html import page_of, paper_text
from tests.travel import at

pytestmark = pytest.mark.usefixtures("in_november", "db")


# ── objections ───────────────────────────────────────────────────────────────────────────────────
def test_a_case_with_an_open_objection_is_not_submitted_and_the_others_are(posting, drafts, head):
    object_to(head, posting, drafts[0])
    request = save_meeting(by=head, unit=posting.unit, code="GDVH", year=2026, meeting=UnitMeeting())
    left = submit_nominations(by=head, nominations=fresh(*drafts), request=request)
    assert [(one.nomination.pk, one.reason) for one in left] == [(drafts[0].pk, NOT_ANSWERED)]
    assert [case.state for case in fresh(*drafts)] == ["draft", "submitted", "submitted"]


def test_only_the_case_objected_to_stays_off_the_session(posting, drafts, head, office, signed_in):
    cases = complete(office, head, drafts)
    object_to(head, posting, cases[1])
    session = case_steps.planned_session(date(2026, 11, 20))
    browser = signed_in("vanphong")
    data = {"ho-so": [str(case.pk) for case in cases]}
    address = f"/khen-thuong/phien-hop/{session.pk}/them-ho-so/"
    found = page_of(browser.post(address, data, follow=True))
    assert "Đã đưa 2 hồ sơ" in found and "Chưa đưa 1 hồ sơ vì niêm yết" in found and cases[1].nominee_name in found
    assert [case.state for case in fresh(*cases)] == ["on_session", "complete", "on_session"]
    page = page_of(browser.get(cases[1].get_absolute_url()))
    assert "phản ánh khi niêm yết chưa được trả lời" in page
    answer(head, Objection.objects.get())
    case_steps.session_with(fresh(cases[1])[0], session=session)


def test_nothing_of_a_list_that_is_still_posted_goes_to_the_council(drafts, village, head, office):
    post(head, village, date(2026, 11, 16))
    cases = complete(office, head, drafts)
    with pytest.raises(RuleBroken, match="Đang niêm yết đến hết ngày 26/11/2026"):
        case_steps.session_with(cases[0])


def test_the_chair_does_not_agree_to_a_case_with_an_objection(posting, drafts, head, office, user):
    cases = complete(office, head, drafts)
    session = case_steps.closed_session(*cases)
    submission = draft_chair_submission(by=office, session=session)
    objection = object_to(head, posting, cases[0])
    with pytest.raises(RuleBroken, match="Có phản ánh khi niêm yết chưa giải quyết"):
        submit_to_chair(by=office, chair_submission=submission)
    remove_objection(by=head, objection=objection, reason="Ghi nhầm hộ")
    submit_to_chair(by=office, chair_submission=submission)
    struck = object_to(head, posting, cases[2])
    items = {item.nomination_id: item.pk for item in submission.items.all()}
    yes = {pk: ChairDecision(True) for pk in items.values()}
    with pytest.raises(RuleBroken, match="chưa được trả lời") as found:
        record_chair_decisions(by=user("chutich"), chair_submission=submission, decisions=yes)
    assert found.value.field == f"outcome_{items[cases[2].pk]}"
    answer(head, struck, Objection.STRUCK)
    no = {**yes, items[cases[2].pk]: ChairDecision(False, "Phản ánh của Nhân dân là đúng")}
    record_chair_decisions(by=user("chutich"), chair_submission=submission, decisions=no)
    assert [case.state for case in fresh(*cases)] == ["approved", "approved", "refused"]


def test_an_upheld_objection_keeps_the_case_back_until_it_is_withdrawn(posting, drafts, head, signed_in):
    answer(head, object_to(head, posting, drafts[0]), Objection.STRUCK)
    page = page_of(signed_in("thon2").get(drafts[0].get_absolute_url()))
    assert "hãy rút hoặc trả lại hồ sơ" in page
    withdraw_nomination(by=head, nomination=fresh(drafts[0])[0], reason="Phản ánh đúng")
    with at(CLOSED_ON):
        close_posting(by=head, posting=posting)
    text = paper_text(Posting.objects.get().result_document.html)
    assert "đưa 01 hộ gia đình ra khỏi danh sách; còn 02 hộ gia đình" in text
    assert "Để trâu thả rông" in text and "Lò Thị Tố" not in text


@pytest.mark.parametrize(
    ("on", "content", "words"),
    [
        (date(2026, 11, 8), "Có việc.", "trước ngày niêm yết"),
        (date(2026, 11, 21), "Có việc.", "sau hôm nay"),
        (date(2026, 11, 12), " ", "nội dung"),
    ],
)
def test_a_wrong_objection_is_refused(posting, drafts, head, on, content, words):
    with pytest.raises(RuleBroken, match=words):
        add_objection(by=head, posting=posting, nomination=drafts[0], facts=ObjectionFacts("", on, content))
    assert not Objection.objects.exists()


def test_a_case_of_another_list_is_refused(posting, drafts, head):
    other = case_steps.draft_nomination()
    with pytest.raises(RuleBroken, match="không có trong danh sách"):
        object_to(head, posting, other)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"outcome": ""}, "Hãy chọn kết quả"),
        ({"outcome": "x"}, "outcome"),
        ({"answer": ""}, "answer"),
        ({"answered_on": "01/11/2026"}, "trước ngày phản ánh"),
        ({"answered_on": "30/11/2026"}, "sau hôm nay"),
    ],
)
def test_a_wrong_answer_is_refused_and_kept(posting, drafts, head, signed_in, typed, words):
    objection = object_to(head, posting, drafts[0])
    data = {"outcome": "kept", "answer": "Đã hỏi rõ.", "answered_on": "20/11/2026", **typed}
    found = signed_in("thon2").post(f"/khen-thuong/de-nghi/phan-anh/{objection.pk}/tra-loi/", data)
    assert found.status_code == 422 and words in page_of(found)
    objection.refresh_from_db()
    assert objection.state == "open"


def test_an_open_objection_waits_in_the_to_do_list_before_the_days_are_over(posting, drafts, head, signed_in):
    Posting.objects.update(ends_on=date(2100, 1, 1))
    assert "Niêm yết: trả lời" not in page_of(signed_in("thon2").get("/viec-cua-toi/"))
    objection = object_to(head, posting, drafts[0])
    assert "Niêm yết: trả lời phản ánh" in page_of(signed_in("thon2").get("/viec-cua-toi/"))
    answer(head, objection)
    assert "Niêm yết: trả lời" not in page_of(signed_in("thon2").get("/viec-cua-toi/"))
