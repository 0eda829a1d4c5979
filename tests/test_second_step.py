"""The second step of a sign-in: app, recovery codes, limits, what is stored; passkeys are in tests/browser."""

import json
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from emulation.accounts.backend import MAX_LOGIN_FAILURES, WINDOW
from emulation.accounts.models import LoginFailure, User
from emulation.audit.models import AuditEntry
from emulation.notices.models import Mail, Notification
from tests.second_step_helpers import (
    APP,
    DEMO_PASSWORD,
    LOGIN,
    PAGE,
    STEP,
    is_signed_in,
    password_typed,
    switch_on,
    totp,
)

NEXT_STEP = timedelta(seconds=31)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as travelling:
        yield travelling


@pytest.fixture
def phone(commune, signed_in, clock):
    """(secret, recovery codes) of thon1, a time step after the app was switched on."""
    User.objects.filter(username="thon1").update(email="hoa@vidu.vn")
    found = switch_on(signed_in("thon1"))
    clock.shift(NEXT_STEP)
    return found


def acts():
    rows = AuditEntry.objects.filter(act__startswith="accounts.").order_by("seq")
    return [act.removeprefix("accounts.") for act in rows.values_list("act", flat=True)]


def test_the_helper_computes_the_codes_of_rfc_6238():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [totp(secret, at) for at in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]


def test_nobody_must_and_the_password_alone_still_signs_in(commune):
    browser, answer = password_typed("thon1")
    assert answer["Location"] == "/" and is_signed_in(browser)
    assert "Chưa bật" in browser.get(PAGE).content.decode()


def test_password_and_code_sign_in_and_keep_the_wanted_page(phone):
    secret, _ = phone
    browser, answer = password_typed("thon1", next="/thi-dua/")
    assert answer["Location"] == STEP and not is_signed_in(browser)
    before = browser.session.session_key
    answer = browser.post(STEP, {"code": f"{totp(secret)[:3]} {totp(secret)[3:]}"})
    assert answer["Location"] == "/thi-dua/" and is_signed_in(browser)
    assert browser.session.session_key != before
    assert acts() == ["second_step_on", "sign_in"]


def test_a_code_counts_once_and_an_older_one_never(phone, clock):
    secret, _ = phone
    earlier = totp(secret, time.time() - 30)
    code = totp(secret)
    assert password_typed("thon1")[0].post(STEP, {"code": code}).status_code == 302
    browser, _ = password_typed("thon1")
    for used in (code, earlier):
        answer = browser.post(STEP, {"code": used})
        assert answer.status_code == 422 and "đã dùng rồi" in answer.content.decode()
    clock.shift(NEXT_STEP)
    assert browser.post(STEP, {"code": totp(secret)}).status_code == 302


def test_the_code_with_which_the_app_was_switched_on_is_used_up(commune, signed_in, clock):
    secret, _ = switch_on(signed_in("thon1"))
    assert password_typed("thon1")[0].post(STEP, {"code": totp(secret)}).status_code == 422


def test_each_recovery_code_signs_in_once_and_the_owner_is_notified(phone):
    _, codes = phone
    assert len(set(codes)) == 10
    assert password_typed("thon1")[0].post(STEP, {"code": codes[3]}).status_code == 302
    assert password_typed("thon1")[0].post(STEP, {"code": codes[3]}).status_code == 422
    browser, _ = password_typed("thon1")
    assert browser.post(STEP, {"code": codes[4].replace(" ", "")}).status_code == 302
    assert "Còn 8 mã dự phòng" in browser.get(PAGE).content.decode()
    own = Notification.objects.filter(user__username="thon1").order_by("pk")
    texts = [text for text in own.values_list("text", flat=True) if "thiết bị mới" not in text]
    assert len(texts) == 3 and "Đã bật" in texts[0] and "còn 9 mã" in texts[1] and "0237" in texts[1]
    assert [mail.body for mail in Mail.objects.order_by("pk") if "thiết bị mới" not in mail.body] == texts


def test_wrong_codes_are_limited_even_when_the_password_is_typed_again(phone, clock):
    secret, _ = phone
    for _ in range(MAX_LOGIN_FAILURES):
        browser, answer = password_typed("thon1")
        assert answer["Location"] == STEP
        assert browser.post(STEP, {"code": "000000"}).status_code == 422
    browser, _ = password_typed("thon1")
    answer = browser.post(STEP, {"code": totp(secret)})
    assert answer.status_code == 422 and "Chờ 15 phút" in answer.content.decode()
    assert acts().count("wrong_second_step") == acts().count("sign_in_wait") == 1
    clock.shift(WINDOW + NEXT_STEP)
    assert password_typed("thon1")[0].post(STEP, {"code": totp(secret)}).status_code == 302


def test_who_has_the_password_cannot_try_codes_from_many_addresses(phone):
    secret, _ = phone
    for number in range(30):
        password_typed("thon1", f"203.0.113.{number}")[0].post(STEP, {"code": "000000"})
    answer = password_typed("thon1", "198.51.100.4")[0].post(STEP, {"code": totp(secret)})
    assert answer.status_code == 422 and "Chờ 15 phút" in answer.content.decode()


def test_who_does_not_have_the_password_cannot_lock_the_second_step(phone):
    secret, _ = phone
    pk = User.objects.get(username="thon1").pk
    for number in range(31):
        for name in (f"CODE {pk}", f"code {pk}", "thon1"):
            Client(REMOTE_ADDR=f"203.0.113.{number}").post(LOGIN, {"username": name, "password": "sai-mat-khau"})
    assert password_typed("thon1", "198.51.100.4")[0].post(STEP, {"code": totp(secret)}).status_code == 302


