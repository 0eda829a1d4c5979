"""What one signs in with: login name, phone number in any spelling, e-mail address, where only one active user has it."""

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emulation.accounts.backend import MAX_LOGIN_FAILURES
from emulation.accounts.models import LoginFailure, User
from emulation.accounts.slips import make_slip
from emulation.communes.models import Commune

pytestmark = pytest.mark.both_databases

LOGIN = "/tai-khoan/dang-nhap/"
PHONE = "0912 345 678"


@pytest.fixture
def user(commune):
    found = User.objects.get(username="thon1")
    User.objects.update(phone="", email="")
    User.objects.filter(pk=found.pk).update(phone=PHONE, email="Hoa.Le@vidu.vn")
    return found


def post(name, password="sovang-2026", address="127.0.0.1"):
    return Client(REMOTE_ADDR=address).post(LOGIN, {"username": name, "password": password})


@pytest.mark.parametrize(
    "name",
    [PHONE, "0912345678", "0912.345.678", "+84 912 345 678", "84912345678", "hoa.le@vidu.vn", " HOA.LE@VIDU.VN "],
)
def test_phone_and_address_sign_in_as_the_login_name_does(user, name):
    assert authenticate(username=name, password="sovang-2026") == user
    assert post(name).status_code == 302


@pytest.mark.parametrize("shared", [{"phone": PHONE}, {"email": "hoa.le@vidu.vn"}])
def test_what_two_active_users_have_signs_nobody_in(user, shared):
    other = User.objects.get(username="thon2")
    User.objects.filter(pk=other.pk).update(**shared)
    name = next(iter(shared.values()))
    assert post(name).status_code == 422
    assert post("thon1").status_code == 302
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert authenticate(username=name, password="sovang-2026") == user


def test_a_login_name_wins_over_the_phone_number_of_somebody_else(user):
    User.objects.filter(username="thon2").update(username="0912345678")
    found = authenticate(username="0912345678", password="sovang-2026")
    assert found.username == "0912345678" and found != user


def test_blank_numbers_and_addresses_sign_nobody_in(user):
    User.objects.exclude(username__in=["thon1", "thon2"]).update(is_active=False)
    for name in ("", "-", " ", "+84", "@"):
        assert authenticate(username=name, password="sovang-2026") is None


def test_a_phone_number_waits_in_every_spelling_and_a_slip_ends_the_wait(user):
    spellings = ["0912345678", PHONE, "+84912345678"]
    for number in range(MAX_LOGIN_FAILURES):
        post(spellings[number % 3], "sai-mat-khau")
    assert set(LoginFailure.objects.values_list("username", flat=True)) == {"0912345678"}
    assert "tạm khóa 15 phút" in post(PHONE).content.decode()
    assert "tạm khóa" not in post("thon1", address="198.51.100.4").content.decode()
    make_slip(user=User.objects.get(pk=user.pk), commune_id=Commune.objects.get().pk, by=None)
    assert not LoginFailure.objects.exists()


def test_neither_message_nor_work_shows_which_numbers_and_addresses_exist(user):
    """After the first failure of a window, as in test_login."""
    answers = {}
    for name in (PHONE, "0987 654 321", "hoa.le@vidu.vn", "khong.co@vidu.vn", "thon1", "khong-co"):
        post(name, "sai-mat-khau")
        with CaptureQueriesContext(connection) as ran:
            answer = post(name, "sai-mat-khau")
        kinds = tuple(query["sql"].split()[0] for query in ran)
        answers[name] = (answer.status_code, tuple(answer.context["form"].non_field_errors()), kinds)
    assert len(set(answers.values())) == 1
