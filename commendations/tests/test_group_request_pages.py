"""The pages of a unit's request for many cases: the form of its meeting, all pages of cases, the page of the list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commendations.actions.many_nominations import TypedDeed, save_deeds, start_nominations
from commendations.models import GroupRequest, Nomination
from commendations.tests.group_request_steps import draft_cases, fresh, send
from tests.html import page_of
from villages.actions.people import add_person

pytestmark = pytest.mark.usefixtures("in_november", "db")


@pytest.fixture
def head(user):
    return user("thcs")


@pytest.fixture
def drafts(school, head):
    return draft_cases(school, head)


# ── the form ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"present": "31", "invited": "30"}, "nhiều hơn số người được mời"),
        ({"present": "nhiều"}, "số"),
        ({"present": "-1"}, "1"),
        ({"place": "x" * 201}, "200"),
        ({"met_on": "01/12/2027"}, "Ngày họp bình xét"),
    ],
)
def test_a_wrong_meeting_changes_nothing_and_keeps_what_was_typed(drafts, signed_in, typed, words):
    data = {f"seen_{case.pk}": case.version for case in fresh(drafts)}
    data |= {f"deed_{case.pk}": "Mới." for case in drafts}
    address = f"/khen-thuong/de-nghi/soan-nhieu/?unit={drafts[0].unit_id}&award=LDTT&year=2026"
    answer = signed_in("thcs").post(address, {**data, "secretary": "Vi Thị Hà", **typed, "do": "submit"})
    page = page_of(answer)
    assert answer.status_code == 422 and words in page and "Vi Thị Hà" in page
    assert not GroupRequest.objects.exists() and not Nomination.objects.filter(deed="Mới.").exists()


def test_cases_on_other_pages_of_the_form_are_submitted_with_it(drafts, signed_in, monkeypatch):
    monkeypatch.setattr("commendations.views.many_nominations.CASES_PER_PAGE", 2)
    browser = signed_in("thcs")
    address = f"/khen-thuong/de-nghi/soan-nhieu/?unit={drafts[0].unit_id}&award=LDTT&year=2026"
    assert "Còn 1 hồ sơ ở trang khác" in page_of(browser.get(address))
    shown = sorted(fresh(drafts), key=lambda case: (case.nominee_key, case.pk))[:2]
    data = {f"deed_{case.pk}": case.deed for case in shown} | {f"seen_{case.pk}": case.version for case in shown}
    answer = browser.post(address, {**data, "do": "submit"}, follow=True)
    assert "Giấy đề nghị chung kèm danh sách</a> đã chốt" in page_of(answer) and "Đã nộp 3 hồ sơ." in page_of(answer)
    assert GroupRequest.objects.get().lines.count() == 3 and "Danh sách đã nộp" in page_of(answer)


def test_the_lists_that_were_sent_are_found_from_the_list_of_nominations(drafts, head, signed_in):
    sent = send(head, drafts)
    for login, found in (("thcs", True), ("vanphong", True), ("chutich", True), ("tieuhoc", False)):
        browser = signed_in(login)
        assert "/khen-thuong/de-nghi/danh-sach/" in page_of(browser.get("/khen-thuong/de-nghi/"))
        assert (sent.get_absolute_url() in page_of(browser.get("/khen-thuong/de-nghi/danh-sach/"))) is found, login
    council = signed_in("hoidong2")
    assert "/khen-thuong/de-nghi/danh-sach/" not in page_of(council.get("/khen-thuong/de-nghi/"))
    assert council.get("/khen-thuong/de-nghi/danh-sach/").status_code == 403


def test_the_page_of_a_list_asks_as_much_for_many_as_for_few(drafts, head, signed_in):
    many = send(head, drafts)
    names = ("Hà Thị Một", "Lò Thị Hai")
    rest = [
        add_person(by=head, unit=drafts[0].unit, full_name=name, birth_year=1990, post="Giáo viên") for name in names
    ]
    cases = start_nominations(
        by=head, unit=drafts[0].unit, nominees=rest, code="LDTT", year=2026, idempotency_key="few"
    )
    save_deeds(by=head, typed=[TypedDeed(case, "Tốt.", None) for case in cases], met_on=None)
    few = send(head, cases)
    browser = signed_in("thcs")
    counts = []
    for request in (few, few, many):
        with CaptureQueriesContext(connection) as queries:
            browser.get(request.get_absolute_url())
        counts.append(len(queries))
    assert counts[1] == counts[2]
