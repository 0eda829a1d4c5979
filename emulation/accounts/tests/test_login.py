"""Signing in."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from emulation.accounts import actions
from emulation.accounts.backend import MAX_FAILURES
from emulation.accounts.models import LoginFailure, User
from emulation.audit.models import Entry
from emulation.core.errors import NotAllowed

LOGIN = "/tai-khoan/dang-nhap/"


def test_the_right_password_opens_the_door_and_changes_the_session(commune, client):
    client.get(LOGIN)
    before = client.session.session_key
    answer = client.post(LOGIN, {"username": " Thon1 ", "password": "sovang-2026"})
    assert answer.status_code == 302 and client.session.session_key != before


def test_the_same_words_for_a_wrong_name_and_a_wrong_password(commune, client):
    said = [
        list(client.post(LOGIN, {"username": name, "password": "sai-mat-khau"}).context["form"].non_field_errors())
        for name in ("thon1", "khong-co-ai")
    ]
    assert said[0] == said[1] != []


def test_ten_wrong_passwords_close_the_name_for_a_while_even_to_the_right_one(commune, client):
    for _ in range(MAX_FAILURES):
        client.post(LOGIN, {"username": "thon1", "password": "sai-mat-khau"})
    answer = client.post(LOGIN, {"username": "thon1", "password": "sovang-2026"})
    assert "tạm khóa 15 phút" in answer.content.decode()
    assert LoginFailure.objects.count() == MAX_FAILURES
    assert client.post(LOGIN, {"username": "thon2", "password": "sovang-2026"}).status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_next_stays_inside_the_house(commune, client, target):
    answer = client.post(LOGIN, {"username": "thon1", "password": "sovang-2026", "next": target})
    assert answer.status_code == 302 and "evil" not in answer["Location"] and "javascript" not in answer["Location"]


def test_a_slip_opens_the_door_once_it_is_changed(commune, office, client):
    head = User.objects.get(username="thon3")
    slip = actions.reset_password(by=office, user=head)
    assert authenticate(username="thon3", password="sovang-2026") is None
    answer = client.post(LOGIN, {"username": "thon3", "password": slip})
    assert answer["Location"] == "/tai-khoan/mat-khau/"
    for path in ("/viec-cua-toi/", "/thi-dua/", "/khen-thuong/de-nghi/"):
        assert client.get(path)["Location"] == "/tai-khoan/mat-khau/"
    change = {"old_password": slip, "new_password1": "mot cau de nho", "new_password2": "mot cau de nho"}
    client.post("/tai-khoan/mat-khau/", change)
    head.refresh_from_db()
    assert head.check_password("mot cau de nho") and not head.must_change_password
    assert client.get("/viec-cua-toi/").status_code == 200


def test_only_the_office_or_administrator_gives_slips_and_only_to_colleagues(
    commune, other_commune, user, village_head
):
    with pytest.raises(NotAllowed, match="dành cho Văn phòng"):
        actions.reset_password(by=village_head, user=User.objects.get(username="thon2"))
    with pytest.raises(NotAllowed, match="không thuộc xã"):
        actions.reset_password(by=user("vanphong"), user=User.objects.get(username="la-thon1"))


def test_the_office_cannot_take_the_chairs_account(commune, office, user):
    for login in ("chutich", "phongnoivu", "quantri"):
        with pytest.raises(NotAllowed, match="Chỉ quản trị hệ thống"):
            actions.reset_password(by=office, user=user(login))
    assert actions.reset_password(by=user("quantri"), user=user("chutich"))
    assert Entry.objects.latest("seq").subject_label == "Tài khoản Lê Đăng Trường (chutich)"


def test_a_post_without_a_token_is_refused_in_plain_words(commune):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(LOGIN, {"username": "thon1", "password": "sovang-2026"})
    assert answer.status_code == 403 and "Trang này mở đã lâu" in answer.content.decode()


def test_a_short_or_common_password_is_refused(commune, client, signed_in):
    for bad in ("ngan", "1234567890"):
        answer = signed_in("thon1").post(
            "/tai-khoan/mat-khau/", {"old_password": "sovang-2026", "new_password1": bad, "new_password2": bad}
        )
        assert answer.status_code == 422
