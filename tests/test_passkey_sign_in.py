"""Sign-in with a passkey alone, without a browser: what is asked, refused, counted and logged; tests/browser signs in with one."""

import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from fido2.utils import websafe_encode

from emulation.accounts.backend import MAX_LOGIN_FAILURES
from emulation.accounts.models import LoginFailure
from emulation.accounts.passkey_sign_in import UNKNOWN_KEY
from emulation.accounts.sign_in_log import PASSKEY_FAILED, PASSKEY_SIGN_IN, WAIT
from emulation.audit.models import AuditEntry
from tests.html import page_of
from tests.second_step_helpers import LOGIN, is_signed_in, password_typed

PASSKEY = "/tai-khoan/dang-nhap/khoa/"


@pytest.fixture
def browser():
    """At a name at which browsers offer passkeys."""
    return Client(HTTP_HOST="localhost")


def answer_of(user_pk, **response):
    """What a browser answers for a passkey of this user, with a signature that is none."""
    parts = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", **response}
    handle = {} if user_pk is None else {"userHandle": websafe_encode(user_pk.encode())}
    return json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {**parts, **handle}})


def test_the_question_asks_for_any_passkey_and_a_check_of_the_user(commune, browser):
    question = json.loads(browser.post(PASSKEY).content)["publicKey"]
    assert question["userVerification"] == "required" and not question.get("allowCredentials")
    again = json.loads(browser.post(PASSKEY).content)["publicKey"]
    assert again["challenge"] != question["challenge"]


@pytest.mark.parametrize("answer", ["x", "[]", "{}", "null", '{"response": 1}', '{"response": {"userHandle": "////"}}'])
def test_an_answer_that_no_browser_sends_is_refused(commune, browser, answer):
    browser.post(PASSKEY)
    refused = browser.post(PASSKEY, {"credential": answer})
    assert refused.status_code == 422 and "Chưa đăng nhập được bằng khóa này" in page_of(refused)
    assert LoginFailure.objects.get().username == UNKNOWN_KEY and not is_signed_in(browser)


def test_a_failed_passkey_counts_like_a_wrong_password_of_its_user(commune, browser, village_head):
    for _ in range(MAX_LOGIN_FAILURES):
        browser.post(PASSKEY)
        assert browser.post(PASSKEY, {"credential": answer_of(user_pk_to_url_str(village_head))}).status_code == 422
    assert LoginFailure.objects.filter(username="thon1").count() == MAX_LOGIN_FAILURES
    acts = AuditEntry.objects.filter(subject_id=village_head.pk).values_list("act", flat=True)
    assert list(acts.filter(act=PASSKEY_FAILED)) == [PASSKEY_FAILED] and WAIT in acts and PASSKEY_SIGN_IN not in acts
    waits = browser.post(PASSKEY, {"credential": answer_of(user_pk_to_url_str(village_head))})
    assert "tạm khóa 15 phút" in page_of(waits)
    _, password = password_typed("thon1")  # from the same address
    assert "tạm khóa 15 phút" in page_of(password)
    elsewhere, _ = password_typed("thon1", address="10.1.2.3")
    assert is_signed_in(elsewhere)


def test_nobody_is_named_by_an_unknown_handle(commune, browser):
    for handle in ("999999999", "x" * 300, None):
        browser.post(PASSKEY)
        assert browser.post(PASSKEY, {"credential": answer_of(handle)}).status_code == 422
    assert set(LoginFailure.objects.values_list("username", flat=True)) == {UNKNOWN_KEY}


def test_where_browsers_have_no_passkeys_the_page_names_the_password(commune):
    visitor = Client()
    assert "data-passkey" not in visitor.get(LOGIN, HTTP_HOST="127.0.0.1").content.decode()
    refused = visitor.post(PASSKEY, HTTP_HOST="127.0.0.1")
    assert refused.status_code == 422 and "tên miền có https" in page_of(refused)


def test_the_pages_of_allauth_are_not_routed(commune, browser):
    for path in ("/accounts/signup/", "/accounts/login/", "/accounts/2fa/webauthn/login/", "/accounts/signup/passkey/"):
        assert browser.get(path).status_code == 404
