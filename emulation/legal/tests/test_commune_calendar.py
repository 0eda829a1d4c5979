"""Days recorded by the commune over the table of the statutes: permissions, refused input, the page, the rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.core import append_only
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.legal.calendar.actions import record_calendar_day
from emulation.legal.calendar.commune_calendar import special_days_of, work_calendar_of
from emulation.legal.models import CalendarDay
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")
Browser = Callable[[str], Client]
URL, PUT = "/phap-luat/lich-lam-viec/", "/phap-luat/lich-lam-viec/ghi/"
SWAPPED, MADE_UP = date(2026, 11, 23), date(2026, 11, 28)
PAPER = "Thông báo số 1/TB-BNV ngày 01/11/2026"


def put(
    by: User, commune: Commune, day: date, kind: str = "off", name: str = "Nghỉ hoán đổi", reason: str = PAPER
) -> Any:
    return record_calendar_day(by=by, commune=commune, day=day, kind=kind, name=name, reason=reason)


# ── the calendar in effect ───────────────────────────────────────────────────────────────────────


def test_a_swap_moves_every_count(commune: Commune, office: User) -> None:
    calendar = work_calendar_of(commune.pk)
    assert calendar.add(date(2026, 11, 20), 1) == SWAPPED and not calendar.is_working(MADE_UP)
    put(office, commune, SWAPPED)
    put(office, commune, MADE_UP, "work", "Làm bù")
    calendar = work_calendar_of(commune.pk)
    assert calendar.add(date(2026, 11, 20), 1) == date(2026, 11, 25)
    assert calendar.add(date(2026, 11, 27), 1) == MADE_UP
    assert not {SWAPPED, MADE_UP} & calendar.unconfirmed
    assert special_days_of(commune.pk)[SWAPPED].citation.text == PAPER


def test_the_latest_row_of_a_day_wins(commune: Commune, office: User) -> None:
    put(office, commune, SWAPPED)
    put(office, commune, SWAPPED, "ordinary", "bỏ qua")
    assert work_calendar_of(commune.pk).is_working(SWAPPED)
    assert CalendarDay.objects.filter(day=SWAPPED).latest("pk").name == ""
    put(office, commune, SWAPPED, "off", "Nghỉ bù")
    assert work_calendar_of(commune.pk).name(SWAPPED) == "Nghỉ bù"
    assert [row.kind for row in CalendarDay.objects.order_by("pk")] == ["off", "ordinary", "off"]


def test_a_line_of_the_table_can_be_removed_or_confirmed(commune: Commune, office: User) -> None:
    culture, national = date(2026, 11, 24), date(2026, 9, 2)
    put(office, commune, culture, "ordinary")
    put(office, commune, national, "off", "Quốc khánh")
    calendar = work_calendar_of(commune.pk)
    assert calendar.is_working(culture) and not calendar.is_working(national)
    assert national not in calendar.unconfirmed and date(2026, 9, 1) in calendar.unconfirmed


def test_a_year_becomes_known_with_its_tet(commune: Commune, office: User) -> None:
    assert not work_calendar_of(commune.pk).known(date(2029, 2, 12))
    for day in range(12, 17):
        put(office, commune, date(2029, 2, day), "off", "Tết Nguyên đán")
    assert work_calendar_of(commune.pk).known(date(2029, 7, 1))


def test_communes_do_not_see_each_others_days(commune: Commune, other_commune: Commune, office: User) -> None:
    put(office, commune, SWAPPED)
    assert not work_calendar_of(commune.pk).is_working(SWAPPED) and work_calendar_of(other_commune.pk).is_working(
        SWAPPED
    )
    stranger = User.objects.get(username="la-vanphong")
    assert not CalendarDay.objects.visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        put(stranger, commune, MADE_UP, "work", "Làm bù")


def test_one_small_query_a_call(commune: Commune, office: User, django_assert_num_queries: Any) -> None:
    put(office, commune, SWAPPED)
    work_calendar_of(commune.pk)
    with django_assert_num_queries(1):
        work_calendar_of(commune.pk)
    with django_assert_num_queries(1):
        special_days_of(commune.pk)


# ── permissions and refused input ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "hoidong2", "phongnoivu", "quantri"])
def test_only_the_office_writes(commune: Commune, user: Callable[[str], User], login: str) -> None:
    with pytest.raises(NotAllowed, match="dành cho"):
        put(user(login), commune, SWAPPED)
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("day", "kind", "name", "reason", "field", "message"),
    [
        (date(2026, 11, 23), "work", "Làm bù", PAPER, "kind", "Chỉ thứ bảy, chủ nhật mới là ngày làm bù"),
        (date(2026, 11, 23), "holiday", "Nghỉ", PAPER, "kind", "Hãy chọn ngày này là ngày gì"),
        (date(2017, 12, 31), "off", "Nghỉ", PAPER, "day", "bắt đầu từ năm 2018"),
        (date(2026, 11, 23), "off", " \u200b ", PAPER, "name", "Hãy ghi tên ngày"),
        (date(2026, 11, 28), "work", "", PAPER, "name", "Hãy ghi tên ngày"),
        (date(2026, 11, 23), "off", "Nghỉ", "  ", "reason", "Hãy ghi căn cứ"),
        (date(2026, 11, 23), "ordinary", "", PAPER, "day", "vốn là ngày thường"),
    ],
)
def test_invalid_days_are_refused(
    commune: Commune, office: User, day: date, kind: str, name: str, reason: str, field: str, message: str
) -> None:
    with pytest.raises(RuleBroken, match=message) as broken:
        put(office, commune, day, kind, name, reason)
    assert broken.value.field == field
    assert not CalendarDay.objects.exists() and not AuditEntry.objects.filter(act="legal.put_day").exists()


def test_the_same_again_is_refused(commune: Commune, office: User) -> None:
    put(office, commune, SWAPPED)
    with pytest.raises(RuleBroken, match="Ngày 23/11/2026 đã được ghi như vậy"):
        put(office, commune, SWAPPED, reason="Công văn khác")
    put(office, commune, SWAPPED, "ordinary")
    with pytest.raises(RuleBroken, match="đã được ghi như vậy"):
        put(office, commune, SWAPPED, "ordinary")


def test_the_audit_log_names_the_day(commune: Commune, office: User) -> None:
    put(office, commune, SWAPPED)
    entry = AuditEntry.objects.get(act="legal.put_day")
    assert (entry.subject_label, entry.facts["kind"], entry.facts["reason"]) == ("Ngày 23/11/2026", "off", PAPER)


def test_rows_are_never_changed_or_deleted(commune: Commune, office: User) -> None:
    append_only.install_triggers()
    row = put(office, commune, SWAPPED)
    for attempt in (
        lambda: CalendarDay.objects.filter(pk=row.pk).update(kind="work"),
        lambda: CalendarDay.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    row.refresh_from_db()
    assert row.kind == "off"


@pytest.mark.parametrize("fields", [{"name": ""}, {"reason": ""}])
def test_the_database_wants_a_name_and_a_reason(commune: Commune, office: User, fields: dict[str, str]) -> None:
    row = {"day": SWAPPED, "kind": "off", "name": "Nghỉ", "reason": PAPER, **fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(commune=commune, created_by=office, **row)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("login", ["thon1", "tieuhoc", "vanphong", "hoidong2", "chutich", "phongnoivu", "quantri"])
def test_everybody_signed_in_reads_only_the_office_is_offered_the_form(signed_in: Browser, login: str) -> None:
    page = page_of(signed_in(login).get(URL, {"nam": "2026"}))
    assert "Ngày nghỉ, ngày làm bù năm 2026" in page and "Ngày Văn hóa Việt Nam" in page
    assert (PUT in page) == (login == "vanphong")
    assert signed_in(login).get(PUT).status_code == (200 if login == "vanphong" else 403)


def test_strangers_sign_in_first(commune: Commune, client: Client) -> None:
    assert (reverse("legal:calendar"), reverse("legal:put_day")) == (URL, PUT)
    for path in (URL, PUT):
        answer = client.get(path)
        assert answer.status_code == 302 and "dang-nhap" in answer["Location"]


def test_the_year_says_in_words_what_each_day_is(signed_in: Browser) -> None:
    page = page_of(signed_in("thon1").get(URL, {"nam": "2026"}))
    assert "Tháng 11</b> <span>20 ngày làm việc" in page
    assert "Tháng 2</b> <span>15 ngày làm việc" in page
    assert "16/02/2026 đến 20/02/2026<br><small>Thứ Hai đến Thứ Sáu" in page
    assert page.count('<td class="work"><b>') == 2 and page.count('<td class="off"><b>') == 15
    assert "Điều 2 Nghị quyết số 28/2026/QH16" in page and page.count("Chưa xác nhận") == 1


@pytest.mark.parametrize("asked", ["", "abcd", "20261", "1999", "2101", "٢٠٢٦", "-202", "2026;", "²⁰²⁶"])
def test_a_year_that_is_none_shows_this_year(signed_in: Browser, asked: str) -> None:
    answer = signed_in("thon1").get(URL, {"nam": asked})
    assert answer.status_code == 200
    this_year = page_of(signed_in("thon1").get(URL))
    title = this_year[this_year.index("Ngày nghỉ, ngày làm bù năm ") :][:31]
    assert title in page_of(answer)


@pytest.mark.parametrize("year", ["2029", "2100"])
def test_a_year_outside_the_table_says_so(signed_in: Browser, year: str) -> None:
    page = page_of(signed_in("thon1").get(URL, {"nam": year}))
    assert "Lịch nghỉ năm này chưa có" in page and "Chưa có ngày nào" in page
    assert "Lịch nghỉ năm này chưa có" not in page_of(signed_in("thon1").get(URL, {"nam": "2028"}))


def typed(**changed: str) -> dict[str, str]:
    return {"day": "23/11/2026", "kind": "off", "name": "Nghỉ hoán đổi", "reason": PAPER, **changed}


def test_the_office_puts_a_day(signed_in: Browser, commune: Commune) -> None:
    browser = signed_in("vanphong")
    answer = browser.post(PUT, typed(name="  Nghỉ   hoán đổi "))
    assert answer.status_code == 302 and answer["Location"] == f"{URL}?nam=2026"
    page = page_of(browser.get(answer["Location"]))
    assert "Đã ghi ngày này vào lịch làm việc." in page and "Văn phòng ghi." in page and PAPER in page
    assert CalendarDay.objects.get().name == "Nghỉ hoán đổi"
    assert "Tháng 11</b> <span>19 ngày làm việc" in page


def test_a_form_sent_twice_makes_one_row(signed_in: Browser, commune: Commune) -> None:
    browser = signed_in("vanphong")
    for _ in range(2):
        assert browser.post(PUT, typed(once="khoa")).status_code == 302
    assert CalendarDay.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "31/11/2026"}, "Tháng 11 năm 2026 không có ngày 31."),
        ({"day": ""}, "Hãy nhập mục này."),
        ({"day": "31/12/2017"}, "Lịch làm việc bắt đầu từ năm 2018."),
        ({"kind": ""}, "Hãy chọn ngày này là ngày gì."),
        ({"kind": "rubbish"}, "Hãy chọn ngày này là ngày gì."),
        ({"kind": "work"}, "Chỉ thứ bảy, chủ nhật mới là ngày làm bù."),
        ({"name": ""}, "Hãy ghi tên ngày"),
        ({"name": "x" * 121}, "Nhiều nhất 120 ký tự"),
        ({"reason": ""}, "Hãy ghi căn cứ"),
        ({"reason": "x" * 301}, "Nhiều nhất 300 ký tự"),
        ({"kind": "ordinary"}, "vốn là ngày thường"),
    ],
)
def test_wrong_input_is_said_and_kept(signed_in: Browser, commune: Commune, changed: dict[str, str], said: str) -> None:
    answer = signed_in("vanphong").post(PUT, typed(**changed))
    page = page_of(answer)
    assert answer.status_code == 422 and said in page
    kept = changed.get("reason", PAPER)
    assert not kept or kept in page
    assert not CalendarDay.objects.exists()


def test_markup_typed_is_shown_as_text(signed_in: Browser, commune: Commune) -> None:
    browser = signed_in("vanphong")
    browser.post(PUT, typed(name="<script>alert(1)</script>", reason="<b>x</b>"))
    page = page_of(browser.get(URL, {"nam": "2026"}))
    assert "<script>alert(1)" not in page and "<b>x</b>" not in page and "&lt;b&gt;x" in page


def test_the_form_begins_with_what_holds(signed_in: Browser, commune: Commune) -> None:
    page = page_of(signed_in("vanphong").get(PUT, {"ngay": "22/08/2026"}))
    assert 'value="22/08/2026"' in page and 'value="Làm bù cho ngày 31/08/2026"' in page
    assert "Đang ghi 22/08/2026 là ngày làm bù" in page and "chưa xác nhận" in page
    plain = page_of(signed_in("vanphong").get(PUT, {"ngay": "23/11/2026"}))
    assert "Đang ghi 23/11/2026 là ngày như thường trong tuần" in plain
    assert "Đang ghi" not in page_of(signed_in("vanphong").get(PUT, {"ngay": "31/02/2026"}))


def test_a_year_with_many_days_needs_no_more_queries(signed_in: Browser, commune: Commune, office: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in("vanphong")

    def query_count() -> int:
        browser.get(URL, {"nam": "2026"})
        with CaptureQueriesContext(connection) as caught:
            browser.get(URL, {"nam": "2026"})
        return len(caught)

    put(office, commune, SWAPPED)
    few = query_count()
    for day in (3, 4, 5):
        put(office, commune, date(2026, 11, day))
    assert query_count() == few
