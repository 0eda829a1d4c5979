"""One request of a unit for many cases: its papers and list, who sees it, what becomes of a case, taking it back."""

from datetime import date

import pytest

from commendations.actions import nomination as actions
from commendations.actions.appraisal import return_nomination
from commendations.actions.group_request import (
    UnitMeeting,
    save_meeting,
    submit_nominations,
    take_back_request,
)
from commendations.actions.many_nominations import TypedDeed, save_deeds, start_nominations
from commendations.models import GroupRequest, Nomination
from commendations.queries.checklist import checklist_papers
from commendations.queries.qualifying import nominees_of
from commendations.tests.group_request_steps import MEETING, draft_cases, fresh, send
from emulation.communes.capacity import capacity_of
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import IssuedDocument
from tests.html import page_of, paper_text
from villages.actions.households import add_household
from villages.actions.people import add_person
from villages.models import Unit

pytestmark = pytest.mark.usefixtures("in_november", "db")


@pytest.fixture
def head(user):
    return user("thcs")


@pytest.fixture
def drafts(school, head):
    return draft_cases(school, head)


def test_all_cases_share_one_request_and_the_minutes_with_the_list_of_all(drafts, head):
    request = send(head, drafts)
    rows = fresh(drafts)
    assert {row.request_document_id for row in rows} == {request.request_document_id}
    assert len({row.report_document_id for row in rows} - {None}) == 3
    text = paper_text(request.request_document.html)
    assert "TỜ TRÌNH" in text and "cho 03 cá nhân (có Danh sách kèm theo)" in text
    assert "Biên bản họp bình xét ngày 15 tháng 11 năm 2026" in text and "Tổng cộng: 03 cá nhân" in text
    assert all(row.nominee_bare_name in text and row.deed in text for row in rows)


def test_the_minutes_have_what_the_unit_wrote_about_its_meeting(drafts, head):
    request = send(head, drafts)
    minutes = paper_text(request.minutes_document.html)
    for words in (
        "Hội trường nhà trường",
        "28/30 người được mời",
        "<b>Người dự họp:</b> Ban giám hiệu",
        "Toàn thể giáo viên",
        "28/28 người dự họp đồng ý.",
    ):
        assert words in minutes
    assert request.minutes_document.issued_on == MEETING.met_on
    assert [line.place for line in request.lines.all()] == [1, 2, 3]


def test_one_common_deed_is_a_sentence_and_no_column(drafts, head):
    save_deeds(by=head, typed=[TypedDeed(case, "Đạt chuẩn.", None) for case in fresh(drafts)], met_on=None)
    request = send(head, drafts, UnitMeeting())
    text = paper_text(request.request_document.html)
    assert text.count("Đạt chuẩn.") == 1 and "Tóm tắt thành tích" not in text
    assert request.minutes_document is None and "15 tháng 11" not in text


def test_one_case_alone_has_a_request_of_its_own(drafts, head):
    request = send(head, drafts[:1])
    assert request.state == "writing" and request.request_document is None
    case = fresh(drafts)[0]
    assert case.state == "submitted" and case.request_document.key.startswith(f"nomination:{case.pk}:")


def test_namesakes_are_distinguished_on_the_list(drafts, head, office, school):
    first = drafts[0].person
    twin = add_person(by=office, unit=school, full_name=first.full_name, sex=first.sex, birth_year=1961, post="Bảo vệ")
    [case] = start_nominations(by=head, unit=school, nominees=[twin], code="LDTT", year=2026, idempotency_key="twin")
    save_deeds(by=head, typed=[TypedDeed(case, "Trông trường.", None)], met_on=None)
    request = send(head, [*drafts, case])
    assert f"{twin.full_name} (sinh năm 1961)" in paper_text(request.request_document.html)


def test_a_paper_of_the_law_without_a_report_makes_none(user):
    head = user("thon2")
    village = head_unit(head)
    add_household(by=head, unit=village, head_name="Hà Văn An")
    households = nominees_of(village, "household", head)[:2]
    cases = start_nominations(
        by=head, unit=village, nominees=households, code="GDVH", year=2026, idempotency_key="households"
    )
    save_deeds(by=head, typed=[TypedDeed(case, "Đạt.", None) for case in cases], met_on=None)
    request = save_meeting(by=head, unit=village, code="GDVH", year=2026, meeting=MEETING)
    submit_nominations(by=head, nominations=fresh(cases), request=request)
    assert [row.report_document_id for row in fresh(cases)] == [None, None]
    request.refresh_from_db()
    text = paper_text(request.request_document.html)
    assert "GIẤY ĐỀ NGHỊ" in text and "02 hộ gia đình" in text


def head_unit(head):
    return Unit.objects.get(pk__in=capacity_of(head).unit_ids)


