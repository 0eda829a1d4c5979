"""Pages of nominations and sessions: content, permissions and errors of forms."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commendations.actions import session as sessions
from commendations.models import CouncilSession, Nomination
from commendations.tests import case_steps
from commendations.tests.test_nomination import exemplar  # noqa: F401
from emulation.documents.models import Draft
from tests.html import page_of
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")


def url(name, *args):
    return reverse(f"commendations:{name}", args=args)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, page_of(answer)[:2000]
    return page_of(answer)


# ── nominations ──────────────────────────────────────────────────────────────────────────────────
def test_button_on_an_exemplar_creates_the_nomination_once(exemplar, signed_in):  # noqa: F811
    client = signed_in("vanphong")
    assert url("nominate", exemplar.pk) in page(client, exemplar.get_absolute_url())
    for _ in range(2):
        answer = client.post(url("nominate", exemplar.pk), {"seen": exemplar.version})
        assert answer.url == Nomination.objects.get().get_absolute_url()
    assert "Hiến 120 m² đất" in page(client, answer.url)
    assert signed_in("thon1").post(url("nominate", exemplar.pk)).status_code == 403


def test_unit_head_finds_a_nominee_without_diacritics(commune, signed_in):
    client = signed_in("thon1")
    html = page(client, url("start") + "?tim=le+thi+lua")
    lua = Person.objects.get(full_name="Lê Thị Lụa")
    assert f'value="person:{lua.pk}"' in html and "Vi Văn Thành" not in html
    data = {"unit": lua.unit_id, "nominee": f"person:{lua.pk}", "once": "a" * 20}
    first, second = (client.post(url("start"), data) for _ in range(2))
    case = Nomination.objects.get()
    assert first.url == second.url == url("award_of", case.pk) and case.award_code == "GKX"


@pytest.mark.parametrize("nominee", ["person:999999", "person:", "collective:1", "'; --", "x" * 500])
def test_nominee_of_another_unit_is_refused(commune, signed_in, nominee):
    client = signed_in("thon1")
    other = Person.objects.get(full_name="Lương Văn Thúy")
    for value in (nominee, f"person:{other.pk}"):
        answer = client.post(url("start"), {"unit": case_steps.unit_by_code("thon1").pk, "nominee": value})
        assert answer.status_code == 422 and not Nomination.objects.exists()
    answer = client.post(url("start"), {"unit": case_steps.unit_by_code("thon2").pk, "nominee": ""})
    assert Nomination.objects.get().unit.code == "thon1" if answer.status_code == 302 else True


def test_nothing_chosen_makes_no_draft_unless_one_chooses_later(commune, signed_in):
    client = signed_in("thon1")
    unit = case_steps.unit_by_code("thon1").pk
    answer = client.post(url("start"), {"unit": unit})
    assert (
        answer.status_code == 422 and "“Chọn người sau”" in answer.content.decode() and not Nomination.objects.exists()
    )
    assert client.post(url("start"), {"unit": unit, "nominee": ""}).status_code == 302
    assert Nomination.objects.get().nominee_kind == ""


def test_error_in_one_field_saves_the_others(commune, signed_in):
    case = case_steps.draft_nomination()
    client = signed_in("thon1")
    data = {
        "seen": case.version, "kind": "CT", "achievement": "a" * 301, "deed": "Đoạn mới gõ", "field_name": "<script>alert(1)</script>",
        "period_from": "05/13/2026", "period_to": "31/10/2026",
    }  # fmt: skip
    answer = client.post(url("edit", case.pk), data)
    html = page_of(answer)
    assert answer.status_code == 422
    assert "Không có tháng 13" in html and "Nhiều nhất 300 ký tự" in html and "05/13/2026" in html and "a" * 301 in html
    case.refresh_from_db()
    assert (case.deed, str(case.period_from)) == ("Đoạn mới gõ", "2026-01-01")
    assert "<script>alert(1)" not in html and "&lt;script&gt;alert(1)" in html
    data |= {"seen": case.version, "achievement": "tốt", "period_from": "01/02/2026"}
    assert f'name="seen" value="{case.version}"' in html
    assert client.post(url("edit", case.pk), data).status_code == 302


def test_dates_in_the_wrong_order_and_a_stale_form(commune, signed_in):
    case = case_steps.draft_nomination()
    client = signed_in("thon1")
    data = {"seen": case.version, "kind": "CT", "period_from": "02/02/2026", "period_to": "01/02/2026"}
    answer = client.post(url("edit", case.pk), data)
    assert answer.status_code == 422 and "Ngày cuối không thể trước ngày đầu." in page_of(answer)
    case.refresh_from_db()
    case_steps.fill_nomination(case, by="vanphong")
    answer = client.post(url("edit", case.pk), {"seen": 1, "kind": "CT", "deed": "Bản cũ của tôi"})
    assert answer.status_code == 409 and "đã được người khác thay đổi" in page_of(answer)
    assert "Bản cũ của tôi" in page_of(answer)
    case.refresh_from_db()
    assert case.deed == case_steps.DEED


def test_save_and_submit_together_or_name_what_is_missing(commune, signed_in):
    case = case_steps.draft_nomination()
    client = signed_in("thon1")
    data = {"seen": case.version, "kind": "CT", "achievement": "", "deed": "Có làm", "do": "submit"}
    answer = client.post(url("edit", case.pk), data)
    html = page_of(answer)
    assert answer.status_code == 422 and "còn 1 chỗ" in html and "Những phần đã nhập đúng đều được lưu." in html
    assert re.search(r'<a href="#id_achievement">[^<]+</a>: Hãy ghi nội dung khen\.', html)
    assert 'class="mb-3 field-bad' in html
    case.refresh_from_db()
    data |= {"seen": case.version, "achievement": "xuất sắc trong lao động"}
    assert client.post(url("edit", case.pk), data).url == case.get_absolute_url()
    case.refresh_from_db()
    assert case.state == "submitted" and case.report_document is not None


def test_return_notes_are_shown_at_their_fields(commune, signed_in, office):
    case = case_steps.submitted_nomination()
    client = signed_in("vanphong")
    assert client.post(url("return", case.pk), {"seen": case.version}).status_code == 422
    answer = client.post(
        url("return", case.pk), {"seen": case.version, "deed": "Ghi rõ mét vuông", "nominee": "Xem lại tên"}
    )
    assert answer.status_code == 302
    html = page(signed_in("thon1"), url("edit", case.pk))
    assert "Ghi rõ mét vuông" in html and "Xem lại tên" in html
    assert "Ghi rõ mét vuông" in page(signed_in("thon1"), case.get_absolute_url())


def test_checklist_is_saved_and_confirmed_together(commune, signed_in):
    case = case_steps.submitted_nomination()
    client = signed_in("vanphong")
    entries = list(case.checklist.all())
    data = {"seen": case.version, "do": "complete", **{f"met_{entry.pk}": "on" for entry in entries[:-1]}}
    last = entries[-1]
    answer = client.post(url("check", case.pk), data)
    assert answer.status_code == 422 and f"Chưa kiểm tra: {last.label}" in page_of(answer)
    answer = client.post(url("check", case.pk), {**data, f"note_{last.pk}": "thiếu chữ ký"})
    assert answer.status_code == 422 and f"Hồ sơ còn thiếu: {last.label}" in page_of(answer)
    assert page_of(answer).count("checked") == len(entries) - 1 and 'value="thiếu chữ ký"' in page_of(answer)
    assert set(case.checklist.values_list("met", flat=True)) == {None}  # nothing was saved
    answer = client.post(url("check", case.pk), {**data, f"met_{last.pk}": "on"})
    case.refresh_from_db()
    assert (answer.status_code, case.state) == (302, "complete")
    assert "Chưa xác nhận" in page(client, case.get_absolute_url())


def test_one_tick_is_for_every_entry_without_a_note(commune, signed_in):
    case = case_steps.submitted_nomination()
    client = signed_in("vanphong")
    *others, last = case.checklist.all()
    data = {"seen": case.version, "do": "save", "all_met": "on", f"note_{last.pk}": "thiếu chữ ký"}
    assert client.post(url("check", case.pk), data).status_code == 302
    marks = {entry.pk: (entry.met, entry.note) for entry in case.checklist.all()}
    assert marks == {**{entry.pk: (True, "") for entry in others}, last.pk: (False, "thiếu chữ ký")}
    case.refresh_from_db()
    form = page(client, url("check", case.pk))
    assert form.count("checked") == len(others) and 'value="thiếu chữ ký"' in form
    fixed = {"seen": case.version, "do": "complete", "all_met": "on", f"note_{last.pk}": ""}
    assert client.post(url("check", case.pk), fixed).status_code == 302
    case.refresh_from_db()
    assert case.state == "complete"


def test_both_papers_can_be_previewed(commune, signed_in):
    case = case_steps.draft_nomination()
    for which, kind in (("bao-cao", "bao_cao_thanh_tich"), ("de-nghi", "giay_de_nghi")):
        answer = signed_in("thon1").post(url("preview", case.pk), {"giay": which})
        assert (
            answer.status_code == 302
            and Draft.objects.filter(kind=kind, key__startswith=f"nomination:{case.pk}:").exists()
        )


def test_the_form_of_another_nominee_leads_back_to_its_nomination(commune, signed_in):
    case = case_steps.draft_nomination()
    html = page(signed_in("thon1"), reverse("commendations:choose", args=[case.pk]))
    crumbs = html[html.index('<ol class="crumbs">') : html.index("</ol>")]
    assert f'href="{case.get_absolute_url()}">Thôn' in crumbs
    assert '<span aria-current="page">Chọn người được đề nghị</span>' in crumbs


def test_page_shows_the_timeline(commune, signed_in):
    case = case_steps.complete_nomination()
    html = page(signed_in("thon1"), case.get_absolute_url())
    for text in (
        "Lập đề nghị khen thưởng",
        "Nộp đề nghị",
        "Lê Văn Hòa",
        "Xác nhận hồ sơ hợp lệ",
        "đến lượt Văn phòng đưa vào phiên họp",
    ):
        assert text in html, text


@pytest.mark.parametrize(
    ("login", "status"), [("thon2", 404), ("hoidong2", 404), ("phongnoivu", 403), ("quantri", 403), ("vanthu", 200)]
)
def test_status_for_users_without_access(commune, signed_in, login, status):
    case = case_steps.submitted_nomination()
    page(signed_in(login), case.get_absolute_url(), status)


POSTS = [
    "submit",
    "withdraw",
    "return",
    "check",
    "complete",
    "preview",
    "edit",
    "choose",
    "put_on_session",
    "take_off_session",
]


def accepted_posts(signed_in, logins, names, pk):
    """`login: name` of each POST that is neither 403 nor 404."""
    found = []
    for login in logins:
        client = signed_in(login)
        for name in names:
            answer = client.post(url(name, pk), {"reason": "x", "deed": "x", "giay": "x"})
            if answer.status_code not in (403, 404):
                found.append(f"{login}: {name} {answer.status_code}")
    return found


def test_acts_by_the_wrong_role_are_refused(commune, signed_in):
    case = case_steps.submitted_nomination()
    assert accepted_posts(signed_in, ["thon2", "hoidong2", "vanthu", "phongnoivu"], POSTS, case.pk) == []
    assert Nomination.objects.get().version == case.version


def test_list_filters_and_searches_with_constant_queries(commune, signed_in):
    client = signed_in("vanphong")
    people = [Person.objects.get(full_name=name) for name in ("Lê Thị Lụa", "Vi Văn Thành", "Lữ Thị Ơn")]

    def fill(number):
        for place in range(number):
            person = people[place % 3]
            Nomination.objects.create(commune=commune, unit=person.unit, person=person, state="submitted")

    def count_queries():
        with CaptureQueriesContext(connection) as caught:
            page(client, url("nominations"))
        return len(caught)

    fill(3)
    count_queries()
    few = count_queries()
    fill(27)
    assert count_queries() == few
    html = page(client, url("nominations") + "?q=le+thi+lua&trang-thai=submitted")
    assert "Lê Thị Lụa" in html and "Vi Văn Thành" not in html
    assert "Không tìm thấy ai" in page(client, url("nominations") + "?q=khong+co+ai")
    assert "Thôn 3" not in page(signed_in("thon1"), url("nominations"))
    page(client, url("nominations") + "?don-vi=abc&trang-thai=xyz&trang=999")


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────
def plan_data(**changes):
    return {
        "held_on": "05/11/2026",
        "starts_at": "14h00",
        "place": "Phòng họp",
        "title": "Xét khen thưởng",
        "once": "o" * 20,
        **changes,
    }


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"held_on": "31/11/2026"}, "không có ngày 31"),
        ({"held_on": "01/02/2021"}, "chưa có Hội đồng"),
        ({"starts_at": "25:00"}, "Nhập giờ và phút"),
        ({"place": ""}, "Hãy nhập mục này"),
        ({"place": "x" * 500}, "Nhiều nhất 200 ký tự"),
    ],
)
def test_invalid_session_schedules_are_refused(commune, signed_in, wrong, message):
    answer = signed_in("vanphong").post(url("plan_session"), plan_data(**wrong))
    assert answer.status_code == 422 and message in page_of(answer)
    assert not CouncilSession.objects.exists()


def test_a_session_begins_with_place_hour_and_officers_of_the_last_one(commune, signed_in):
    client = signed_in("vanphong")
    assert "Phòng họp UBND xã" not in page(client, url("plan_session"))
    last = case_steps.closed_session(case_steps.complete_nomination())
    planned = page(client, url("plan_session"))
    assert 'value="Phòng họp UBND xã"' in planned and "14:00" in planned
    case = case_steps.complete_nomination("Lữ Thị Ơn", by="thon3")
    session = case_steps.session_with(
        case, session=case_steps.planned_session(case_steps.SESSION_DAY + timedelta(days=1))
    )
    client.post(url("open_session", session.pk), {"seen": CouncilSession.objects.get(pk=session.pk).version})
    html = page(client, session.get_absolute_url())
    for seat in (last.presider_id, last.secretary_id):
        assert f'value="{seat}" selected' in html


def test_session_from_plan_to_close_through_the_pages(commune, signed_in):
    cases = [case_steps.complete_nomination(), case_steps.complete_nomination("Lữ Thị Ơn", by="thon3")]
    client = signed_in("vanphong")
    first, second = (client.post(url("plan_session"), plan_data()) for _ in range(2))
    session = CouncilSession.objects.get()
    assert first.url == second.url == session.get_absolute_url()
    assert "Hồ sơ hợp lệ đang chờ phiên họp" in page(client, first.url)
    listed = " ".join(str(case.pk) for case in cases)
    assert f"Đưa cả {len(cases)} hồ sơ" in page(client, first.url)
    client.post(url("put_many", session.pk), {"ca-danh-sach": listed})
    assert session.items.count() == 2
    client.post(url("open_session", session.pk), {"seen": CouncilSession.objects.get().version})

    html = page(client, session.get_absolute_url())
    assert "1. Điểm danh" in html and "Chưa điểm danh." in html
    seats = list(session.version_of_council.seats.all())
    seat_data = {f"seat_{seat.pk}": "here" for seat in seats}
    away = seats[-1].pk
    data = {**seat_data, f"seat_{away}": "away", "presider": seats[0].pk, "secretary": seats[3].pk}
    answer = client.post(url("attend", session.pk), {**data, "seen": CouncilSession.objects.get().version})
    assert answer.status_code == 422 and "Hãy ghi lý do vắng mặt." in page_of(answer)
    data[f"reason_{away}"] = "Đi tập huấn"
    assert (
        client.post(url("attend", session.pk), {**data, "seen": CouncilSession.objects.get().version}).status_code
        == 302
    )

    one, two = session.items.all()
    answer = client.post(url("count", session.pk), {f"agree_{one.pk}": "7", f"against_{two.pk}": "1"})
    html = page_of(answer)
    assert answer.status_code == 422 and "hãy nhập số người đồng ý" in html and 'value="7"' in html
    answer = client.post(url("count", session.pk), {f"agree_{one.pk}": "7", f"agree_{two.pk}": "nhiều"})
    assert answer.status_code == 422 and "nhập số người" in page_of(answer)
    answer = client.post(url("count", session.pk), {f"agree_{one.pk}": "7"})
    assert answer.status_code == 422 and "cộng lại là 7, nhiều hơn 6 người" in page_of(answer)
    counts = {f"agree_{one.pk}": "5", f"against_{one.pk}": "1", f"agree_{two.pk}": "3", f"other_{two.pk}": "3"}
    assert client.post(url("count", session.pk), counts).status_code == 302
    html = page(client, session.get_absolute_url())
    assert "5/7 đồng ý = 71,4% tổng số thành viên; cần quá 50%, tức ít nhất 4/7: đạt" in html
    assert "Chưa xác nhận" in html

    answer = client.post(url("write_minutes", session.pk), {"ends_at": "13:00", "discussion": "Nhất trí"})
    assert answer.status_code == 422 and "phải sau giờ bắt đầu" in page_of(answer) and "Nhất trí" in page_of(answer)
    minutes = {"ends_at": "15:30", "discussion": "Nhất trí", "conclusion": "Trình Chủ tịch"}
    answer = client.post(url("write_minutes", session.pk), minutes)
    assert answer["Location"] == f"{session.get_absolute_url()}#ket-thuc"
    answer = client.post(url("write_minutes", session.pk), {**minutes, "do": "close"})
    assert '<details class="confirm" open>' in page(client, answer["Location"])
    assert '<details class="confirm" open>' not in page(client, session.get_absolute_url())
    assert client.post(url("preview_minutes", session.pk)).status_code == 302
    for _ in range(2):
        client.post(url("close_session", session.pk), {"seen": CouncilSession.objects.get().version})
    session.refresh_from_db()
    assert session.state == "closed" and session.minutes.reference == "01/BB-HĐTĐKT"
    assert [Nomination.objects.get(pk=case.pk).state for case in cases] == ["passed", "failed"]
    html = page(signed_in("hoidong2"), session.get_absolute_url())
    assert "01/BB-HĐTĐKT" in html and "Lữ Thị Ơn" in html and "Không đạt" in html


def test_member_reads_cases_before_the_session_unless_recused(commune, signed_in):
    insider, case = case_steps.complete_nomination("Lê Thị Ý Nhi", by="phunu"), case_steps.complete_nomination()
    session = case_steps.session_with(insider, case)
    html = page(signed_in("phunu"), session.get_absolute_url())
    assert "Lê Thị Lụa" in html and "Hồ sơ bạn không tham gia xét" in html
    assert insider.get_absolute_url() not in html
    page(signed_in("phunu"), insider.get_absolute_url(), 404)
    assert insider.get_absolute_url() not in page(signed_in("phunu"), url("nominations"))
    assert "Hiến 120 m²" in page(signed_in("hoidong2"), case.get_absolute_url())
    assert "Lê Thị Ý Nhi" in page(signed_in("hoidong2"), session.get_absolute_url())


SESSION_POSTS = [
    "edit_session",
    "put_many",
    "attend",
    "count",
    "write_minutes",
    "close_session",
    "cancel_session",
    "open_session",
    "preview_minutes",
]


def test_session_acts_by_the_wrong_role_are_refused(commune, signed_in):
    session = case_steps.planned_session()
    assert accepted_posts(signed_in, ["thon1", "hoidong2", "vanthu", "phongnoivu"], SESSION_POSTS, session.pk) == []
    assert CouncilSession.objects.get().version == session.version


def test_session_of_another_commune_is_not_found(commune, other_commune, signed_in):
    session = case_steps.planned_session()
    for name in ("session", "edit_session"):
        page(signed_in("la-vanphong"), url(name, session.pk), 404)
    assert signed_in("la-vanphong").post(url("open_session", session.pk)).status_code == 404


def test_session_list_and_page_run_constant_queries(commune, signed_in):
    client = signed_in("vanphong")

    def count_queries(address):
        page(client, address)
        with CaptureQueriesContext(connection) as caught:
            page(client, address)
        return len(caught)

    def plan(days):
        for day in days:
            case_steps.planned_session(date(2026, 12, day))

    plan(range(1, 4))
    few = count_queries(url("sessions"))
    plan(range(4, 31))
    assert count_queries(url("sessions")) == few


def test_empty_lists_explain_themselves(commune, signed_in):
    assert "Chưa có đề nghị nào" in page(signed_in("vanphong"), url("nominations"))
    assert "Chưa có phiên họp nào" in page(signed_in("hoidong2"), url("sessions"))
    case = case_steps.complete_nomination()
    assert "Chưa có phiên họp nào đang chờ" in page(signed_in("vanphong"), url("put_on_session", case.pk))


@pytest.mark.parametrize("name", ["edit", "choose", "withdraw", "return", "check", "put_on_session"])
def test_form_in_the_wrong_state_shows_the_reason(commune, signed_in, name):
    case = case_steps.submitted_nomination()
    Nomination.objects.filter(pk=case.pk).update(state="awarded")
    answer = signed_in("vanphong").get(url(name, case.pk))
    assert answer.status_code == 409 and "Đã khen thưởng" in page_of(answer)


def test_session_page_runs_constant_queries(commune, signed_in):
    client = signed_in("vanphong")
    people = list(Person.objects.filter(unit__kind="village", user=None)[:8])

    def count_queries(number):
        session = case_steps.planned_session(date(2026, 10, number))
        for place in range(number):
            person = people[place % len(people)]
            case = Nomination.objects.create(commune=commune, unit=person.unit, person=person, state="on_session")
            session.items.create(commune=commune, nomination=case, sort=place, agree=5, against=0, other=0)
        case_steps.with_attendance(sessions.open_session(by=case_steps.user_named("vanphong"), session=session))
        found = []
        for state in ("planned", "open", "closed"):
            CouncilSession.objects.filter(pk=session.pk).update(state=state)
            page(client, session.get_absolute_url())
            with CaptureQueriesContext(connection) as caught:
                page(client, session.get_absolute_url())
            found.append(len(caught))
        return found

    assert count_queries(3) == count_queries(30)


def test_failed_completion_leaves_the_form_current(signed_in, commune):
    case = case_steps.submitted_nomination()
    client, entries = signed_in("vanphong"), list(case.checklist.all())
    seen = Nomination.objects.get(pk=case.pk).version
    first = {"seen": seen, "do": "complete", **{f"note_{entry.pk}": "" for entry in entries}}
    assert client.post(url("check", case.pk), first).status_code == 422
    then = {"seen": seen, "do": "complete", **{f"met_{entry.pk}": "on" for entry in entries}}
    assert client.post(url("check", case.pk), then).status_code == 302
    assert Nomination.objects.get(pk=case.pk).state == "complete"
