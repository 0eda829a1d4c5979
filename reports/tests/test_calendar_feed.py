"""The calendar feed: its secret URL, who can read it, and its content as a calendar program reads it."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import vobject
from django.test import Client
from django.utils import timezone

from campaigns.models import Period
from commendations.models import Nomination
from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.models import Membership
from emulation.workflow import calendar_registry
from reports.actions import calendar_link as actions
from reports.models import CalendarLink
from reports.papers import calendar_feed
from reports.queries import calendar_feed as calendar_feed_queries
from tests.html import page_of
from villages.actions.accounts import reset_password

PHONE = "/lich-cong-tac/dien-thoai/"
TODAY = timezone.localdate()


def feed_url(login, signed_in):
    """Creates a link as the user; returns its path, which the page shows once."""
    page = signed_in(login).post(f"{PHONE}tao/")
    assert page.status_code == 200 and page.context["url"] in page.content.decode()
    return urlsplit(page.context["url"]).path


def read(path, **headers):
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200
    return vobject.readOne(answer.content.decode()), answer


# ── the URL ──────────────────────────────────────────────────────────────────────────────────────


def test_a_reset_of_the_password_ends_the_link(commune, signed_in, office):
    path = feed_url("thon1", signed_in)
    other = feed_url("thon2", signed_in)
    reset_password(by=office, user=User.objects.get(username="thon1"))
    assert Client().get(path).status_code == 404 and Client().get(other).status_code == 200


def test_the_url_is_secret_and_only_the_hash_of_its_token_is_stored(commune, signed_in):
    path = feed_url("thon1", signed_in)
    token = path.removeprefix("/lich/").removesuffix(".ics")
    link = CalendarLink.objects.get()
    assert len(token) >= 43
    assert link.token_hash == calendar_feed_queries.hash_token(token) and token not in str(vars(link))
    assert token not in signed_in("thon1").get(PHONE).content.decode()
    assert not [entry for entry in AuditEntry.objects.all() if token in str(vars(entry))]
    assert AuditEntry.objects.filter(act="reports.make_calendar_link").count() == 1


def test_a_new_link_revokes_the_old_one(commune, signed_in):
    old = feed_url("thon1", signed_in)
    new = feed_url("thon1", signed_in)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    assert CalendarLink.objects.live().count() == 1


def test_a_revoked_link_is_not_found(commune, signed_in):
    path = feed_url("thon1", signed_in)
    assert Client().get(path).status_code == 200
    browser = signed_in("thon1")
    assert "Đã thu hồi" in browser.post(f"{PHONE}thu-hoi/", follow=True).content.decode()
    assert Client().get(path).status_code == 404
    assert "không có đường dẫn nào" in browser.post(f"{PHONE}thu-hoi/", follow=True).content.decode()
    assert "chưa có đường dẫn" in browser.get(PHONE).content.decode()


def test_an_inactive_user_or_former_member_cannot_read_the_feed(commune, signed_in):
    path = feed_url("thon1", signed_in)
    user = User.objects.get(username="thon1")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(path).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert Client().get(path).status_code == 200
    Membership.objects.filter(user_id=user.pk).update(ends_on=TODAY)
    assert Client().get(path).status_code == 200  # the last day of the membership
    yesterday = TODAY - timedelta(days=1)
    Membership.objects.filter(user_id=user.pk).update(starts_on=yesterday, ends_on=yesterday)
    assert Client().get(path).status_code == 404


def test_a_user_who_moved_to_another_commune_cannot_read_the_feed(commune, other_commune, signed_in):
    path = feed_url("thon1", signed_in)
    user = User.objects.get(username="thon1")
    elsewhere = Membership.objects.filter(commune=other_commune).first()
    Membership.objects.create(commune=other_commune, user_id=user.pk, role="office", starts_on=elsewhere.starts_on)
    assert Client().get(path).status_code == 200
    Membership.objects.filter(user_id=user.pk, commune=commune).delete()
    assert Client().get(path).status_code == 404


def test_a_feed_contains_only_deadlines_of_its_commune(month, other_commune, signed_in):
    ours, _ = read(feed_url("vanphong", signed_in))
    theirs, _ = read(feed_url("la-vanphong", signed_in))
    due = f"Hạn gửi điển hình tháng {month.number}/{month.year}"
    assert due in summaries(ours) and due not in summaries(theirs)
    assert not {event.uid.value for event in ours.vevent_list} & {event.uid.value for event in theirs.vevent_list}


@pytest.mark.parametrize("token", ["khong-co", "a" * 43, "%00", "é", "x" * 2000])
def test_an_unknown_token_is_not_found(commune, token):
    assert Client().get(f"/lich/{token}.ics").status_code == 404
    assert Client().post(f"/lich/{token}.ics").status_code in (403, 405)


# ── the content ──────────────────────────────────────────────────────────────────────────────────


def summaries(read_calendar):
    return {event.summary.value for event in read_calendar.vevent_list}


def test_another_library_reads_the_feed(month, signed_in, office):
    found, answer = read(feed_url("vanphong", signed_in))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert found.version.value == "2.0" and "Bình Lương" in found.x_wr_calname.value
    expected = calendar_registry.deadlines_between(
        office, TODAY - calendar_feed_queries.FEED_BACK, TODAY + calendar_feed_queries.FEED_AHEAD
    )
    events = {event.uid.value: event for event in found.vevent_list}
    assert len(events) == len(expected) > 20
    deadline = next(one for one in expected if one.ident == f"period:due:{month.pk}")
    event = events[f"period-due-{month.pk}-{month.commune_id}@so-vang"]
    assert (event.dtstart.value, event.dtend.value) == (deadline.day, deadline.day + timedelta(days=1))
    assert event.summary.value == deadline.title == f"Hạn gửi điển hình tháng {month.number}/{month.year}"
    assert event.sequence.value == "0" and isinstance(event.dtstamp.value, datetime)
    assert event.url.value.endswith(month.get_absolute_url())
    assert not hasattr(event, "valarm")


def test_lines_are_folded_between_characters_never_within_one(month, signed_in):
    _, answer = read(feed_url("vanphong", signed_in))
    lines = answer.content.split(b"\r\n")
    assert answer.content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in answer.content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert any(line.startswith(b" ") for line in lines), "no line is long enough to be folded"
    for line in lines:
        line.decode()


def test_a_long_vietnamese_title_is_unchanged_by_folding():
    title = "Hạn gửi báo cáo; thôn Đồng Trữ, xã Bình Lương\\ " * 6
    event = calendar_feed_queries.FeedEvent(
        "x-1",
        calendar_registry.Deadline(date(2026, 12, 31), title.strip(), "1", kind="x"),
        3,
        calendar_feed_queries.now_in_whole_seconds(),
    )
    found = vobject.readOne(calendar_feed.calendar_feed_ics("Lịch", "https://x", [event]).decode())
    assert found.vevent.summary.value == title.strip()
    assert (found.vevent.dtstart.value, found.vevent.dtend.value) == (date(2026, 12, 31), date(2027, 1, 1))


def test_an_unchanged_feed_has_the_same_bytes_and_is_not_sent_again(month, signed_in):
    path = feed_url("vanphong", signed_in)
    _, first = read(path)
    _, again = read(path)
    assert again.content == first.content and again["ETag"] == first["ETag"]
    assert "private" in first["Cache-Control"]
    answer = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_deadline_that_moves_keeps_its_uid_and_increases_its_sequence(month, signed_in):
    path = feed_url("vanphong", signed_in)
    before, first = read(path)
    Period.objects.filter(pk=month.pk).update(due_on=month.due_on + timedelta(days=2))
    after, second = read(path)
    uid = f"period-due-{month.pk}-{month.commune_id}@so-vang"
    old, new = (next(one for one in found.vevent_list if one.uid.value == uid) for found in (before, after))
    assert (new.sequence.value, new.dtstart.value) == ("1", old.dtstart.value + timedelta(days=2))
    assert new.last_modified.value >= old.last_modified.value
    unchanged = [one for one in after.vevent_list if one.uid.value.startswith("milestone")]
    assert {one.sequence.value for one in unchanged} == {"0"}
    assert first["ETag"] != second["ETag"]


def test_last_used_is_written_once_an_hour(month, signed_in, django_assert_num_queries):
    path = feed_url("vanphong", signed_in)
    assert "chưa lần nào" in page_of(signed_in("vanphong").get(PHONE))
    read(path)
    used = CalendarLink.objects.get().last_used_at
    read(path)
    assert CalendarLink.objects.get().last_used_at == used
    CalendarLink.objects.update(last_used_at=used - timedelta(hours=2))
    read(path)
    assert CalendarLink.objects.get().last_used_at >= used
    assert "chưa lần nào" not in page_of(signed_in("vanphong").get(PHONE))


def test_the_feed_names_no_person(commune, office, village_head, signed_in):
    from commendations.tests import case_steps

    case = case_steps.submitted_nomination()
    Nomination.objects.filter(pk=case.pk).update(received_on=TODAY)
    found, answer = read(feed_url("vanphong", signed_in))
    assert "1 hồ sơ đang thẩm định" in summaries(found)
    assert Nomination.objects.get(pk=case.pk).nominee_name not in answer.content.decode()
    page = signed_in("vanphong").get("/lich-cong-tac/ngay/", {"ngay": f"{appraisal(office):%d/%m/%Y}"})
    assert case.nominee_name in page.content.decode()


def appraisal(user):
    return calendar_registry.deadlines_between(user, TODAY, TODAY + timedelta(days=90), "appraisal")[0].day


def test_creating_two_links_leaves_one_live(commune, office):
    tokens = {actions.create_calendar_link(by=office, commune=commune) for _ in range(2)}
    assert len(tokens) == 2 and CalendarLink.objects.live().count() == 1
