"""A slip from its print to the new password: once, the newest, for 72 hours; refusals that say whom to call."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emulation.accounts.backend import MAX_LOGIN_FAILURES, verify_slip_code
from emulation.accounts.models import LoginFailure, PasswordSlip, User
from emulation.accounts.slips import make_slip, use_slip
from emulation.audit.models import AuditEntry
from emulation.communes.models import Membership
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.models import Mail, Notification
from tests.clients import let_password_age
from villages.actions import accounts as actions
from villages.actions.account_roles import raise_session_series
from villages.tests.account_helpers import (
    GOOD,
    LOGIN,
    NEW_PASSWORD,
    code_of,
    page,
    set_password,
    show_code,
    with_password,
)

PHONE = "0237"


@pytest.fixture
def head(commune):
    return User.objects.get(username="thon3")


@pytest.fixture
def slip(head, office):
    return actions.reset_password(by=office, user=head)


def test_the_office_prints_a_slip_and_its_holder_sets_a_password(commune, head, signed_in):
    User.objects.filter(pk=head.pk).update(email="duc@vidu.vn")
    old_session = signed_in("thon3")
    answer = signed_in("vanphong").post(page("thon3", "cap-lai/"), with_password(reason=""))
    code = code_of(answer)
    assert "no-store" in answer["Cache-Control"] and "data:image/svg" in answer.content.decode()
    assert old_session.get("/viec-cua-toi/").status_code == 302
    head.refresh_from_db()
    assert not head.has_usable_password()
    listed = "/don-vi/tai-khoan/?q=thon3"
    assert "Chưa đặt mật khẩu" in signed_in("vanphong").get(listed).content.decode()
    assert code.replace("-", "") not in PasswordSlip.objects.get().code_hash
    browser, shown = show_code(" Thon3 ", code.upper())
    assert shown["Location"] == NEW_PASSWORD and "_auth_user_id" not in browser.session
    assert browser.get("/viec-cua-toi/").status_code == 302
    assert "Đặt mật khẩu mới" in browser.get(NEW_PASSWORD).content.decode()
    assert set_password(browser).status_code == 302
    assert "Chưa đặt mật khẩu" not in signed_in("vanphong").get(listed).content.decode()
    assert browser.get("/viec-cua-toi/").status_code == 200
    assert authenticate(username="thon3", password=GOOD) == head
    acts = AuditEntry.objects.filter(act__startswith="accounts.").order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["accounts.reset", "accounts.set_password"]
    notice, used = Notification.objects.filter(user=head).order_by("pk")
    assert "phiếu" in notice.text and "Nguyễn Thị Hồng Thơm" in notice.text and PHONE in notice.text
    assert used.text.startswith("Mật khẩu mới của bạn vừa được đặt bằng phiếu") and PHONE in used.text
    assert [mail.body for mail in Mail.objects.filter(user=head).order_by("pk")] == [notice.text, used.text]


def test_the_address_of_the_qr_code_shows_no_secret_to_a_server(commune, head, slip):
    answer = Client().get("/tai-khoan/phieu/")
    assert answer.status_code == 200 and slip not in answer.content.decode()
    browser = Client()
    assert browser.post("/tai-khoan/phieu/", {"username": "thon3", "password": slip})["Location"] == NEW_PASSWORD
    bad = Client().post("/tai-khoan/phieu/", {"username": "thon3", "password": "khong-phai-ma-dau"})
    assert bad.status_code == 422 and "tám chữ" in bad.content.decode()


def refusal(login, code):
    _, answer = show_code(login, code)
    assert answer.status_code == 422
    return answer.content.decode()


def test_a_used_a_replaced_and_an_expired_slip_are_refused_each_with_the_way_on(commune, head, slip, office):
    browser, _ = show_code("thon3", slip)
    set_password(browser)
    text = refusal("thon3", slip)
    assert "đã dùng rồi" in text and PHONE in text
    second = actions.reset_password(by=office, user=head)
    third = actions.reset_password(by=office, user=head)
    assert "phiếu mới hơn" in refusal("thon3", second)
    with time_machine.travel(timezone.now() + timedelta(hours=71, minutes=59), tick=False):
        assert show_code("thon3", third)[1].status_code == 302
    with time_machine.travel(timezone.now() + timedelta(hours=72, minutes=1), tick=False):
        text = refusal("thon3", third)
        assert "đã hết hạn" in text and PHONE in text


def test_a_slip_that_ends_while_the_new_password_is_typed_is_refused(commune, head, slip, office):
    browser, _ = show_code("thon3", slip)
    actions.reset_password(by=office, user=head)
    answer = set_password(browser)
    assert answer.status_code == 422 and "phiếu mới hơn" in answer.content.decode()
    assert authenticate(username="thon3", password=GOOD) is None


def test_of_two_who_hold_the_same_slip_only_one_sets_a_password(commune, head, slip):
    first, _ = show_code("thon3", slip)
    second, _ = show_code("thon3", slip)
    assert set_password(first).status_code == 302
    late = set_password(second, "một mật khẩu khác hẳn")
    assert late.status_code == 422 and "đã dùng rồi" in late.content.decode()
    assert authenticate(username="thon3", password=GOOD) == head and "_auth_user_id" not in second.session


def test_the_update_and_not_the_check_before_it_decides(commune, head, slip):
    """Both requests read the slip while it was open."""
    stale_one = PasswordSlip.objects.get()
    stale_other = PasswordSlip.objects.get()
    use_slip(stale_one, password=GOOD, address="")
    with pytest.raises(RuleBroken, match="đã dùng rồi"):
        use_slip(stale_other, password="một mật khẩu khác hẳn", address="")
    assert authenticate(username="thon3", password=GOOD) == head


def test_a_locked_account_sets_no_password(commune, head, slip, office):
    browser, _ = show_code("thon3", slip)
    User.objects.filter(pk=head.pk).update(is_active=False)
    answer = set_password(browser)
    assert answer.status_code == 422 and "đang bị khóa" in answer.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in refusal("thon3", slip)


def test_without_a_code_shown_in_this_session_there_is_no_new_password(commune, head, slip):
    assert Client().get(NEW_PASSWORD)["Location"] == "/tai-khoan/phieu/"
    assert set_password(Client())["Location"] == "/tai-khoan/phieu/"
    browser, _ = show_code("thon3", slip)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert set_password(browser)["Location"] == "/tai-khoan/phieu/"


@pytest.mark.parametrize("bad", ["ngan", "binh luong 2026", "luong van duc 1969", "{code}-{code}", "{code} 12"])
def test_a_poor_password_is_refused_and_the_slip_stays(commune, head, slip, bad):
    browser, _ = show_code("thon3", slip)
    assert set_password(browser, bad.format(code=slip)).status_code == 422
    assert browser.post(NEW_PASSWORD, {"new_password1": GOOD, "new_password2": "khác hẳn nhau"}).status_code == 422
    assert set_password(browser).status_code == 302


def test_who_begins_later_cannot_take_the_name_of_the_commune_either(commune, head, slip):
    Membership.objects.filter(user_id=head.pk).update(starts_on=timezone.localdate() + timedelta(days=9))
    browser, _ = show_code("thon3", slip)
    refused = set_password(browser, "Bình Lương")
    assert refused.status_code == 422 and "chỉ gồm tên xã" in refused.content.decode()


# ── throttling, enumeration ──────────────────────────────────────────────────────────────────────
def test_wrong_codes_wait_like_wrong_passwords_for_known_and_unknown_names(commune, head, slip):
    for login in ("thon3", "khong-co-ai"):
        answers = [show_code(login, "aaaa-bbbb")[1] for _ in range(MAX_LOGIN_FAILURES + 1)]
        texts = [list(answer.context["form"].non_field_errors()) for answer in answers]
        assert "chưa đúng" in texts[0][0] and "tạm khóa 15 phút" in texts[-1][0]
    assert "tạm khóa" in refusal("thon3", slip)


def test_the_same_words_and_the_same_work_for_a_wrong_code_and_an_unknown_name(commune, head, slip):
    show_code("thon3", "aaaa-bbbb")
    show_code("khong-co-ai", "aaaa-bbbb")
    kinds = []
    for login in ("thon3", "khong-co-ai"):
        with CaptureQueriesContext(connection) as ran:
            assert verify_slip_code(login, "aaaabbbb", "").slip is None
        kinds.append([query["sql"].split()[0] for query in ran])
    assert kinds[0] == kinds[1]
    assert refusal("thon3", "aaaa-bbbb").count("chưa đúng") == refusal("khong-co-ai", "aaaa-bbbb").count("chưa đúng")


def test_a_slip_that_is_over_does_not_clear_the_count_of_wrong_passwords(commune, head, slip, office):
    actions.reset_password(by=office, user=head)
    for _ in range(3):
        Client().post(LOGIN, {"username": "thon3", "password": "sai-mat-khau"})
    show_code("thon3", slip)
    assert LoginFailure.objects.filter(username="thon3").count() == 4


def test_a_new_slip_ends_the_wait_for_the_name(commune, head, office):
    for _ in range(MAX_LOGIN_FAILURES):
        Client().post(LOGIN, {"username": "thon3", "password": "sai-mat-khau"})
    code = actions.reset_password(by=office, user=head)
    assert show_code("thon3", code)[1].status_code == 302


def test_the_code_of_one_user_is_none_of_another(commune, head, slip):
    assert "chưa đúng" in refusal("thon2", slip)


# ── who prints ───────────────────────────────────────────────────────────────────────────────────
def test_only_the_office_or_administrator_prints_and_only_for_colleagues(commune, other_commune, user, village_head):
    with pytest.raises(NotAllowed, match="dành cho Văn phòng"):
        actions.reset_password(by=village_head, user=User.objects.get(username="thon2"))
    with pytest.raises(NotAllowed, match="không thuộc xã"):
        actions.reset_password(by=user("vanphong"), user=User.objects.get(username="la-thon1"))
    assert not PasswordSlip.objects.exists()


def test_a_page_asks_for_the_own_password_and_keeps_what_was_typed(commune, head, signed_in):
    browser = let_password_age(signed_in("vanphong"))
    for own in ("", "sai-mat-khau"):
        answer = browser.post(page("thon3", "cap-lai/"), {"own_password": own, "reason": "mất điện thoại"})
        assert answer.status_code == 422 and "mất điện thoại" in answer.content.decode()
    assert not PasswordSlip.objects.exists()
    for _ in range(MAX_LOGIN_FAILURES):
        answer = browser.post(page("thon3", "cap-lai/"), {"own_password": "sai-mat-khau"})
    assert "chờ 15 phút" in answer.content.decode()
    assert "chờ 15 phút" in browser.post(page("thon3", "cap-lai/"), with_password()).content.decode()


def test_the_own_password_is_asked_again_after_a_quarter_of_an_hour(commune, head):
    browser = Client()
    browser.post(LOGIN, {"username": "vanphong", "password": "sovang-2026"})
    assert "own_password" not in browser.get(page("thon3", "cap-lai/")).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert "own_password" in browser.get(page("thon3", "cap-lai/")).content.decode()
        assert browser.post(page("thon3", "cap-lai/"), {}).status_code == 422


def test_raising_the_session_series_and_making_a_slip_without_a_person(commune, head, signed_in):
    browser = signed_in("thon3")
    raise_session_series(head)
    assert browser.get("/viec-cua-toi/").status_code == 302
    make_slip(user=head, commune_id=commune.pk, by=None)
    assert PasswordSlip.objects.get().made_by is None
