"""Redirects after sign-in and after a refusal, and the security headers of every response."""

import pytest
from django.test import Client

from villages.models import Unit


@pytest.mark.parametrize(
    "there", ["https://la.example/", "//la.example/", "javascript:alert(1)", "/\\la.example", "https:///la.example"]
)
def test_after_signing_in_nobody_is_led_out_of_the_house(commune, there):
    answer = Client().post(
        f"/tai-khoan/dang-nhap/?next={there}", {"username": "thon1", "password": "sovang-2026", "next": there}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_after_signing_in_one_comes_where_one_wanted_to_go(commune):
    client = Client()
    door = client.get("/thong-bao/")
    assert (door.status_code, door["Location"]) == (302, "/tai-khoan/dang-nhap/?next=/thong-bao/")
    answer = client.post(door["Location"], {"username": "thon1", "password": "sovang-2026", "next": "/thong-bao/"})
    assert answer["Location"] == "/thong-bao/"


def test_a_refusal_leads_back_only_into_the_house(commune, signed_in):
    unit = Unit.objects.get(code="thon2")
    answer = signed_in("thon1").post(f"/don-vi/{unit.pk}/them-nguoi/", HTTP_REFERER="https://la.example/")
    assert answer.status_code in (403, 404)
    assert "la.example" not in answer.content.decode()


def test_public_pages_carry_the_policy_too(client, commune):
    for path in (
        "/",
        "/bang-vang/",
        "/xac-minh/",
        "/tro-giup/",
        "/tai-khoan/dang-nhap/",
        "/khong-co/",
        "/suc-khoe/",
        "/lich/khong-co.ics",
    ):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, path
        assert answer["X-Frame-Options"] == "SAMEORIGIN" and answer["X-Content-Type-Options"] == "nosniff", path


def test_an_address_that_is_not_there_is_answered_in_vietnamese(client, commune, signed_in):
    for browser in (client, signed_in("thon1")):
        answer = browser.get("/khong-co/")
        assert answer.status_code == 404
        assert "Not Found" not in answer.content.decode()
