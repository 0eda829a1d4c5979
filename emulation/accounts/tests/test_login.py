"""Signing in, throttling, one-time passwords."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emulation.accounts.backend import MAX_ADDRESS_LOGIN_FAILURES, MAX_LOGIN_FAILURES, WINDOW
from emulation.accounts.models import LoginFailure, User
from emulation.accounts.passwords import one_time_password

LOGIN = "/tai-khoan/dang-nhap/"
WAIT = "tạm khóa 15 phút"


def test_the_right_password_signs_in_and_changes_the_session(commune, client):
    client.get(LOGIN)
    before = client.session.session_key
    answer = client.post(LOGIN, {"username": " Thon1 ", "password": "sovang-2026"})
    assert answer.status_code == 302 and client.session.session_key != before


def test_the_same_message_for_a_wrong_name_and_a_wrong_password(commune, client):
    messages = [
        list(client.post(LOGIN, {"username": name, "password": "sai-mat-khau"}).context["form"].non_field_errors())
        for name in ("thon1", "khong-co-ai")
    ]
    assert messages[0] == messages[1] != []


def test_a_refused_sign_in_names_what_to_type_and_claims_no_password_is_kept(commune, client):
    html = client.post(LOGIN, {"username": "thon1", "password": ""}).content.decode()
    assert "Hãy nhập mục này." in html and 'value="thon1"' in html
    assert "Mật khẩu đã gõ không được giữ lại" in html and "vẫn còn nguyên" not in html


def sign_in(login: str, password: str = "sovang-2026", address: str = "127.0.0.1", **headers: str) -> HttpResponse:
    return Client(REMOTE_ADDR=address).post(LOGIN, {"username": login, "password": password}, **headers)


def fail(login: str, times: int = MAX_LOGIN_FAILURES, address: str = "127.0.0.1", **headers: str) -> None:
    for _ in range(times):
        sign_in(login, "sai-mat-khau", address, **headers)


def test_ten_wrong_passwords_make_the_client_wait_even_with_the_right_one(commune):
    fail("thon1")
    answer = sign_in("thon1")
    assert answer.status_code == 422 and WAIT in answer.content.decode()
    assert LoginFailure.objects.count() == MAX_LOGIN_FAILURES
    assert sign_in("thon2").status_code == 302


def test_wrong_passwords_from_another_address_do_not_lock_the_chair_out(commune):
    fail("chutich", MAX_LOGIN_FAILURES + 5, address="203.0.113.7")
    assert WAIT in sign_in("chutich", address="203.0.113.7").content.decode()
    assert sign_in("chutich", address="198.51.100.4").status_code == 302


def test_eight_addresses_together_do_not_lock_the_chair_out(commune):
    for number in range(1, 9):
        fail("chutich", MAX_LOGIN_FAILURES + 1, address=f"203.0.113.{number}")
    assert WAIT in sign_in("chutich", address="203.0.113.8").content.decode()
    assert sign_in("chutich", address="198.51.100.4").status_code == 302


def test_the_wait_ends_after_the_window_and_old_failures_are_removed(commune):
    with time_machine.travel(timezone.now()) as clock:
        fail("thon1")
        assert sign_in("thon1").status_code == 422
        clock.shift(WINDOW + timedelta(seconds=1))
        fail("thon2", 1)
        assert set(LoginFailure.objects.values_list("username", flat=True)) == {"thon2"}
        assert sign_in("thon1").status_code == 302


def test_signing_in_clears_only_the_failures_of_that_name_at_that_address(commune):
    fail("thon1", 9, "203.0.113.7")
    fail("thon1", 9, "198.51.100.4")
    fail("thon2", 9, "203.0.113.7")
    assert sign_in("thon1", address="203.0.113.7").status_code == 302
    left = set(LoginFailure.objects.values_list("username", "address"))
    assert left == {("thon1", "198.51.100.4"), ("thon2", "203.0.113.7")}


def test_one_address_that_tries_many_names_waits_for_all_of_them(commune):
    LoginFailure.objects.bulk_create(
        LoginFailure(username=f"ten-{number}", address="203.0.113.7")
        for number in range(MAX_ADDRESS_LOGIN_FAILURES - 1)
    )
    assert sign_in("thon1", "sai-mat-khau", "203.0.113.7").status_code == 422  # the hundredth
    assert WAIT in sign_in("thon2", address="203.0.113.7").content.decode()
    assert sign_in("thon2", address="198.51.100.4").status_code == 302


def test_existing_and_unknown_names_wait_with_the_same_message(commune):
    answers = []
    for login in ("thon1", "khong-co-ai"):
        fail(login)
        answers.append(sign_in(login))
    results = [(answer.status_code, list(answer.context["form"].non_field_errors())) for answer in answers]
    assert results[0] == results[1] and WAIT in results[0][1][0]


def statements(login: str) -> list[str]:
    """The kinds of SQL statements that one wrong password causes."""
    with CaptureQueriesContext(connection) as ran:
        assert authenticate(username=login, password="sai-mat-khau") is None
    return [query["sql"].split()[0] for query in ran if "django_session" not in query["sql"]]


def test_a_wrong_password_takes_the_same_work_for_existing_and_unknown_names(commune):
    """The first failure in a window: an audit entry for an existing name, a write that changes nothing for an unknown one."""
    existing = statements("thon1")
    unknown = statements("khong-co-ai")
    before = existing.index("SAVEPOINT")
    assert existing[: before + 1] == unknown[: before + 1]
    assert existing[-2:] == unknown[-2:] == ["UPDATE", "RELEASE"]
    assert statements("thon1") == statements("khong-co-ai")


def test_a_forged_forwarded_header_does_not_make_another_client(commune):
    for number in range(MAX_LOGIN_FAILURES):
        fail("thon1", 1, "203.0.113.7", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert WAIT in sign_in("thon1", address="203.0.113.7", HTTP_X_FORWARDED_FOR="192.0.2.1").content.decode()


def test_behind_a_proxy_clients_are_distinguished_by_the_proxys_entry(commune, settings):
    settings.TRUSTED_PROXIES = 1
    settings.FORWARDED_ALLOW_IPS = ["127.0.0.1"]
    for number in range(MAX_LOGIN_FAILURES):  # the client's own entry comes before the proxy's
        fail("thon1", 1, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.7")
    assert sign_in("thon1", HTTP_X_FORWARDED_FOR="203.0.113.7").status_code == 422
    assert sign_in("thon1", HTTP_X_FORWARDED_FOR="192.0.2.1").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_next_is_restricted_to_this_host(commune, client, target):
    answer = client.post(LOGIN, {"username": "thon1", "password": "sovang-2026", "next": target})
    assert answer.status_code == 302 and "evil" not in answer["Location"] and "javascript" not in answer["Location"]


def test_a_one_time_password_of_earlier_must_still_be_changed_first(commune, client):
    """Accounts of `open_commune`, and those reset before there were slips."""
    head = User.objects.get(username="thon3")
    password = one_time_password()
    head.set_password(password)
    head.must_change_password = True
    head.save()
    answer = client.post(LOGIN, {"username": "thon3", "password": password})
    assert answer["Location"] == "/tai-khoan/mat-khau/"
    for path in ("/viec-cua-toi/", "/thi-dua/", "/khen-thuong/de-nghi/"):
        assert client.get(path)["Location"] == "/tai-khoan/mat-khau/"
    same = {"old_password": password, "new_password1": password, "new_password2": password}
    assert client.post("/tai-khoan/mat-khau/", same).status_code == 422
    change = {"old_password": password, "new_password1": "mot cau de nho", "new_password2": "mot cau de nho"}
    client.post("/tai-khoan/mat-khau/", change)
    head.refresh_from_db()
    assert head.check_password("mot cau de nho") and not head.must_change_password
    assert client.get("/viec-cua-toi/").status_code == 200


def test_a_post_without_a_csrf_token_is_refused_with_an_explanation(commune):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(LOGIN, {"username": "thon1", "password": "sovang-2026"})
    assert answer.status_code == 403 and "Trang này mở đã lâu" in answer.content.decode()


def test_a_short_or_common_or_local_password_is_refused(commune, client, signed_in):
    for bad in ("ngan", "1234567890", "Bình Lương 2026", "sovang-123456", "thon1 le van hoa"):
        answer = signed_in("thon1").post(
            "/tai-khoan/mat-khau/", {"old_password": "sovang-2026", "new_password1": bad, "new_password2": bad}
        )
        assert answer.status_code == 422
