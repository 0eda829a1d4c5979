"""A passkey in place of the own password before an act that asks for it: whose, how often, how long; wrong ones count."""

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from emulation.accounts.backend import MAX_LOGIN_FAILURES
from emulation.accounts.models import LoginFailure
from emulation.accounts.reauthentication import PASSKEY_KEY, PASSKEY_SECONDS
from emulation.accounts.sign_in_log import WRONG_AGAIN
from emulation.audit.models import AuditEntry
from emulation.core.formatting import format_date
from tests.cancelling import login_user
from tests.clients import let_password_age
from tests.html import page_of
from tests.software_passkey import SoftwarePasskey
from tests.test_passkey_sign_in import answer_of
from tests.test_password_again import TODAY, approved_paper

PASSKEY_AGAIN = "/tai-khoan/khoa-lan-nua/"


def at_localhost(browser):
    browser.defaults["HTTP_HOST"] = "localhost"
    return browser


def test_only_who_has_a_passkey_is_offered_it(commune, signed_in):
    paper = approved_paper("letter", commune)
    path = reverse("campaigns:issue_letter", args=[paper.pk])
    browser = at_localhost(let_password_age(signed_in("vanthu")))
    page = browser.get(path).content.decode()
    assert "data-passkey-again" not in page and "passkey.js" not in page
    refused = browser.post(PASSKEY_AGAIN)
    assert refused.status_code == 422 and "https" in refused.content.decode()
    SoftwarePasskey(login_user("vanthu"))
    page = browser.get(path).content.decode()
    assert f'data-passkey-again="{PASSKEY_AGAIN}"' in page and "passkey.js" in page
    question = json.loads(browser.post(PASSKEY_AGAIN).content)["publicKey"]
    assert question["userVerification"] == "required" and len(question["allowCredentials"]) == 1
    assert Client(HTTP_HOST="localhost").post(PASSKEY_AGAIN).status_code == 302  # signed out


def test_a_passkey_is_as_good_as_the_password(commune, signed_in):
    paper = approved_paper("letter", commune)
    passkey = SoftwarePasskey(login_user("vanthu"))
    browser = at_localhost(let_password_age(signed_in("vanthu")))
    answer = passkey.answer(browser.post(PASSKEY_AGAIN).content)
    assert browser.post(PASSKEY_AGAIN, {"credential": answer}).status_code == 204
    assert browser.post(PASSKEY_AGAIN, {"credential": answer}).status_code == 422  # one question, one answer
    path = reverse("campaigns:issue_letter", args=[paper.pk])
    assert browser.post(path, {"issued_on": format_date(TODAY), "own_password": ""}).status_code == 302
    paper.refresh_from_db()
    assert paper.document.number
    other = approved_paper("campaign", commune)
    assert "Mật khẩu của bạn" not in page_of(browser.get(reverse("campaigns:issue_campaign", args=[other.pk])))


def test_a_passkey_of_a_colleague_or_one_that_checks_nobody_is_refused(commune, signed_in):
    clerk = login_user("vanthu")
    own = SoftwarePasskey(clerk)
    foreign = SoftwarePasskey(login_user("vanphong"))
    browser = at_localhost(let_password_age(signed_in("vanthu")))
    for passkey, checks_user in ((foreign, True), (own, False)):
        answer = passkey.answer(browser.post(PASSKEY_AGAIN).content, checks_user=checks_user)
        assert browser.post(PASSKEY_AGAIN, {"credential": answer}).status_code == 422
    assert LoginFailure.objects.filter(username="vanthu").count() == 2


@pytest.mark.parametrize("answer", ["x", "[]", "{}", '{"response": 1}', None])
def test_a_passkey_that_does_not_fit_counts_as_a_wrong_password_and_the_act_is_not_done(commune, signed_in, answer):
    paper = approved_paper("letter", commune)
    clerk = login_user("vanthu")
    SoftwarePasskey(clerk)
    browser = at_localhost(let_password_age(signed_in("vanthu")))
    browser.post(PASSKEY_AGAIN)
    refused = browser.post(PASSKEY_AGAIN, {"credential": answer or answer_of(user_pk_to_url_str(clerk))})
    assert refused.status_code == 422 and "Khóa này không phải của bạn" in refused.content.decode()
    assert LoginFailure.objects.filter(username="vanthu").count() == 1
    assert AuditEntry.objects.filter(act=WRONG_AGAIN, subject_id=clerk.pk).exists()
    path = reverse("campaigns:issue_letter", args=[paper.pk])
    assert browser.post(path, {"issued_on": format_date(TODAY)}).status_code == 422
    for _ in range(MAX_LOGIN_FAILURES):
        refused = browser.post(PASSKEY_AGAIN, {"credential": "x"})
    assert "chờ 15 phút" in refused.content.decode()


def test_a_used_passkey_counts_for_one_form_and_one_minute(commune, signed_in, settings):
    settings.PASSWORD_AGAIN_MINUTES = 0
    letter = approved_paper("letter", commune)
    campaign = approved_paper("campaign", commune)
    browser = let_password_age(signed_in("vanthu"))
    first = reverse("campaigns:issue_letter", args=[letter.pk])
    second = reverse("campaigns:issue_campaign", args=[campaign.pk])

    def use_passkey():
        session = browser.session
        session[PASSKEY_KEY] = int(timezone.now().timestamp())
        session.save()

    use_passkey()
    day = {"issued_on": format_date(TODAY)}
    assert [browser.post(path, day).status_code for path in (first, second)] == [302, 422]
    use_passkey()
    with time_machine.travel(timezone.now() + timedelta(seconds=PASSKEY_SECONDS + 1)):
        assert browser.post(second, day).status_code == 422
