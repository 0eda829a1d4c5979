"""The second step of somebody who lost phone and recovery codes: who removes it, and what a slip leaves as it is."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command

from emulation.accounts.models import AccountRequest
from emulation.audit.models import AuditEntry
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.models import Notification
from tests.second_step_helpers import STEP, is_signed_in, password_typed, totp
from villages.actions import accounts
from villages.tests.account_helpers import page, set_password, show_code, with_password

REASON = "mất điện thoại, đã gọi hỏi"
REMOVE = "go-hai-buoc/"


@pytest.fixture
def secret_of(user):
    """`secret_of("thon1")` switches on an app for the user; returns its secret."""

    def switch_on(login):
        secret = generate_totp_secret()
        TOTP.activate(user(login), secret)
        RecoveryCodes.activate(user(login))
        return secret

    return switch_on


def test_the_office_removes_the_second_step_of_a_head_with_a_reason(commune, signed_in, user, secret_of):
    secret_of("thon3")
    session = signed_in("thon3")
    shown = signed_in("vanphong").get(page("thon3")).content.decode()
    assert "Gỡ khi mất điện thoại" in shown and page("thon3", REMOVE) in shown
    assert signed_in("vanphong").post(page("thon3", REMOVE), with_password(reason="")).status_code == 422
    assert Authenticator.objects.exists()
    assert signed_in("vanphong").post(page("thon3", REMOVE), with_password(reason=REASON)).status_code == 302
    assert not Authenticator.objects.exists() and not is_signed_in(session)
    entry = AuditEntry.objects.get(act="accounts.remove_second_step")
    assert entry.actor_label.startswith("Nguyễn Thị Hồng Thơm") and "thon3" in str(entry.facts)
    assert "đã được gỡ" in Notification.objects.get(user=user("thon3")).text
    assert password_typed("thon3")[1]["Location"] == "/"
    again = signed_in("vanphong").post(page("thon3", REMOVE), with_password(reason=REASON))
    assert again.status_code == 422 and "không bật xác nhận hai bước" in again.content.decode()


def test_that_of_a_protected_account_waits_for_a_second_person(commune, signed_in, user, secret_of):
    secret_of("chutich")
    for by in ("vanphong", "quantri"):
        with pytest.raises(NotAllowed, match="người thứ hai"):
            accounts.remove_second_steps(by=user(by), user=user("chutich"), reason=REASON)
    answer = signed_in("quantri").post(page("chutich", REMOVE), with_password(reason=REASON))
    request = AccountRequest.objects.get(kind=AccountRequest.SECOND_STEP)
    address = f"/don-vi/yeu-cau-tai-khoan/{request.pk}/"
    assert answer["Location"] == address and Authenticator.objects.exists()
    assert "Gỡ xác nhận hai bước" in signed_in("vanthu").get(address).content.decode()
    assert signed_in("vanthu").post(f"{address}xac-nhan/").status_code == 302
    assert Authenticator.objects.exists()
    assert signed_in("quantri").post(f"{address}thuc-hien/", with_password()).status_code == 302
    assert not Authenticator.objects.exists()
    assert user("chutich").has_usable_password()


def test_it_cannot_be_asked_for_where_there_is_none_nor_done_for_oneself(commune, signed_in, user, secret_of):
    answer = signed_in("quantri").post(page("chutich", REMOVE), with_password(reason=REASON))
    assert answer.status_code == 422 and not AccountRequest.objects.exists()
    secret_of("vanphong")
    with pytest.raises(NotAllowed, match="của mình"):
        accounts.remove_second_steps(by=user("vanphong"), user=user("vanphong"), reason=REASON)
    with pytest.raises(RuleBroken):
        accounts.remove_second_steps(by=user("vanphong"), user=user("thon2"), reason=REASON)
    assert signed_in("thon1").get(page("thon2", REMOVE)).status_code == 403


def test_a_slip_replaces_the_password_only(commune, user, office, secret_of):
    secret = secret_of("thon3")
    code = accounts.reset_password(by=office, user=user("thon3"))
    browser, _ = show_code("thon3", code)
    assert set_password(browser)["Location"] == STEP and not is_signed_in(browser)
    assert browser.post(STEP, {"code": totp(secret)}).status_code == 302
    assert is_signed_in(browser)
    acts = AuditEntry.objects.filter(subject_id=user("thon3").pk, subject_type="accounts.User").order_by("seq")
    assert list(acts.values_list("act", flat=True)) == ["accounts.set_password", "accounts.sign_in"]


def test_the_operator_keeps_it_without_the_option(commune, user, secret_of):
    secret_of("chutich")
    call_command("reset_login", "chutich")
    assert Authenticator.objects.count() == 2
    call_command("reset_login", "chutich", without_second_step=True)
    assert not Authenticator.objects.exists()
    facts = [entry.facts["second_step"] for entry in AuditEntry.objects.filter(act="accounts.reset_on_server")]
    assert sorted(facts) == ["kept", "removed"]
    assert "hai bước đã được gỡ" in Notification.objects.filter(user=user("chutich")).latest("pk").text
