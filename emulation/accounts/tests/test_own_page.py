"""The user's own page: posts, contact details, recent sign-ins, and the end of sessions on other devices."""

from django.test import Client
from django.urls import reverse

from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from tests.html import page_of

PASSWORD = "sovang-2026"
OWN = "/tai-khoan/cua-toi/"
LOGIN = "/tai-khoan/dang-nhap/"


def signed_in_with_password(login: str) -> Client:
    browser = Client()
    assert browser.post(LOGIN, {"username": login, "password": PASSWORD}).status_code == 302
    return browser


def test_other_devices_are_signed_out_and_this_one_is_not(commune, user):
    user("thon1").set_password(PASSWORD)
    person = User.objects.get(username="thon1")
    person.set_password(PASSWORD)
    person.save()
    lost = signed_in_with_password("thon1")
    here = signed_in_with_password("thon1")
    page = page_of(here.post(reverse("accounts:end_sessions"), follow=True))
    assert "Đã đăng xuất tài khoản này trên mọi máy khác" in page
    assert here.get(OWN).status_code == 200 and lost.get(OWN).status_code == 302
    assert "Đăng xuất các máy khác, " in page and "127.0.0.1" in page
    assert AuditEntry.objects.filter(act="accounts.end_sessions", actor_id=person.pk).count() == 1
    here.post(reverse("accounts:end_sessions"))
    assert here.get(OWN).status_code == 200


def test_a_session_of_before_goes_on(commune, signed_in):
    person = User.objects.get(username="thon1")
    assert person.session_series == 0
    assert person.get_session_auth_hash() == super(User, person).get_session_auth_hash()


def test_only_ones_own_sign_ins_are_shown(commune, signed_in, user):
    chair = User.objects.get(username="chutich")
    chair.set_password(PASSWORD)
    chair.save()
    signed_in_with_password("chutich")
    assert "Chưa ghi lần nào" in page_of(signed_in("thon1").get(OWN))


def test_a_wrong_number_is_named_and_changes_nothing(commune, signed_in):
    answer = signed_in("thon1").post(OWN, {"phone": "12", "email": "a@vidu.vn"})
    assert answer.status_code == 422 and "bắt đầu bằng 0" in page_of(answer) and "a@vidu.vn" in page_of(answer)
    assert User.objects.get(username="thon1").email != "a@vidu.vn"
