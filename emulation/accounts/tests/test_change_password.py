"""Changing one's own password: wrong current passwords are limited like those of a sign-in."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from emulation.accounts.backend import MAX_LOGIN_FAILURES, WINDOW
from emulation.accounts.models import LoginFailure, User

LOGIN = "/tai-khoan/dang-nhap/"
URL = "/tai-khoan/mat-khau/"
OLD = "sovang-2026"
NEW = "mot cau de nho"
WAIT = "tạm khóa 15 phút"


@pytest.fixture
def browser(commune):
    client = Client()
    client.post(LOGIN, {"username": "thon1", "password": OLD})
    return client


def change(browser, old, new=NEW):
    return browser.post(URL, {"old_password": old, "new_password1": new, "new_password2": new})


def has_password(password):
    return User.objects.get(username="thon1").check_password(password)


def test_after_ten_wrong_ones_the_right_one_is_not_even_checked(browser):
    for _ in range(MAX_LOGIN_FAILURES):
        answer = change(browser, "sai-mat-khau")
        assert answer.status_code == 422 and "Mật khẩu hiện tại chưa đúng" in answer.content.decode()
    answer = change(browser, OLD)
    assert answer.status_code == 422 and WAIT in answer.content.decode() and has_password(OLD)
    assert browser.get("/viec-cua-toi/").status_code == 200  # the session goes on


@pytest.mark.parametrize("weak", ["ngắn", "mat-khau", "12345678901"])
def test_a_weak_password_is_reported_where_it_was_typed_first(browser, weak):
    errors = change(browser, OLD, weak).context["form"].errors
    assert list(errors) == ["new_password1"] and has_password(OLD)
    different = browser.post(URL, {"old_password": OLD, "new_password1": NEW, "new_password2": weak})
    assert list(different.context["form"].errors) == ["new_password2"]


def test_after_the_window_it_works_again(browser):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(MAX_LOGIN_FAILURES):
            change(browser, "sai-mat-khau")
        clock.shift(WINDOW + timedelta(seconds=1))
        assert change(browser, OLD).status_code == 302 and has_password(NEW)


def test_sign_ins_and_changes_share_one_count(browser):
    for _ in range(MAX_LOGIN_FAILURES - 1):
        change(browser, "sai-mat-khau")
    Client().post(LOGIN, {"username": "thon1", "password": "sai-mat-khau"})
    assert WAIT in change(browser, OLD).content.decode()
    assert WAIT in Client().post(LOGIN, {"username": "thon1", "password": OLD}).content.decode()


def test_a_change_clears_the_count_and_a_bad_new_password_changes_nothing(browser):
    change(browser, "sai-mat-khau")
    assert LoginFailure.objects.count() == 1
    assert change(browser, OLD, "ngan").status_code == 422 and has_password(OLD)
    assert LoginFailure.objects.count() == 0
    assert change(browser, OLD).status_code == 302 and has_password(NEW)


def test_nobody_is_kept_waiting_by_others(browser, commune):
    other = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(MAX_LOGIN_FAILURES):
        other.post(LOGIN, {"username": "thon1", "password": "sai-mat-khau"})
    assert change(browser, OLD).status_code == 302
