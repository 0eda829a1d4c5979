"""Script in every text field of every app is shown as text on every page."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune
from emulation.core import append_only
from tests.access_matrix import LOGINS, AccessFaults, all_addresses, filled_paths, send_request
from tests.test_access_matrix import browser, rows_of

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
SHORT = "<img src=x>"
RAW = ("<script>alert(", "<img src=x")
APPS = ("villages", "campaigns", "commendations", "reports", "portal", "notices", "accounts", "communes")
# Columns that the house writes for itself, never a person.
OWN = {"code", "state", "key", "sha256", "thumb_sha256", "link", "username", "password", "search", "name_key", "name_fold",
       "role", "award_code", "rounding_rule", "slug", "minute_hash", "stage"}  # fmt: skip


def text_columns(model: Any) -> dict[str, str]:
    """The columns into which people write, each with the longest of the two texts that fits."""
    found = {}
    for column in model._meta.concrete_fields:
        written = isinstance(column, (models.CharField, models.TextField)) and not isinstance(column, models.SlugField)
        if not written or column.choices or column.unique or column.name in OWN:
            continue
        room = column.max_length or 10_000
        if room >= len(SHORT):
            found[column.attname] = SCRIPT if room >= len(SCRIPT) else SHORT
    return found


@pytest.fixture
def poisoned(full_demo: Commune) -> Commune:
    with append_only.triggers_disabled():
        for model in (model for room in APPS for model in apps.get_app_config(room).get_models()):
            if columns := text_columns(model):
                model._base_manager.update(**columns)
            if any(column.name == "return_notes" for column in model._meta.concrete_fields):
                model._base_manager.update(return_notes={"deed": SCRIPT, "achievement": SCRIPT, "assessment": SCRIPT})
    return full_demo


def test_no_page_lets_it_through(poisoned, quiet_request_log):
    found, shown = AccessFaults(), 0
    addresses = [(address, rows_of(address, poisoned, 1)) for address in all_addresses() if "GET" in address.methods]
    for login in LOGINS:
        client, capacity = browser(login), capacity_of(User.objects.get(username=login))
        for address, rows in addresses:
            if not address.permission.allows(capacity, None):
                continue  # a shut door shows nothing of what is behind it
            for path, _ in filled_paths(address, rows):
                answer = send_request(client, "GET", path)
                if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
                    if answer.status_code >= 500:
                        found.note(address, path, f"{login} {answer.status_code}")
                    continue
                found.asked += 1
                page = answer.content.decode()
                shown += "&lt;script&gt;alert(" in page or "&lt;img src=x" in page
                if any(raw in page for raw in RAW):
                    found.note(address, path, f"{login}: script comes through")
    assert shown > 50, "the pages show nothing of what was typed"
    found.check()
