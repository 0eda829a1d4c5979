"""Scripts in any text field of any app are escaped on every page."""

from itertools import chain
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpResponse

from commendations.models import ChairSubmissionItem, Posting, SessionItem
from emulation.accounts.models import AccountRequest
from emulation.communes.models import Commune
from emulation.core import append_only
from tests.access_matrix import (
    LOGINS,
    AccessFaults,
    all_addresses,
    client_of,
    filled_paths,
    login_capacity,
    rows_of,
)

pytestmark = pytest.mark.walk

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
SHORT = "<img src=x>"
RAW = ("<script>alert(", "<img src=x")
APPS = ("villages", "campaigns", "commendations", "reports", "portal", "notices", "accounts", "communes")
# Columns that only the program writes, never a person.
OWN = {"code", "state", "key", "sha256", "thumb_sha256", "link", "username", "password", "search", "name_key", "name_fold",
       "role", "award_code", "rounding_rule", "slug", "minute_hash", "stage", "field", "cancellation_case", "live_key"}  # fmt: skip
# Columns that only rows without a vote or a decision may have.
UNDECIDED = {"put_off", "set_aside"}


def text_columns(model: Any) -> dict[str, str]:
    """{column: text} for the columns with text from people; the longer of the two texts that fits."""
    found = {}
    for column in model._meta.concrete_fields:
        written = isinstance(column, (models.CharField, models.TextField)) and not isinstance(column, models.SlugField)
        if not written or column.choices or column.unique or column.name in OWN | UNDECIDED:
            continue
        max_length = column.max_length or 10_000
        if max_length >= len(SHORT):
            found[column.attname] = SCRIPT if max_length >= len(SCRIPT) else SHORT
    return found


def all_models() -> list[type[models.Model]]:
    """The models of APPS."""
    return list(chain.from_iterable(apps.get_app_config(app).get_models() for app in APPS))


@pytest.fixture
def poisoned(full_demo: Commune, account_request: AccountRequest, village_list: Posting) -> Commune:
    with append_only.triggers_disabled():
        for model in all_models():
            if columns := text_columns(model):
                model._base_manager.update(**columns)
            if any(column.name == "return_notes" for column in model._meta.concrete_fields):
                model._base_manager.update(return_notes={"deed": SCRIPT, "achievement": SCRIPT, "assessment": SCRIPT})
        SessionItem.objects.filter(agree=None).update(put_off=SCRIPT)
        ChairSubmissionItem.objects.filter(approved=None).update(set_aside=SCRIPT)
    return full_demo


def test_every_page_escapes_scripts(poisoned, quiet_request_log):
    faults = AccessFaults()
    escaped_pages = 0
    addresses = [(address, rows_of(address, poisoned, 1)) for address in all_addresses() if "GET" in address.methods]
    for login in LOGINS:
        client = client_of(login)
        capacity = login_capacity(login)
        # Without permission the response contains no data.
        allowed = [(address, rows) for address, rows in addresses if address.permission.allows(capacity, None)]
        for address, rows in allowed:
            for path, _ in filled_paths(address, rows):
                response = faults.send(client, "GET", path)
                if response.status_code >= 500:
                    faults.note(address, path, f"{login} {response.status_code}")
                page = html_of(response)
                escaped_pages += "&lt;script&gt;alert(" in page or "&lt;img src=x" in page
                if any(raw in page for raw in RAW):
                    faults.note(address, path, f"{login}: the script is not escaped")
    assert escaped_pages > 50, "the pages do not show the typed text"
    faults.check()


def html_of(response: HttpResponse) -> str:
    """The text of an HTML page with status 200; "" for any other response."""
    if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
        return ""
    return response.content.decode()
