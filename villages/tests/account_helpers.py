"""Forms and clients that the tests of accounts share."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from emulation.accounts.models import User
from villages.seeds.commune_setup import DEMO_PASSWORD

LOGIN = "/tai-khoan/dang-nhap/"
NEW_PASSWORD = "/tai-khoan/mat-khau-moi/"
CODE = re.compile(r"code nowrap\">([a-z0-9-]{9})<")
GOOD = "con trâu đi trước"


def page(login: str, act: str = "") -> str:
    """The address of an account, or of one of its acts."""
    return f"/don-vi/tai-khoan/{User.objects.get(username=login).pk}/{act}"


def with_password(**data: Any) -> dict[str, Any]:
    """A form with the own password."""
    return {"own_password": DEMO_PASSWORD, **data}


def send_twice(client: Client, path: str, **data: Any) -> HttpResponse:
    """Sends a form that shows first what it would do, then the same again."""
    shown = client.post(path, with_password(**data))
    assert shown.status_code == 200, shown.content.decode()
    return client.post(path, {**data, "previewed": shown.context["previewed"]})


def code_of(response: HttpResponse) -> str:
    """The code on the sheet."""
    found = CODE.search(response.content.decode())
    assert found, response.status_code
    return found.group(1)


def show_code(login: str, code: str) -> tuple[Client, HttpResponse]:
    """A browser in which login name and code were typed at the ordinary sign-in, and the answer."""
    browser = Client()
    return browser, browser.post(LOGIN, {"username": login, "password": code})


def set_password(browser: Client, password: str = GOOD) -> HttpResponse:
    return browser.post(NEW_PASSWORD, {"new_password1": password, "new_password2": password})