def test_the_second_step_cannot_be_skipped_or_begun_without_the_password(phone):
    assert Client().get(STEP)["Location"] == Client().post(STEP, {"code": "123456"})["Location"] == LOGIN
    browser, _ = password_typed("thon1")
    for path in ("/viec-cua-toi/", PAGE, APP, "/tai-khoan/mat-khau/"):
        assert browser.get(path).status_code == 302
    for bad in (
        {},
        {"code": ""},
        {"code": "x" * 30},
        {"credential": "{"},
        {"credential": "[]"},
        {"credential": "null"},
    ):
        assert browser.post(STEP, bad).status_code == 422
    for odd in ('{"id":"AA","rawId":"AA","type":"public-key","response":{}}', '{"response":{"clientDataJSON":"AA"}}'):
        assert browser.post(STEP, {"credential": odd}).status_code == 422
    assert not is_signed_in(browser)


def test_the_pending_sign_in_ends_after_ten_minutes_and_with_the_password(phone, clock):
    secret, _ = phone
    late, _ = password_typed("thon1")
    clock.shift(timedelta(minutes=10, seconds=1))
    assert late.post(STEP, {"code": totp(secret)})["Location"] == LOGIN
    changed, _ = password_typed("thon1")
    user = User.objects.get(username="thon1")
    user.set_password("một mật khẩu khác hẳn")
    user.save()
    assert changed.post(STEP, {"code": totp(secret)})["Location"] == LOGIN
    assert not is_signed_in(changed)


def test_switching_on_needs_the_password_and_the_right_code_and_ends_other_sessions(commune, signed_in, clock):
    other = signed_in("thon1")
    client = password_typed("thon1")[0]
    clock.shift(timedelta(minutes=16))
    secret = client.get(APP).context["secret"].replace(" ", "")
    for bad in ({"code": totp(secret)}, {"code": totp(secret), "own_password": "sai-mat-khau"}):
        assert client.post(APP, bad).status_code == 422
    wrong = client.post(APP, {"code": "12345", "own_password": DEMO_PASSWORD})
    assert wrong.status_code == 422 and "Mã chưa đúng" in wrong.content.decode()
    assert not Authenticator.objects.exists()
    assert client.post(APP, {"code": totp(secret), "own_password": DEMO_PASSWORD}).status_code == 200
    assert is_signed_in(client) and not is_signed_in(other)
    again = client.get(APP).context["secret"].replace(" ", "")
    assert again != secret
    assert "đã bật rồi" in client.post(APP, {"code": totp(again)}).content.decode()


def test_secrets_are_encrypted_and_a_lost_key_refuses_without_an_error(phone, settings, caplog):
    secret, codes = phone
    stored = json.dumps([row.data for row in Authenticator.objects.all()])
    assert secret not in stored and not any(code.replace(" ", "") in stored for code in codes)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "một khóa mới"
    browser, _ = password_typed("thon1")
    assert browser.post(STEP, {"code": codes[0]}).status_code == 302  # a changed key with the old one at hand
    settings.SECRET_KEY_FALLBACKS = []
    settings.SECRET_KEY = "khóa khác nữa"
    browser, _ = password_typed("thon1")
    assert browser.post(STEP, {"code": totp(secret)}).status_code == 422
    assert "cannot be decrypted" in caplog.text


def test_removing_the_last_way_removes_the_recovery_codes_and_is_logged(phone, clock):
    secret, _ = phone
    browser, _ = password_typed("thon1")
    browser.post(STEP, {"code": totp(secret)})
    row = Authenticator.objects.get(type="totp")
    clock.shift(timedelta(minutes=16))
    path = f"{PAGE}go/?cach={row.pk}"
    assert "cách cuối cùng" in browser.get(path).content.decode()
    assert browser.post(path, {"own_password": "sai-mat-khau"}).status_code == 422
    assert browser.post(path, {"own_password": DEMO_PASSWORD})["Location"] == PAGE
    assert not Authenticator.objects.exists() and acts()[-1] == "second_step_off"
    for again in (browser.post(path, follow=True), browser.get(path, follow=True)):  # in a second window
        assert again.redirect_chain == [(PAGE, 302)] and "bạn đã gỡ rồi" in again.content.decode()
    assert browser.get(f"{PAGE}go/?cach={row.pk + 999}").status_code == 404
    assert password_typed("thon1")[1]["Location"] == "/"


def test_a_stranger_cannot_remove_the_way_of_another(phone, signed_in):
    row = Authenticator.objects.get(type="totp")
    for chosen in (row.pk, "", "x", "9" * 30):
        path = f"{PAGE}go/?cach={chosen}"
        assert signed_in("thon2").post(path, {"own_password": DEMO_PASSWORD}).status_code == 404
    assert Authenticator.objects.count() == 2


def test_new_recovery_codes_end_the_old_ones(phone, clock):
    secret, codes = phone
    browser, _ = password_typed("thon1")
    browser.post(STEP, {"code": totp(secret)})
    answer = browser.post(f"{PAGE}ma-du-phong/")
    fresh = answer.context["codes"]
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    assert password_typed("thon1")[0].post(STEP, {"code": codes[0]}).status_code == 422
    assert password_typed("thon1")[0].post(STEP, {"code": fresh[0]}).status_code == 302
    LoginFailure.objects.all().delete()
    refused, _ = password_typed("thon2")
    assert "Chưa bật" in refused.post(f"{PAGE}ma-du-phong/").content.decode()
