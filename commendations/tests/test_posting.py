"""Niêm yết: days by law, papers, the result, every way back."""

from datetime import date, timedelta

import pytest
from django.db.models.functions import Now, TruncDate

from commendations.actions.many_nominations import start_nominations
from commendations.actions.objection import (
    answer_objection,
    remove_objection,
    reopen_objection,
)
from commendations.actions.posting import (
    PostingPlace,
    cancel_posting,
    close_posting,
    reopen_posting,
    start_posting,
)
from commendations.models import Objection, Posting
from commendations.papers.posting import posting_result_paper
from commendations.queries.checklist import checklist_papers
from commendations.tests import case_steps
from commendations.tests.posting_steps import CLOSED_ON, LAST, START, answer, complete, fresh, object_to, post
from emulation.communes.models import Membership
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.blocks.body import Table
from tests.html import page_of, paper_text
from tests.travel import at
from villages.actions.households import add_household

pytestmark = pytest.mark.usefixtures("in_november", "db")


# ── the days ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2026, 11, 9), date(2026, 11, 19)),
        (date(2026, 11, 4), date(2026, 11, 16)),  # the tenth day is a Saturday: the working day after it
        (date(2026, 11, 14), date(2026, 11, 25)),  # 24/11 is a day off
    ],
)
def test_the_last_day_follows_from_the_law_and_its_article_is_kept(drafts, village, head, starts_on, ends_on):
    posting = post(head, village, starts_on)
    assert posting.ends_on == ends_on and "86/2023" in posting.citation
    text = paper_text(posting.document.html)
    assert f"từ ngày {starts_on:%d} tháng 11 năm 2026 đến hết ngày {ends_on:%d} tháng 11 năm 2026" in text
    assert "Căn cứ Điều 7 Nghị định số 86/2023/NĐ-CP ngày 07 tháng 12 năm 2023 của Chính phủ quy định khung" in text
    assert all(case.nominee_bare_name in text for case in drafts) and "Tổng cộng: 03 hộ gia đình" in text


@pytest.mark.parametrize(
    ("starts_on", "place", "words"),
    [
        (date(2025, 1, 1), "Nhà văn hóa", "Ngày niêm yết phải từ"),
        (date(2027, 1, 1), "Nhà văn hóa", "Ngày niêm yết phải từ"),
        (START, " ", "nơi niêm yết"),
    ],
)
def test_a_wrong_day_or_no_place_is_refused(drafts, village, head, starts_on, place, words):
    with pytest.raises(RuleBroken, match=words):
        start_posting(by=head, unit=village, code="GDVH", year=2026, where=PostingPlace(starts_on, place))
    assert not Posting.objects.exists()


def test_another_title_an_empty_list_and_a_second_list_are_refused(village, head, user):
    with pytest.raises(RuleBroken, match="Chưa có hồ sơ"):
        post(head, village)
    with pytest.raises(RuleBroken, match="Chỉ danh sách"):
        start_posting(by=head, unit=village, code="LDTT", year=2026, where=PostingPlace(START, "Thôn"))


def test_the_same_form_twice_posts_once_and_a_second_list_is_refused(drafts, village, head, user):
    first = post(head, village, idempotency_key="once")
    assert post(head, village, idempotency_key="once") == first
    with pytest.raises(RuleBroken, match="chưa kết thúc"):
        post(head, village)
    with pytest.raises(NotAllowed):
        post(user("thon1"), village)


# ── the end, and every way back ──────────────────────────────────────────────────────────────────
def test_the_result_waits_for_the_last_day_and_the_answers(posting, drafts, head, signed_in):
    objection = object_to(head, posting, drafts[0])
    with at(LAST), pytest.raises(RuleBroken, match="Còn niêm yết đến hết ngày 19/11/2026"):
        close_posting(by=head, posting=posting)
    with pytest.raises(RuleBroken, match="Còn phản ánh chưa trả lời"):
        close_posting(by=head, posting=posting)
    answer(head, objection)
    close_posting(by=head, posting=posting)
    posting.refresh_from_db()
    assert posting.state == "closed" and "giữ nguyên danh sách 03 hộ gia đình" in paper_text(
        posting.result_document.html
    )
    links = checklist_papers(fresh(drafts[0])[0], head)
    assert [link.url for link in links["posting"]] == [posting.result_document.get_absolute_url()]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Hộ đã khắc phục.", "Giữ trong danh sách. Hộ đã khắc phục."),
        ("Hộ đã khắc phục; giữ trong danh sách", "Hộ đã khắc phục; giữ trong danh sách"),
        ("Không giữ trong danh sách năm sau.", "Giữ trong danh sách. Không giữ trong danh sách năm sau."),
    ],
)
def test_the_outcome_of_an_objection_is_once_in_the_result(posting, drafts, head, typed, printed):
    case = object_to(head, posting, drafts[0])
    answer_objection(by=head, objection=case, outcome=Objection.KEPT, answer=typed, answered_on=CLOSED_ON)
    paper = posting_result_paper(posting, drafts, Objection.objects.all(), CLOSED_ON)
    (table,) = (block for block in paper.body if isinstance(block, Table))
    assert [row[2] for row in table.rows] == [printed]


