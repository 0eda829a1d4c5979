"""Own devices: listed, ended one by one, announced when they are new; sessions end that were idle for too long."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from emulation.accounts.devices import open_devices
from emulation.accounts.models import Device, User
from emulation.accounts.rules import BROWSERS, SYSTEMS, device_name, idle_limit
from emulation.audit.models import AuditEntry
from emulation.communes.roles import Role
from emulation.notices.models import Notification
from tests.html import page_of

PASSWORD = "sovang-2026"
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"
)
OWN = "/tai-khoan/cua-toi/"
NEW = "vừa đăng nhập ở thiết bị mới"


@pytest.fixture(autouse=True)
def _passwords(commune):
    for person in User.objects.filter(username__in=["thon1", "thon2", "vanphong", "quantri"]):
        person.set_password(PASSWORD)
        person.save()


def sign_in(login, agent=ANDROID, browser=None):
    browser = browser or Client(headers={"user-agent": agent})
    answer = browser.post(reverse("accounts:login"), {"username": login, "password": PASSWORD})
    assert answer.status_code == 302, page_of(answer)
    return browser


def device_of(browser):
    return Device.objects.get(session_key=browser.session.session_key)


def notices(login):
    return Notification.objects.filter(user_id=User.objects.get(username=login).pk, text__contains=NEW).count()


def test_devices_are_listed_and_one_is_ended(commune):
    lost = sign_in("thon1")
    here = sign_in("thon1", WINDOWS)
    page = page_of(here.get(OWN))
    assert "Chrome, điện thoại Android" in page and "Edge, máy tính Windows" in page
    assert page.index("Edge, máy tính Windows") < page.index("Máy này") < page.index("Chrome, điện thoại Android")
    lost_device = device_of(lost).pk
    answer = here.post(reverse("accounts:end_device"), {"device": lost_device}, follow=True)
    assert "Đã đăng xuất: Chrome, điện thoại Android." in page_of(answer)
    assert lost.get(OWN).status_code == 302 and here.get(OWN).status_code == 200
    assert "Chrome, điện thoại Android</b>" not in page_of(here.get(OWN))
    assert AuditEntry.objects.filter(act="accounts.end_device").count() == 1
    again = here.post(reverse("accounts:end_device"), {"device": lost_device}, follow=True)
    assert "không còn đăng nhập" in page_of(again)


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 30, "٣", "other", "this"])
def test_only_another_device_of_ones_own_is_ended(commune, typed):
    other = sign_in("thon2")
    here = sign_in("thon1", WINDOWS)
    value = {"other": device_of(other).pk, "this": device_of(here).pk}.get(typed, typed)
    answer = here.post(reverse("accounts:end_device"), {"device": value}, follow=True)
    assert "không còn đăng nhập" in page_of(answer)
    assert other.get(OWN).status_code == here.get(OWN).status_code == 200
    assert not AuditEntry.objects.filter(act="accounts.end_device").exists()
    assert Client().post(reverse("accounts:end_device"), {"device": 1}).status_code == 302


def test_a_new_device_is_announced_to_its_owner_once(commune):
    first = sign_in("thon1")
    assert notices("thon1") == 0
    first.post(reverse("accounts:logout"))
    sign_in("thon1", browser=first)
    assert notices("thon1") == 0 and Device.objects.filter(user__username="thon1").count() == 1
    second = sign_in("thon1", WINDOWS)
    sign_in("thon1", browser=second)
    assert notices("thon1") == 1
    sign_in("thon2", browser=first)
    assert notices("thon2") == 0 and notices("thon1") == 1
    cookie = first.cookies["device"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 400 * 86400
    assert not Device.objects.filter(token_hash=cookie.value).exists()


def test_the_cookie_of_a_device_signs_nobody_in(commune):
    browser = Client()
    browser.cookies["device"] = sign_in("thon1").cookies["device"].value
    assert browser.get(OWN).status_code == 302


def test_a_new_password_leaves_only_the_device_in_use(commune, rf):
    other = sign_in("thon1")
    here = sign_in("thon1", WINDOWS)
    new = "mot cau that dai 77"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post(reverse("accounts:password"), typed).status_code == 302
    assert other.get(OWN).status_code == 302
    page = page_of(here.get(OWN))
    assert "Edge, máy tính Windows</b>" in page and "Chrome, điện thoại Android</b>" not in page


def test_listing_costs_two_queries_for_any_number_of_devices(commune, rf):
    here = sign_in("thon1", WINDOWS)
    request = rf.get(OWN)
    request.user = User.objects.get(username="thon1")
    request.session = here.session
    assert request.session.get("device")  # loads the session
    for number in range(1, 6):
        sign_in("thon1")
        with CaptureQueriesContext(connection) as queries:
            assert len(open_devices(request)) == number + 1
        assert len(queries) == 2


@pytest.mark.parametrize(("login", "minutes", "stays"), [
    ("vanphong", 119, True), ("vanphong", 121, False), ("quantri", 29, True), ("quantri", 31, False), ("thon1", 600, True),
])  # fmt: skip
def test_an_idle_session_ends_by_role(commune, login, minutes, stays):
    browser = sign_in(login)
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        before = User.objects.get(username=login).phone
        answer = browser.post(OWN, {"phone": "0912345678", "email": ""})
        changed = User.objects.get(username=login).phone != before
        assert changed is stays
        if stays:
            assert device_of(browser).seen_at > timezone.now() - timedelta(minutes=1)
            return
        assert answer.status_code == 302 and reverse("accounts:login") in answer["Location"]
        assert "Đã tự thoát vì lâu không thao tác" in page_of(browser.get(answer["Location"]))
        assert AuditEntry.objects.filter(act="accounts.idle_sign_out").count() == 1


def test_a_session_in_use_does_not_end(commune):
    browser = sign_in("quantri")
    start = timezone.now()
    for minutes in range(20, 121, 20):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert browser.get(OWN).status_code == 200


def test_the_limit_is_a_setting_and_the_shortest_of_the_roles(commune, settings):
    settings.IDLE_MINUTES = {"village_head": 10}
    browser = sign_in("thon1")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert browser.get(OWN).status_code == 302
    both = [Role.office, Role.administrator]
    assert idle_limit(both, {"office": 120, "administrator": 30}) == timedelta(minutes=30)
    assert idle_limit(both, {"office": 0}) is None and idle_limit([], {"office": 1}) is None


def test_the_roles_of_the_setting_exist():
    assert set(settings.IDLE_MINUTES) <= {role.value for role in Role}


@given(st.text(max_size=300))
def test_the_name_of_a_device_has_no_part_of_the_header(header):
    browser, system = device_name(header).split(", ")
    assert browser in {"Trình duyệt khác", *dict(BROWSERS).values()}
    assert system in {"máy không rõ loại", *dict(SYSTEMS).values()}
