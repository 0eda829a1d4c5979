"""Every URL with every role: access control, no server errors, and no GET that changes rows."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import constants, get_messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.documents.approval.models import IssuedToCommuneQuerySet
from emulation.workflow.permissions import Permission
from reports.queries.url_routes import UrlRoute
from tests.access_matrix import (
    LOGIN_PAGE,
    LOGINS,
    AccessFaults,
    all_addresses,
    client_of,
    filled_paths,
    login_capacity,
    model_of,
    posts_allowed_to,
    requests_to,
    row_counts,
    rows_of,
)

HREF = re.compile(r'href="([^"#?]+)')
UNDECLARED_ALLOWED: set[str] = set()
# Models whose objects are visible to other units of the commune, besides the papers of `IssuedToCommuneQuerySet`.
OPEN_TO_COLLEAGUES = {
    "villages.Unit",
    "villages.Collective",
    "villages.CouncilVersion",
    "campaigns.Period",
}


pytestmark = [pytest.mark.usefixtures("quiet_request_log"), pytest.mark.walk]


def test_every_view_declares_its_permission():
    undeclared = {address.name for address in all_addresses() if not isinstance(address.permission, Permission)}
    assert undeclared == UNDECLARED_ALLOWED
    assert len(all_addresses()) > 100
    for address in all_addresses():
        model_of(address)


def test_visitors_get_the_public_pages_and_the_login_page(full_demo, failed_job):
    faults = AccessFaults()
    client = Client(raise_request_exception=False)
    before = row_counts()
    for address in all_addresses():
        for method, path, _ in requests_to(address, rows_of(address, full_demo, 1)):
            response = faults.send(client, method, path, undo=True)
            to_login = response.status_code == 302 and response["Location"].startswith(LOGIN_PAGE)
            if address.permission.needs_login and not to_login:
                faults.note(address, path, f"{method} {response.status_code}, not redirected to the login page")
            if not address.permission.needs_login and response.status_code not in (200, 302, 404, 422):
                faults.note(address, path, f"{method} {response.status_code}")
    assert row_counts() == before
    faults.check()


def test_each_role_on_each_address_of_its_own_commune(full_demo, failed_job):
    """GET changes no row and never fails; without permission the answer is 403 or 404, and POST changes nothing."""
    faults = AccessFaults()
    rows_by_address = [(address, rows_of(address, full_demo)) for address in all_addresses()]
    for login in LOGINS:
        client = client_of(login)
        capacity = login_capacity(login)
        before = row_counts()
        for address, rows in rows_by_address:
            allowed = address.permission.allows(capacity, None)
            # Without permission the request is refused before the object is loaded, so one object is enough.
            for method, path, _ in requests_to(address, rows if allowed else rows[:1]):
                if method == "POST" and allowed:
                    continue
                response = faults.send(client, method, path)
                for fault in _response_faults(response, address, allowed):
                    faults.note(address, path, f"{login} {method} {fault}")
        after = row_counts()
        if after != before:
            changed = {table for table in after if after[table] != before[table]}
            faults.faults.append(f"{login}: requests changed {changed}")
    faults.check()


def _response_faults(response: HttpResponse, address: UrlRoute, allowed: bool) -> Iterator[str]:
    if response.status_code >= 500:
        yield f"{response.status_code}"
    elif not allowed and response.status_code not in (403, 404):
        yield f"{response.status_code}, is for {address.permission.label}"
    if "no-store" not in response.get("Cache-Control", ""):
        yield f"may be cached: {response.get('Cache-Control')}"
    if "default-src 'none'" not in response.get("Content-Security-Policy", ""):
        yield "without a content policy"


def nothing() -> dict[str, str]:
    """An empty form."""
    return {}


def junk() -> dict[str, str]:
    """An invalid value (no number, day, choice or file) for every field of every form of the project."""
    all_addresses()  # imports the views and with them all forms
    forms: list[type[BaseForm]] = [BaseForm]
    names: set[str] = set()
    while forms:
        form = forms.pop()
        forms += form.__subclasses__()
        names |= set(getattr(form, "base_fields", {}))
    assert "cccd" in names
    return dict.fromkeys(names, "???")


@pytest.mark.parametrize(("typed", "objects"), [(nothing, 2), (junk, 1)])
def test_an_invalid_form_is_refused_and_not_announced_as_done(full_demo, failed_job, typed, objects):
    """Each gets a response, never a server error; a refusal (403, 404, 409, 422, an error message) no success message."""
    faults = AccessFaults()
    seen = set()
    form = typed()
    for login in LOGINS:
        client = client_of(login)
        for address in posts_allowed_to(login):
            for path, _ in filled_paths(address, rows_of(address, full_demo, objects)):
                response = faults.send(client, "POST", path, undo=True, data=form)
                refused, announced = _outcome(response)
                seen.add((refused, announced))
                if response.status_code not in (200, 302, 303, 403, 404, 409, 422) or (refused and announced):
                    faults.note(address, path, f"{login} POST {response.status_code}, success announced: {announced}")
    assert {(True, False), (False, True)} <= seen, "nothing was refused or nothing was done"
    faults.check()


def _outcome(response: Any) -> tuple[bool, bool]:
    """Whether the request was refused, and whether it was announced as done."""
    levels = {message.level for message in get_messages(response.wsgi_request)}
    return response.status_code >= 400 or constants.ERROR in levels, constants.SUCCESS in levels


def test_users_of_another_commune_find_nothing(full_demo, failed_job, other_commune):
    """The same roles in another commune get no object of this commune, and no page with a link to one."""
    faults = AccessFaults()
    private = [address for address in all_addresses() if address.permission.needs_login]
    own_urls = _object_urls(private, full_demo)
    requests = [(address, list(requests_to(address, rows_of(address, full_demo, 1)))) for address in private]
    for login in LOGINS:
        client = client_of(f"la-{login}")
        before = row_counts()
        for address, row_requests in requests:
            for method, path, row in row_requests:
                if row is None and method == "POST":
                    continue
                response = faults.send(client, method, path)
                if row is not None and response.status_code not in (403, 404):
                    faults.note(address, path, f"la-{login} {method} {response.status_code}")
                if seen := own_urls.intersection(_links(response)):
                    faults.note(address, path, f"la-{login} sees {sorted(seen)[:3]}")
        assert row_counts() == before, login
    faults.check()


def _object_urls(addresses: list[UrlRoute], commune: Commune) -> set[str]:
    """The URLs of up to 40 objects per address."""
    urls = set()
    for address in addresses:
        urls |= {row.get_absolute_url() for row in rows_of(address, commune, 40) if hasattr(row, "get_absolute_url")}
    return urls


def _links(response: HttpResponse) -> list[str]:
    """The link targets of an HTML page."""
    if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
        return []
    return HREF.findall(response.content.decode())


def test_the_head_of_another_unit_finds_nothing_of_this_one(full_demo, failed_job):
    """Thôn 2 requests objects of Thôn 1."""
    faults = AccessFaults()
    client = client_of("thon2")
    before = row_counts()
    for address in all_addresses():
        model = model_of(address)
        if model is None or not address.permission.needs_login or _is_open_to_colleagues(model):
            continue
        for method, path, _ in requests_to(address, _of_unit(model, full_demo, "thon1")):
            response = faults.send(client, method, path)
            if response.status_code not in (403, 404):
                faults.note(address, path, f"{method} {response.status_code}")
    assert row_counts() == before
    faults.check()


def test_a_form_from_elsewhere_is_refused(full_demo, failed_job):
    """POST without a CSRF token: 403 and no change, before any permission is checked."""
    faults = AccessFaults()
    for login in ("thon1", "vanphong"):
        client = client_of(login, enforce_csrf_checks=True)
        before = row_counts()
        for address in all_addresses():
            if "POST" not in address.methods:
                continue
            for path, _ in filled_paths(address, rows_of(address, full_demo, 1)):
                response = faults.send(client, "POST", path)
                if response.status_code != 403:
                    faults.note(address, path, f"{login} POST {response.status_code}")
        assert row_counts() == before, login
    faults.check()


def _is_open_to_colleagues(model: Any) -> bool:
    rows = model._default_manager.none()
    return model._meta.label in OPEN_TO_COLLEAGUES or isinstance(rows, IssuedToCommuneQuerySet)


def _of_unit(model: Any, commune: Commune, code: str) -> list[Any]:
    """Up to two objects of the unit; of the commune for a model without a unit."""
    names = {field.name for field in model._meta.get_fields()}
    rows = model.objects.all() if model is User else model.objects.filter(commune=commune)
    if "unit" in names:
        return list(rows.filter(unit__code=code)[:2])
    if "exemplar" in names:
        return list(rows.filter(exemplar__unit__code=code)[:2])
    if model is User:
        return list(rows.filter(username=code))
    return list(rows.order_by("-pk")[:2])
