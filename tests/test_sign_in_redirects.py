"""Redirects after sign-in and after a refusal, and the security headers of every response."""

import pytest
from django.test import Client

from villages.models import Unit


@pytest.mark.parametrize(
    "there", ["https://la.example/", "//la.example/", "javascript:alert(1)", "/\\la.example", "https:///la.example"]
)
def test_sign_in_never_redirects_to_another_site(commune, there):
    answer = Client().post(
        f"/tai-khoan/dang-nhap/?next={there}", {"username": "thon1", "password": "sovang-2026", "next": there}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_sign_in_redirects_to_the_requested_page(commune):
    client = Client()
    response = client.get("/thong-bao/")
    assert (response.status_code, response["Location"]) == (302, "/tai-khoan/dang-nhap/?next=/thong-bao/")
    answer = client.post(response["Location"], {"username": "thon1", "password": "sovang-2026", "next": "/thong-bao/"})
    assert answer["Location"] == "/thong-bao/"


def test_a_refusal_links_to_no_other_site(commune, signed_in):
    unit = Unit.objects.get(code="thon2")
    answer = signed_in("thon1").post(f"/don-vi/{unit.pk}/them-nguoi/", HTTP_REFERER="https://la.example/")
    assert answer.status_code in (403, 404)
    assert "la.example" not in answer.content.decode()


def test_public_pages_have_the_security_headers(client, commune):
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


def test_the_page_for_an_unknown_url_is_in_vietnamese(client, commune, signed_in):
    for browser in (client, signed_in("thon1")):
        answer = browser.get("/khong-co/")
        assert answer.status_code == 404
        assert "Not Found" not in answer.content.decode()
