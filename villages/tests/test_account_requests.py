"""A second person for protected accounts: the life of a request."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from emulation.accounts.models import AccountRequest, PasswordSlip, User
from emulation.audit.models import AuditEntry
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.notices.models import Notification
from villages.actions import account_requests as requests
from villages.actions import accounts
from villages.actions.account_requests import Subject
from villages.queries.account_roles import RoleGrant
from villages.tests.account_helpers import code_of, page, send_twice, set_password, show_code, with_password

RESET = AccountRequest.RESET
REASON = "quên mật khẩu, đã gọi điện"


@pytest.fixture
def ask_reset(commune, user):
    def ask(by="quantri", of="chutich"):
        return requests.ask(by=user(by), commune=commune, subject=Subject(RESET, user(of)), reason=REASON)

    return ask


def address(request, act=""):
    return f"/don-vi/yeu-cau-tai-khoan/{request.pk}/{act}"


def role_grant(user, role, instead_of=None, days=0):
    return RoleGrant(user, user.full_name, role, None, timezone.localdate() + timedelta(days=days), instead_of)


# ── its life ─────────────────────────────────────────────────────────────────────────────────────
def test_the_chairs_slip_is_printed_after_a_second_person_confirmed(commune, signed_in, user):
    answer = signed_in("quantri").post(page("chutich", "cap-lai/"), with_password(reason=REASON))
    request = AccountRequest.objects.get()
    assert answer["Location"] == address(request) and not PasswordSlip.objects.exists()
    assert user("chutich").has_usable_password()
    assert "yêu cầu về tài khoản" in Notification.objects.get(user=user("chutich")).text
    assert REASON in Notification.objects.get(user=user("vanthu")).text
    titles = {login: signed_in(login).get("/viec-cua-toi/").content.decode() for login in ("vanthu", "quantri")}
    assert "Xác nhận yêu cầu về tài khoản" in titles["vanthu"]
    assert "Xác nhận yêu cầu về tài khoản" not in titles["quantri"]
    shown = signed_in("vanthu").get(address(request)).content.decode()
    assert REASON in shown and "Xác nhận" in shown and "Hoàng Thị Yên" in shown
    assert signed_in("vanthu").post(address(request, "xac-nhan/")).status_code == 302
    assert "Thực hiện yêu cầu đã được xác nhận" in signed_in("quantri").get("/viec-cua-toi/").content.decode()
    answer = signed_in("quantri").post(address(request, "thuc-hien/"), with_password())
    browser, _ = show_code("chutich", code_of(answer))
    set_password(browser)
    assert browser.get("/viec-cua-toi/").status_code == 200
    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("done", user("vanthu"))
    again = signed_in("quantri").post(address(request, "thuc-hien/"), with_password())
    assert again.status_code == 422 and PasswordSlip.objects.count() == 1
    acts = AuditEntry.objects.filter(act__startswith="accounts.").order_by("seq").values_list("act", flat=True)
    assert list(acts)[:4] == [
        "accounts.ask", "accounts.confirm_request", "accounts.reset", "accounts.carry_out_request",
    ]  # fmt: skip


def test_a_refusal_has_a_reason_that_the_asker_reads(commune, signed_in, ask_reset, user):
    request = ask_reset()
    assert signed_in("vanthu").post(address(request, "tu-choi/"), {"reason": ""}).status_code == 422
    assert signed_in("vanthu").post(address(request, "tu-choi/"), {"reason": "ông ấy không nhờ"}).status_code == 302
    assert "ông ấy không nhờ" in Notification.objects.filter(user=user("quantri")).latest("pk").text
    assert signed_in("vanphong").post(address(request, "xac-nhan/")).status_code == 302
    request.refresh_from_db()
    assert request.state == "refused"
    assert "ông ấy không nhờ" in signed_in("quantri").get(address(request)).content.decode()


def test_the_asker_withdraws_also_what_was_confirmed(commune, ask_reset, user, signed_in):
    request = ask_reset()
    requests.confirm_request(by=user("vanthu"), request=request)
    assert signed_in("vanthu").post(address(request, "rut/")).status_code == 403
    assert signed_in("quantri").post(address(request, "rut/")).status_code == 302
    with pytest.raises(RuleBroken):
        requests.carry_out_request(by=user("quantri"), request=request)
    assert ask_reset().state == "asked"


def test_the_same_is_not_asked_twice(commune, ask_reset):
    ask_reset()
    with pytest.raises(RuleBroken, match="đang chờ"):
        ask_reset("vanphong")


def test_after_seven_days_a_request_is_over(commune, ask_reset, user):
    asked = ask_reset()
    confirmed = ask_reset(of="vanthu")
    requests.confirm_request(by=user("vanphong"), request=confirmed)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(RuleBroken, match="quá 7 ngày"):
            requests.confirm_request(by=user("vanthu"), request=asked)
        with pytest.raises(RuleBroken, match="quá 7 ngày"):
            requests.carry_out_request(by=user("quantri"), request=confirmed)
        assert (requests.expire_requests(), requests.expire_requests()) == (2, 0)
    asked.refresh_from_db()
    assert asked.state == "expired"
    assert "hết hạn" in Notification.objects.filter(user=user("quantri")).latest("pk").text
    assert AuditEntry.objects.filter(act="accounts.expire_request").count() == 2


def test_a_role_is_given_after_a_confirmation_and_begins_no_earlier(commune, signed_in, user):
    today = timezone.localdate()
    data = {"role": "chair", "unit": "", "starts_on": format_date(today), "reason": "Quyết định số 5"}
    send_twice(signed_in("vanphong"), page("hoidong2", "giao-vai/"), **data)
    request = AccountRequest.objects.get()
    assert not Membership.objects.filter(user_id=user("hoidong2").pk, role="chair").exists()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        requests.confirm_request(by=user("chutich"), request=request)
        requests.carry_out_request(by=user("vanphong"), request=request)
    row = Membership.objects.get(user_id=user("hoidong2").pk, role="chair")
    assert (row.starts_on, row.given_by_id) == (today + timedelta(days=2), user("vanphong").pk)


def test_the_chair_may_confirm_the_handover_of_the_own_role(commune, user):
    grant = role_grant(user("hoidong2"), Role.chair, user("chutich"), days=3)
    subject = Subject(AccountRequest.GIVE_ROLE, user("hoidong2"), grant)
    request = requests.ask(by=user("vanphong"), commune=commune, subject=subject, reason=REASON)
    requests.confirm_request(by=user("chutich"), request=request)
    requests.carry_out_request(by=user("vanphong"), request=request)
    assert Membership.objects.get(user_id=user("chutich").pk, role="chair").ends_on == grant.starts_on - timedelta(
        days=1
    )


def test_an_account_with_a_protected_role_is_made_after_a_confirmation(commune, signed_in, user):
    data = {
        "full_name": "Lê Văn Tám", "role": "clerk", "starts_on": format_date(timezone.localdate()),
        "reason": "Văn thư mới",
    }  # fmt: skip
    answer = send_twice(signed_in("vanphong"), "/don-vi/tai-khoan/them/", **data)
    request = AccountRequest.objects.get()
    assert answer["Location"] == address(request) and not User.objects.filter(username="tam.lv").exists()
    requests.confirm_request(by=user("chutich"), request=request)
    answer = signed_in("vanphong").post(address(request, "thuc-hien/"), with_password())
    assert code_of(answer) and Membership.objects.get(user_id=user("tam.lv").pk).role == "clerk"


def test_what_changed_meanwhile_is_checked_again(commune, ask_reset, user, signed_in):
    request = ask_reset()
    requests.confirm_request(by=user("vanthu"), request=request)
    accounts.lock_account(by=user("vanphong"), user=user("chutich"), reason="nghỉ hưu rồi")
    answer = signed_in("quantri").post(address(request, "thuc-hien/"), with_password())
    assert answer.status_code == 422 and "đang bị khóa" in answer.content.decode()
    request.refresh_from_db()
    assert request.state == "confirmed" and not PasswordSlip.objects.exists()


def test_strangers_of_another_commune_find_no_request(commune, other_commune, ask_reset, signed_in):
    request = ask_reset()
    for login in ("la-chutich", "la-vanthu", "la-quantri"):
        assert signed_in(login).get(address(request)).status_code == 404
        for act in ("xac-nhan/", "tu-choi/", "rut/", "thuc-hien/"):
            assert signed_in(login).post(address(request, act)).status_code in (403, 404)
    request.refresh_from_db()
    assert request.state == "asked"


@pytest.mark.parametrize("login", ["thon1", "hoidong2", "phongnoivu"])
def test_others_confirm_nothing(commune, ask_reset, signed_in, login):
    request = ask_reset()
    assert signed_in(login).get(address(request)).status_code == 403
    assert signed_in(login).post(address(request, "xac-nhan/")).status_code == 403
