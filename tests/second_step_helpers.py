"""A telephone for the tests: the codes of an app by RFC 6238, written without the code under test."""

import hashlib
import hmac
import re
import time
from typing import Any

from django.http import HttpResponse
from django.test import Client

LOGIN = "/tai-khoan/dang-nhap/"
STEP = "/tai-khoan/dang-nhap/buoc-hai/"
PAGE = "/tai-khoan/hai-buoc/"
APP = "/tai-khoan/hai-buoc/ung-dung/"
DEMO_PASSWORD = "sovang-2026"
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def totp(secret: str, at: float | None = None) -> str:
    """The code of six digits for the base32 secret at that time (now)."""
    bits = "".join(f"{BASE32.index(letter):05b}" for letter in secret.replace(" ", ""))
    key = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))
    step = int(time.time() if at is None else at) // 30
    digest = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def switch_on(client: Client) -> tuple[str, list[str]]:
    """Switches on an app in a signed-in browser; returns its secret and the recovery codes."""
    secret = client.get(APP).context["secret"].replace(" ", "")
    answer = client.post(APP, {"code": totp(secret), "own_password": DEMO_PASSWORD})
    assert answer.status_code == 200, answer.content.decode()
    return secret, re.findall(r"code nowrap\">(\d{4} \d{4})<", answer.content.decode())


def password_typed(login: str, address: str = "127.0.0.1", **data: Any) -> tuple[Client, HttpResponse]:
    """A new browser in which login name and password were typed, and the answer."""
    browser = Client(REMOTE_ADDR=address)
    return browser, browser.post(LOGIN, {"username": login, "password": DEMO_PASSWORD, **data})


def is_signed_in(browser: Client) -> bool:
    return browser.get("/viec-cua-toi/").status_code == 200
