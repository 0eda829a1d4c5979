"""Sign-ins and their failures, in the audit log and in the operational log."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from emulation.accounts.backend import MAX_LOGIN_FAILURES
from emulation.accounts.models import LoginFailure, User
from emulation.accounts.sign_in_log import WINDOW
from emulation.audit.log import chain_faults
from emulation.audit.models import AuditEntry
from emulation.communes.models import Membership
from emulation.core.logs import OneLineFormatter
from tests.html import page_of

pytestmark = pytest.mark.both_databases

LOGIN = "/tai-khoan/dang-nhap/"
SECRET = "sai-mat-khau-rat-bi-mat"
ADDRESS = "203.0.113.7"


def sign_in(login: str, password: str = "sovang-2026", address: str = ADDRESS) -> Client:
    client = Client(REMOTE_ADDR=address)
    client.post(LOGIN, {"username": login, "password": password})
    return client


def acts(login: str) -> list[str]:
    user = User.objects.get(username=login)
    rows = AuditEntry.objects.filter(subject_type="accounts.User", subject_id=user.pk).order_by("seq")
    return [act.removeprefix("accounts.") for act in rows.values_list("act", flat=True)]


def lines(caplog: Any) -> list[str]:
    return [OneLineFormatter().format(one) for one in caplog.records if one.name == "emulation.accounts.sign_in"]


@pytest.fixture(autouse=True)
def _captured(caplog: Any) -> None:
    caplog.set_level(logging.INFO, "emulation.accounts.sign_in")


def test_signing_in_and_out_and_a_new_password_are_in_both_logs(commune, caplog):
    browser = sign_in("thon1")
    new = {"old_password": "sovang-2026", "new_password1": "mot cau de nho", "new_password2": "mot cau de nho"}
    assert browser.post("/tai-khoan/mat-khau/", new).status_code == 302
    browser.post("/tai-khoan/dang-xuat/")
    assert acts("thon1") == ["sign_in", "change_password", "sign_out"]
    entry = AuditEntry.objects.get(act="accounts.sign_in")
    user = User.objects.get(username="thon1")
    assert (entry.actor_id, entry.label, entry.facts) == (user.pk, "Đăng nhập", {"address": ADDRESS})
    assert entry.subject_label == f"{user}, từ địa chỉ {ADDRESS}"
    end = f'login="thon1" address="{ADDRESS}"'
    assert [line.partition("sign_in: ")[2] for line in lines(caplog)] == [
        f"sign_in {end}",
        f"change_password {end}",
        f"sign_out {end}",
    ]
    assert "mot cau de nho" not in caplog.text + str(list(AuditEntry.objects.values()))
    assert list(chain_faults(commune.pk)) == []


def test_the_log_level_of_sign_ins_is_info():
    from django.conf import settings

    assert settings.LOGGING["loggers"]["emulation.accounts.sign_in"]["level"] == "INFO"


def test_of_many_failures_the_audit_log_has_the_first_and_the_one_that_reaches_the_limit(commune, caplog):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(MAX_LOGIN_FAILURES + 5):
            sign_in("chutich", SECRET)
        assert acts("chutich") == ["sign_in_failed", "sign_in_wait"]
        for number in range(3):  # other addresses make no further entries
            for _ in range(MAX_LOGIN_FAILURES):
                sign_in("chutich", SECRET, f"198.51.100.{number}")
        assert acts("chutich") == ["sign_in_failed", "sign_in_wait"]
        clock.shift(WINDOW + timedelta(seconds=1))
        sign_in("chutich", SECRET)
        assert acts("chutich") == ["sign_in_failed", "sign_in_wait", "sign_in_failed"]
    entry = AuditEntry.objects.filter(act="accounts.sign_in_failed").earliest("seq")
    assert (entry.actor_id, entry.actor_label, entry.facts) == (None, "chưa đăng nhập", {"address": ADDRESS})
    logged = lines(caplog)
    assert sum("sign-in failed" in line for line in logged) == MAX_LOGIN_FAILURES * 4 + 1
    assert sum("sign-in refused" in line for line in logged) == 5
    assert SECRET not in caplog.text + str(list(AuditEntry.objects.values()))


def test_unknown_names_are_only_in_the_operational_log(commune, caplog):
    before = AuditEntry.objects.count()
    for number in range(30):
        sign_in(f"la-{number}", SECRET)
    for _ in range(MAX_LOGIN_FAILURES + 1):
        sign_in("Khong-Co-AI ", SECRET)
    assert AuditEntry.objects.count() == before
    assert f'sign-in failed login="khong-co-ai" address="{ADDRESS}"' in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "name", ["a\nINFO x: signed_in", 'thon1" address="1.2.3.4', "\u202ehcituhc", "\x1b[31m", "a\r\tb", "x" * 5000]
)
def test_a_name_cannot_forge_a_log_line(commune, caplog, name):
    sign_in(name, SECRET)
    for line in lines(caplog):
        assert line.isascii() and line.isprintable() and len(line) < 600
        assert line.count('" address="') == 1 and line.endswith(f'address="{ADDRESS}"')


def test_an_inactive_account_fails_like_any_other(commune):
    User.objects.filter(username="thon1").update(is_active=False)
    sign_in("thon1")
    assert acts("thon1") == ["sign_in_failed"]


def test_a_user_without_a_membership_signs_in_without_an_audit_entry(commune, caplog):
    user = User.objects.get(username="thon1")
    Membership.objects.filter(user_id=user.pk).delete()
    assert sign_in("thon1").session["_auth_user_id"] == str(user.pk)
    assert acts("thon1") == [] and "sign_in login" in caplog.text


def test_a_password_reset_is_logged(commune, office, signed_in, caplog):
    user = User.objects.get(username="thon3")
    data = {"own_password": "sovang-2026"}
    signed_in("vanphong").post(f"/don-vi/tai-khoan/{user.pk}/cap-lai/", data)
    assert 'reset_password login="thon3" address="127.0.0.1" by="vanphong"' in caplog.text


# ── the audit log page ───────────────────────────────────────────────────────────────────────────
def test_the_office_and_the_chair_see_sign_ins_in_the_audit_log(commune, signed_in):
    sign_in("thon1")
    sign_in("chutich", SECRET)
    for login in ("vanphong", "chutich"):
        page = page_of(signed_in(login).get("/nhat-ky/", {"loai": "accounts.User"}))
        assert "Đăng nhập không thành công" in page and f"(thon1), từ địa chỉ {ADDRESS}" in page
        assert "Đăng nhập, mật khẩu</option>" in page
        assert "(chutich)" in signed_in(login).get("/nhat-ky/", {"q": ADDRESS}).content.decode()
    for login in ("thon1", "vanthu", "hoidong2", "phongnoivu", "quantri"):
        assert signed_in(login).get("/nhat-ky/").status_code == 403


def test_another_commune_does_not_see_them(commune, other_commune, signed_in):
    sign_in("thon1")
    assert ADDRESS not in signed_in("la-vanphong").get("/nhat-ky/", {"loai": "accounts.User"}).content.decode()


@pytest.mark.parametrize("name", ["x" * 201, "a\0b", ""])
def test_a_sign_in_that_the_form_refuses_has_one_log_line(commune, caplog, name):
    answer = Client(REMOTE_ADDR=ADDRESS).post(LOGIN, {"username": name, "password": SECRET})
    assert answer.status_code == 422
    shown = json.dumps(name[:60])
    assert [line.partition("sign_in: ")[2] for line in lines(caplog)] == [
        f'sign-in invalid login={shown} address="{ADDRESS}"'
    ]
    assert SECRET not in caplog.text and not LoginFailure.objects.exists()


def test_a_password_with_a_nul_is_refused_in_vietnamese_and_logged(commune, caplog):
    answer = Client(REMOTE_ADDR=ADDRESS).post(LOGIN, {"username": "thon1", "password": "a\0b"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "ký tự lạ" in page and "Null" not in page
    assert 'sign-in invalid login="thon1"' in caplog.text


def test_wrong_current_passwords_are_in_both_logs(commune, caplog):
    browser = sign_in("chutich")
    typed = {"old_password": SECRET, "new_password1": "mot cau de nho", "new_password2": "mot cau de nho"}
    for _ in range(MAX_LOGIN_FAILURES + 2):
        browser.post("/tai-khoan/mat-khau/", typed)
    assert acts("chutich") == ["sign_in", "wrong_current_password", "sign_in_wait"]
    entry = AuditEntry.objects.get(act="accounts.wrong_current_password")
    assert (entry.actor_id, entry.facts) == (entry.subject_id, {"address": ADDRESS})
    assert caplog.text.count('password change failed login="chutich"') == MAX_LOGIN_FAILURES
    assert caplog.text.count("password change limit reached") == 1
    assert caplog.text.count("password change refused") == 2
    assert SECRET not in caplog.text + str(list(AuditEntry.objects.values()))