# ── what becomes of one case ─────────────────────────────────────────────────────────────────────
def test_a_returned_case_goes_with_a_paper_of_its_own_and_shows_it(drafts, head, office, signed_in):
    request = send(head, drafts)
    first, second, third = fresh(drafts)
    before = request.request_document.sha256
    for case in (first, second):
        return_nomination(by=office, nomination=case, notes={"deed": "Ghi rõ số liệu."})
    page = page_of(signed_in("thcs").get(first.get_absolute_url()))
    assert "Giấy đề nghị chung giữ nguyên như đã nộp" in page and "trả lại để bổ sung" in page
    save_deeds(
        by=head,
        typed=[TypedDeed(case, f"{case.deed} Lớp 6A.", None) for case in fresh([first, second])],
        met_on=MEETING.met_on,
    )
    again = send(head, [first, second])
    assert again.pk != request.pk
    assert {line.nomination_id for line in again.lines.all()} == {first.pk, second.pk}
    assert {row.request_document_id for row in fresh([first, second])} == {again.request_document_id}
    assert fresh([third])[0].request_document_id == request.request_document_id
    assert again.minutes_document_id == request.minutes_document_id, "the same meeting has one minutes"
    request.refresh_from_db()
    assert request.request_document.sha256 == before
    page = page_of(signed_in("thcs").get(first.get_absolute_url()))
    assert "hồ sơ này đã được nộp lại bằng giấy khác" in page
    papers = page_of(signed_in("thcs").get(request.get_absolute_url()))
    assert "Danh sách 3 trường hợp" in papers


def test_other_words_of_the_meeting_make_new_minutes(drafts, head, office):
    request = send(head, drafts)
    cases = fresh(drafts)[:2]
    for case in cases:
        return_nomination(by=office, nomination=case, notes={"met_on": "Họp lại."})
    save_deeds(
        by=head, typed=[TypedDeed(case, f"{case.deed} Thêm.", None) for case in fresh(cases)], met_on=date(2026, 11, 18)
    )
    again = send(head, cases, UnitMeeting(met_on=date(2026, 11, 18)))
    assert again.minutes_document_id != request.minutes_document_id
    assert again.minutes_document.issued_on == date(2026, 11, 18)


def test_a_case_submitted_again_alone_keeps_the_minutes_of_its_meeting(drafts, head, office, signed_in):
    request = send(head, drafts)
    case = fresh(drafts)[0]
    return_nomination(by=office, nomination=case, notes={"deed": "Ghi rõ."})
    save_deeds(by=head, typed=[TypedDeed(fresh([case])[0], f"{case.deed} Lớp 6A.", None)], met_on=MEETING.met_on)
    actions.submit_nomination(by=head, nomination=fresh([case])[0], on=request.sent_on)
    again = fresh([case])[0]
    assert again.request_document_id != request.request_document_id
    assert [link.url for link in checklist_papers(again, office)["minutes"]] == [
        request.minutes_document.get_absolute_url()
    ]
    page = page_of(signed_in("vanphong").get(again.get_absolute_url()))
    assert page.count("bản cũ đã thay") == 2, "the request of the list and the report of before, not the minutes"
    Nomination.objects.filter(pk=case.pk).update(met_on=date(2026, 11, 18))
    assert checklist_papers(fresh([case])[0], office)["minutes"] == []


def test_the_checklist_links_the_common_papers(drafts, head, office):
    request = send(head, drafts)
    links = checklist_papers(fresh(drafts)[1], office)
    assert [link.url for link in links["request"]] == [request.request_document.get_absolute_url()]
    assert [link.url for link in links["minutes"]] == [request.minutes_document.get_absolute_url()]


# ── who sees it ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("login", "sees"),
    [("thcs", True), ("vanphong", True), ("chutich", True), ("thon1", False), ("hoidong2", False), ("quantri", False)],
)
def test_the_unit_and_the_commune_see_the_request_and_its_papers(drafts, head, user, login, sees):
    request = send(head, drafts)
    assert GroupRequest.objects.visible_to(user(login)).filter(pk=request.pk).exists() is sees
    papers = IssuedDocument.objects.visible_to(user(login))
    for paper in (request.request_document_id, request.minutes_document_id):
        assert papers.filter(pk=paper).exists() is sees


def test_another_unit_writes_and_takes_back_nothing(drafts, head, user):
    with pytest.raises(NotAllowed):
        save_meeting(by=user("thon1"), unit=drafts[0].unit, code="LDTT", year=2026, meeting=MEETING)
    request = send(head, drafts)
    with pytest.raises(NotAllowed):
        take_back_request(by=user("thon1"), request=request, reason="Của tôi")


# ── taking it back ───────────────────────────────────────────────────────────────────────────────
def test_what_nobody_checked_yet_is_taken_back_and_goes_out_again_together(drafts, head, office):
    request = send(head, drafts)
    return_nomination(by=office, nomination=fresh(drafts)[0], notes={"deed": "Ghi rõ."})
    take_back_request(by=head, request=request, reason="Sót một người")
    assert [row.state for row in fresh(drafts)] == ["returned", "draft", "draft"]
    request.refresh_from_db()
    assert request.state == "taken_back" and request.request_document is not None
    again = send(head, drafts[1:])
    assert again.pk != request.pk and [row.state for row in fresh(drafts)][1:] == ["submitted", "submitted"]
    with pytest.raises(RuleBroken):
        take_back_request(by=head, request=request, reason="Lần nữa")


def test_taking_back_needs_a_reason_and_something_to_take(drafts, head, signed_in):
    request = send(head, drafts)
    browser = signed_in("thcs")
    address = f"{request.get_absolute_url()}lay-lai/"
    assert browser.post(address, {"reason": ""}).status_code == 422
    for case in fresh(drafts):
        actions.withdraw_nomination(by=head, nomination=case, reason="Thôi")
    answer = browser.post(address, {"reason": "Sót"})
    assert answer.status_code == 422 and "Không còn hồ sơ nào" in page_of(answer)
    request.refresh_from_db()
    assert request.state == "sent"