def test_the_result_and_the_answer_are_taken_back(posting, drafts, head):
    objection = answer(head, object_to(head, posting, drafts[0]))
    close_posting(by=head, posting=posting)
    first = Posting.objects.get().result_document_id
    with pytest.raises(RuleBroken, match="mở lại niêm yết trước"):
        reopen_objection(by=head, objection=objection, reason="Xem lại")
    reopen_posting(by=head, posting=posting, reason="Còn ý kiến")
    assert Posting.objects.get().result_document is None
    reopen_objection(by=head, objection=objection, reason="Xem lại")
    assert Objection.objects.get().outcome == ""
    remove_objection(by=head, objection=objection, reason="Ghi nhầm")
    close_posting(by=head, posting=posting)
    again = Posting.objects.get().result_document
    assert again.pk != first and "không có" in paper_text(again.html)


def test_a_cancelled_list_is_posted_once_more_and_blocks_nothing_itself(drafts, village, head, office):
    wrong = post(head, village, date(2026, 11, 16))
    cancel_posting(by=head, posting=wrong, reason="Sai ngày")
    again = post(head, village)
    assert again.pk != wrong.pk and again.ends_on == LAST
    case_steps.session_with(complete(office, head, drafts)[0], session=case_steps.planned_session(date(2026, 11, 20)))


def test_when_the_days_are_over_the_head_of_the_unit_is_reminded(posting, drafts, signed_in):
    today = Posting.objects.values_list(TruncDate(Now()), flat=True).get()  # of the database, which asks its own clock
    Posting.objects.update(starts_on=date(2020, 1, 1), ends_on=today)
    assert "Niêm yết: trả lời" not in page_of(signed_in("thon2").get("/viec-cua-toi/"))
    Posting.objects.update(ends_on=today - timedelta(days=1))
    assert "Niêm yết: trả lời phản ánh, ghi kết quả" in page_of(signed_in("thon2").get("/viec-cua-toi/"))
    assert "Niêm yết: trả lời" not in page_of(signed_in("thon1").get("/viec-cua-toi/"))


@pytest.mark.parametrize(("login", "status"), [("thon1", 404), ("hoidong2", 403), ("chutich", 200), ("vanphong", 200)])
def test_who_opens_the_page(posting, signed_in, login, status):
    assert signed_in(login).get(posting.get_absolute_url()).status_code == status


def test_no_line_of_the_heading_begins_with_a_number(posting, signed_in):
    found = signed_in("thon2").get(posting.get_absolute_url())
    assert "Niêm yết của Thôn\u00a02 từ\u00a0" in found.content.decode()


def test_the_form_leads_from_the_group_to_the_posted_list(drafts, village, signed_in):
    browser = signed_in("thon2")
    words = f"unit={village.pk}&award=GDVH&year=2026"
    page = page_of(browser.get(f"/khen-thuong/de-nghi/soan-nhieu/?{words}"))
    assert f"/khen-thuong/de-nghi/niem-yet/lap/?{words.replace('&', '&amp;')}" in page
    address = f"/khen-thuong/de-nghi/niem-yet/lap/?{words}"
    refused = browser.post(address, {"starts_on": "hôm qua", "place": "Nhà văn hóa"})
    assert refused.status_code == 422 and "Nhà văn hóa" in page_of(refused)
    found = browser.post(address, {"starts_on": "09/11/2026", "place": "Nhà văn hóa", "once": "a"}, follow=True)
    assert "đến hết ngày 19/11/2026" in page_of(found)
    objection = {"nomination": drafts[0].pk, "raised_on": "12/11/2026", "content": "Thả rông trâu."}
    found = browser.post(f"{Posting.objects.get().get_absolute_url()}phan-anh/", objection, follow=True)
    assert "Thả rông trâu." in page_of(found) and "không nêu tên" in page_of(found)


def test_only_a_case_that_was_not_posted_asks_for_a_list(posting, drafts, village, head, signed_in):
    group = f"/khen-thuong/de-nghi/soan-nhieu/?unit={village.pk}&award=GDVH&year=2026"
    start = "/khen-thuong/de-nghi/niem-yet/lap/"
    with at(CLOSED_ON):
        close_posting(by=head, posting=posting)
        assert start not in page_of(signed_in("thon2").get(group))
        late = add_household(by=head, unit=village, head_name="Vi Văn Muộn")
        start_nominations(by=head, unit=village, nominees=[late], code="GDVH", year=2026, idempotency_key="late")
        assert start in page_of(signed_in("thon2").get(group))


def test_a_list_is_shown_as_posted_since_its_first_day_and_a_fault_once(posting, village, signed_in):
    text = page_of(signed_in("thon2").get(posting.get_absolute_url()))
    assert f"từ {START:%d/%m/%Y}</small>" in text
    address = f"/khen-thuong/de-nghi/niem-yet/lap/?unit={village.pk}&award=GDVH&year=2026"
    refused = page_of(signed_in("thon2").post(address, {"starts_on": "09/11/2026", "place": ""}))
    assert refused.count('id="loi"') == 1


def test_the_office_has_the_task_of_a_thon_without_a_head(posting, head, office, signed_in):
    title = "Niêm yết: trả lời phản ánh, ghi kết quả"
    assert title not in page_of(signed_in("vanphong").get("/viec-cua-toi/"))
    Membership.objects.filter(user_id=head.pk).update(ends_on=date(2026, 11, 10))
    assert title in page_of(signed_in("vanphong").get("/viec-cua-toi/"))
    assert close_posting(by=office, posting=posting).state == Posting.CLOSED
    assert title not in page_of(signed_in("vanphong").get("/viec-cua-toi/"))
