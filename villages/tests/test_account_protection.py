"""Nobody becomes the chair alone: every way round the second person that we could think of, and the way out of the server."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from emulation.accounts.models import AccountRequest, PasswordSlip, User
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.models import Notification
from tests.clients import let_password_age
from villages.actions import account_requests as requests
from villages.actions import accounts
from villages.actions.account_requests import NOBODY_LEFT, Subject
from villages.actions.account_roles import assign_role
from villages.queries.account_roles import RoleGrant
from villages.tests.account_helpers import page, set_password, show_code, with_password

pytestmark = pytest.mark.both_databases

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


# ── an administrator who wants to be the chair ───────────────────────────────────────────────────
def test_no_act_on_a_protected_account_goes_without_a_request(commune, administrator, office, user):
    chair = user("chutich")
    for by in (administrator, office):
        for target in ("chutich", "vanthu", "phongnoivu"):
            with pytest.raises(NotAllowed, match="người thứ hai"):
                accounts.reset_password(by=by, user=user(target))
        with pytest.raises(NotAllowed, match="người thứ hai"):
            assign_role(by=by, commune=commune, grant=role_grant(user("thon1"), Role.chair))
        with pytest.raises(NotAllowed, match="người thứ hai"):
            assign_role(by=by, commune=commune, grant=role_grant(user("thon1"), Role.chair, chair))
        with pytest.raises(NotAllowed, match="người thứ hai"):
            new = accounts.NewAccount("chutich2", "Lê Văn Tám")
            grant = RoleGrant(None, "Lê Văn Tám", Role.chair, None, timezone.localdate())
            accounts.add_account(by=by, commune=commune, account=new, grant=grant)
        with pytest.raises(NotAllowed, match="Không tự giao"):
            assign_role(by=by, commune=commune, grant=role_grant(by, Role.chair))
        with pytest.raises(NotAllowed, match="Không tự giao"):
            grant = role_grant(by, Role.chair)
            subject = Subject(AccountRequest.GIVE_ROLE, by, grant)
            requests.ask(by=by, commune=commune, subject=subject, reason=REASON)
    accounts.lock_account(by=administrator, user=chair, reason="thử xem sao")
    with pytest.raises(NotAllowed, match="người thứ hai"):
        accounts.unlock_account(by=administrator, user=chair, reason="thử xem sao")
    assert not PasswordSlip.objects.exists() and not User.objects.filter(username="chutich2").exists()


def test_who_is_to_be_chair_is_protected_before_the_first_day(commune, administrator, user):
    Membership.objects.create(
        commune=commune, user_id=user("thon1").pk, role="chair", starts_on=timezone.localdate() + timedelta(days=5)
    )
    with pytest.raises(NotAllowed, match="người thứ hai"):
        accounts.reset_password(by=administrator, user=user("thon1"))


def test_who_is_asked_to_be_chair_is_protected_until_that_is_decided(commune, administrator, user):
    """Else the administrator prints a slip for them between the confirmation and the first day."""
    grant = role_grant(user("hoidong2"), Role.chair)
    subject = Subject(AccountRequest.GIVE_ROLE, user("hoidong2"), grant)
    request = requests.ask(by=administrator, commune=commune, subject=subject, reason=REASON)
    for _ in range(2):
        with pytest.raises(NotAllowed, match="người thứ hai"):
            accounts.reset_password(by=administrator, user=user("hoidong2"))
        if request.state == "asked":
            requests.confirm_request(by=user("vanthu"), request=request)
    requests.withdraw_request(by=administrator, request=request)
    assert accounts.reset_password(by=administrator, user=user("hoidong2"))


def test_the_contact_details_of_others_cannot_be_changed(commune, signed_in, user):
    before = user("chutich").phone, user("chutich").email
    signed_in("quantri").post("/tai-khoan/cua-toi/", {"phone": "0912345678", "email": "toi@vidu.vn", "user": "chutich"})
    assert (user("chutich").phone, user("chutich").email) == before and user("quantri").email == "toi@vidu.vn"
    # No other page has a field for them: the forms of an account that exists ask for neither.
    for act in ("cap-lai/", "khoa/", "giao-vai/", "thoi-vai/", "chuyen-giao/"):
        text = signed_in("quantri").get(page("chutich", act)).content.decode()
        assert 'name="email"' not in text and 'name="phone"' not in text


def test_neither_the_asker_nor_the_owner_nor_who_gains_confirms(commune, ask_reset, user, signed_in):
    request = ask_reset()
    for login in ("quantri", "chutich"):
        assert signed_in(login).post(address(request, "xac-nhan/")).status_code == 403
        assert signed_in(login).get(address(request)).status_code == 200
    grant = role_grant(user("vanthu"), Role.chair)
    gain = requests.ask(
        by=user("quantri"), commune=commune, subject=Subject(AccountRequest.GIVE_ROLE, user("vanthu"), grant), reason=REASON
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        requests.confirm_request(by=user("vanthu"), request=gain)


def test_a_second_session_of_the_asker_is_still_the_asker(commune, ask_reset, signed_in):
    request = ask_reset()
    first = signed_in("quantri")
    second = signed_in("quantri")
    assert first.post(address(request, "xac-nhan/")).status_code == 403
    assert second.post(address(request, "xac-nhan/")).status_code == 403


def test_an_account_that_the_asker_made_does_not_confirm(commune, ask_reset, administrator, user):
    new = accounts.NewAccount("tam.lv", "Lê Văn Tám")
    grant = RoleGrant(None, "Lê Văn Tám", Role.office, None, timezone.localdate())
    accounts.add_account(by=administrator, commune=commune, account=new, grant=grant)
    request = ask_reset()
    with pytest.raises(NotAllowed):
        requests.confirm_request(by=user("tam.lv"), request=request)
    browser = Client()
    browser.force_login(user("tam.lv"))
    assert "Xác nhận yêu cầu" not in browser.get("/viec-cua-toi/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        late = ask_reset(of="vanthu")
        requests.confirm_request(by=user("tam.lv"), request=late)


def test_an_account_whose_slip_or_role_came_from_the_asker_does_not_confirm(commune, ask_reset, administrator, user):
    request = ask_reset()
    accounts.reset_password(by=administrator, user=user("vanphong"))
    with pytest.raises(NotAllowed):
        requests.confirm_request(by=user("vanphong"), request=request)
    assign_role(by=administrator, commune=commune, grant=role_grant(user("hoidong2"), Role.office))
    with pytest.raises(NotAllowed):
        requests.confirm_request(by=user("hoidong2"), request=request)


def test_a_chain_of_accounts_and_a_puppet_that_asks_do_not_help(commune, administrator, ask_reset, user):
    """The administrator takes the office over; as the office they make an account, or ask and confirm as administrator."""
    accounts.reset_password(by=administrator, user=user("vanphong"))
    request = ask_reset()
    new = accounts.NewAccount("tam.lv", "Lê Văn Tám")
    grant = RoleGrant(None, "Lê Văn Tám", Role.office, None, timezone.localdate())
    accounts.add_account(by=user("vanphong"), commune=commune, account=new, grant=grant)
    with pytest.raises(NotAllowed):
        requests.confirm_request(by=user("tam.lv"), request=request)
    by_puppet = ask_reset("vanphong", "vanthu")
    for login in ("quantri", "tam.lv"):
        with pytest.raises(NotAllowed):
            requests.confirm_request(by=user(login), request=by_puppet)
    requests.confirm_request(by=user("chutich"), request=by_puppet)


def test_two_confirmations_of_one_moment(commune, ask_reset, user):
    request = ask_reset()
    stale = AccountRequest.objects.get(pk=request.pk)
    requests.confirm_request(by=user("vanthu"), request=request)
    with pytest.raises(RuleBroken):
        requests.confirm_request(by=user("vanphong"), request=stale)
    with pytest.raises(RuleBroken):
        requests.refuse_request(by=user("vanphong"), request=stale, reason="không đồng ý")
    assert AuditEntry.objects.filter(act="accounts.confirm_request").count() == 1


def test_a_slip_of_a_confirmed_request_goes_to_the_asker_only(commune, ask_reset, user, signed_in):
    request = ask_reset()
    requests.confirm_request(by=user("vanthu"), request=request)
    for login in ("vanthu", "vanphong", "chutich"):
        assert signed_in(login).post(address(request, "thuc-hien/"), with_password()).status_code == 403
    assert let_password_age(signed_in("quantri")).post(address(request, "thuc-hien/"), {}).status_code == 422
    assert not PasswordSlip.objects.exists()


# ── where nobody is left ─────────────────────────────────────────────────────────────────────────
def test_where_nobody_can_confirm_the_way_on_is_named(commune, ask_reset, user):
    for login in ("vanphong", "vanthu"):
        User.objects.filter(username=login).update(is_active=False)
    with pytest.raises(RuleBroken) as refused:
        ask_reset()
    assert refused.value.message == NOBODY_LEFT and "reset_login" in NOBODY_LEFT


def test_the_operator_resets_on_the_server_which_is_logged_and_notified(commune, user, capsys):
    User.objects.filter(username="chutich").update(is_active=False)
    call_command("reset_login", "chutich")
    code = capsys.readouterr().out.split("mã ")[1][:9]
    browser, _ = show_code("chutich", code)
    assert set_password(browser).status_code == 302
    entry = AuditEntry.objects.get(act="accounts.reset_on_server")
    assert (entry.actor_label, entry.subject_id) == ("hệ thống", user("chutich").pk)
    assert "máy chủ" in Notification.objects.filter(user=user("chutich")).order_by("pk")[0].text
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("reset_login", "khong-co")
    Membership.objects.filter(user_id=user("thon1").pk).delete()
    head = user("thon1")
    clear_capacity_cache(head)
    with pytest.raises(CommandError, match="không giữ vai nào"):
        call_command("reset_login", "thon1")
