"""Every URL x role x object of others: nothing leaks, nothing breaks, no GET changes anything."""

import re
from typing import Any

import pytest
from django.contrib.messages import constants, get_messages
from django.forms import BaseForm
from django.test import Client

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, clear_capacity_cache
from emulation.communes.models import Commune
from emulation.jobs.models import Job
from emulation.workflow.permissions import Permission
from tests.access_matrix import (
    LOGIN_PAGE,
    LOGINS,
    AccessFaults,
    all_addresses,
    filled_paths,
    model_of,
    row_counts,
    send_request,
)

HREF = re.compile(r'href="([^"#?]+)')
UNDECLARED_ALLOWED: set[str] = set()
LEAVES = {"accounts:logout"}
# What everybody of a commune may know of another's unit: the unit itself, the council, the month, what was issued, the campaign.
OPEN_TO_COLLEAGUES = {
    "villages.Unit",
    "villages.CouncilVersion",
    "campaigns.Period",
    "campaigns.Letter",
    "campaigns.Campaign",
    "campaigns.ShortlistNotice",
}


pytestmark = pytest.mark.usefixtures("quiet_request_log")


@pytest.fixture
def failed_job(full_demo: Commune) -> Job:
    """One job that failed."""
    job = Job.objects.filter(commune=full_demo).first()
    assert job is not None
    Job.objects.filter(pk=job.pk).update(state=Job.FAILED)
    return job


def browser(login: str, **more: Any) -> Client:
    client = Client(raise_request_exception=False, **more)
    user = User.objects.get(username=login)
    clear_capacity_cache(user)
    client.force_login(user)
    return client


def rows_of(address: Any, commune: Commune, many: int = 2) -> list[Any]:
    """Some objects of the commune that may stand behind the address."""
    model = model_of(address)
    if model is None:
        return []
    if model is User:
        return [User.objects.get(username="thon3")]
    rows = list(model.objects.filter(commune=commune).order_by("-pk")[:many])
    assert rows, f"the demo has no {model._meta.label}: {address.route} is not walked"
    return rows


def test_every_address_says_who_may_open_it():
    undeclared = {address.name for address in all_addresses() if not isinstance(address.permission, Permission)}
    assert undeclared == UNDECLARED_ALLOWED
    assert len(all_addresses()) > 100
    for address in all_addresses():
        model_of(address)


def test_a_stranger_without_a_name_gets_the_public_pages_and_the_door(full_demo, failed_job):
    found, client = AccessFaults(), Client(raise_request_exception=False)
    before = row_counts()
    for address in all_addresses():
        for path, _ in filled_paths(address, rows_of(address, full_demo, 1)):
            for method in address.methods:
                answer = send_request(client, method, path, undo=True)
                found.asked += 1
                at_door = answer.status_code == 302 and answer["Location"].startswith(LOGIN_PAGE)
                if address.permission.needs_login and not at_door:
                    found.note(address, path, f"{method} {answer.status_code}, not led to the door")
                if not address.permission.needs_login and answer.status_code not in (200, 302, 404, 422):
                    found.note(address, path, f"{method} {answer.status_code}")
    assert row_counts() == before
    found.check()


def test_each_role_on_each_address_of_its_own_commune(full_demo, failed_job):
    """GET changes no row, answers nobody with 500 and no outsider with 200; POST by an outsider changes nothing."""
    found, everything = AccessFaults(), [(address, rows_of(address, full_demo)) for address in all_addresses()]
    for login in LOGINS:
        client, capacity = browser(login), capacity_of(User.objects.get(username=login))
        before = row_counts()
        for address, rows in everything:
            allowed = address.permission.allows(capacity, None)
            for path, _ in filled_paths(
                address, rows if allowed else rows[:1]
            ):  # the door is shut before the object is looked up
                for method in address.methods:
                    if method == "POST" and allowed:
                        continue
                    answer = send_request(client, method, path)
                    found.asked += 1
                    if answer.status_code >= 500:
                        found.note(address, path, f"{login} {method} {answer.status_code}")
                    elif not allowed and answer.status_code not in (403, 404):
                        found.note(
                            address, path, f"{login} {method} {answer.status_code}, is for {address.permission.label}"
                        )
                    if "no-store" not in answer.get("Cache-Control", ""):
                        found.note(address, path, f"{login} may be cached: {answer.get('Cache-Control')}")
                    if "default-src 'none'" not in answer.get("Content-Security-Policy", ""):
                        found.note(address, path, f"{login} without a content policy")
        after = row_counts()
        if after != before:
            changed = {table for table in after if after[table] != before[table]}
            found.faults.append(f"{login}: looking changed {changed}")
    found.check()


def test_an_empty_form_never_breaks_anything(full_demo, failed_job):
    """POST with nothing in it by those who may: an answer, never a 500."""
    found = AccessFaults()
    for login in LOGINS:
        client, capacity = browser(login), capacity_of(User.objects.get(username=login))
        for address in all_addresses():
            if "POST" not in address.methods or not address.permission.allows(capacity, None) or address.name in LEAVES:
                continue
            for path, _ in filled_paths(address, rows_of(address, full_demo)):
                answer = send_request(client, "POST", path, undo=True)
                found.asked += 1
                if answer.status_code not in (200, 302, 303, 403, 404, 409, 422):
                    found.note(address, path, f"{login} POST {answer.status_code}")
    found.check()


def nothing() -> dict[str, str]:
    """A form in which nothing was typed."""
    return {}


def junk() -> dict[str, str]:
    """A value that is no number, day, choice or file, for every field of every form of the project."""
    all_addresses()  # imports the views and with them all forms
    kinds, names = [BaseForm], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        names |= set(getattr(kind, "base_fields", {}))
    assert "cccd" in names
    return dict.fromkeys(names, "???")


@pytest.mark.parametrize("typed", [nothing, junk])
def test_what_is_refused_is_not_announced_as_done(full_demo, failed_job, typed):
    """A response that says no (403, 404, 409, 422), or a message that does, comes without a message of success."""
    found, seen, form = AccessFaults(), set(), typed()
    for login in LOGINS:
        client, capacity = browser(login), capacity_of(User.objects.get(username=login))
        for address in all_addresses():
            if "POST" not in address.methods or not address.permission.allows(capacity, None) or address.name in LEAVES:
                continue
            for path, _ in filled_paths(address, rows_of(address, full_demo, 1)):
                answer = send_request(client, "POST", path, undo=True, data=form)
                found.asked += 1
                levels = {message.level for message in get_messages(answer.wsgi_request)}
                refused = answer.status_code >= 400 or constants.ERROR in levels
                seen.add((refused, constants.SUCCESS in levels))
                if refused and constants.SUCCESS in levels:
                    found.note(address, path, f"{login} POST {answer.status_code} announces success")
    assert {(True, False), (False, True)} <= seen, "nothing was refused or nothing was done"
    found.check()


def test_strangers_of_another_commune_find_nothing(full_demo, failed_job, other_commune):
    """The same roles in another commune: no object of ours answers, no page of theirs names one."""
    found, private = AccessFaults(), [address for address in all_addresses() if address.permission.needs_login]
    ours = {
        row.get_absolute_url()
        for address in private
        for row in rows_of(address, full_demo, 40)
        if hasattr(row, "get_absolute_url")
    }
    walked = [(address, list(filled_paths(address, rows_of(address, full_demo, 1)))) for address in private]
    for login in LOGINS:
        client = browser(f"la-{login}")
        before = row_counts()
        for address, ways in walked:
            for path, row in ways:
                for method in address.methods:
                    if row is None and method == "POST":
                        continue
                    answer = send_request(client, method, path)
                    found.asked += 1
                    if row is not None and answer.status_code not in (403, 404):
                        found.note(address, path, f"la-{login} {method} {answer.status_code}")
                    if answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
                        seen = ours.intersection(HREF.findall(answer.content.decode()))
                        if seen:
                            found.note(address, path, f"la-{login} sees {sorted(seen)[:3]}")
        assert row_counts() == before, login
    found.check()


def test_the_head_of_another_unit_finds_nothing_of_this_one(full_demo, failed_job):
    """Thôn 2 asks for what belongs to Thôn 1."""
    found, client = AccessFaults(), browser("thon2")
    before = row_counts()
    for address in all_addresses():
        model = model_of(address)
        if model is None or not address.permission.needs_login or model._meta.label in OPEN_TO_COLLEAGUES:
            continue
        rows = _of_unit(model, full_demo, "thon1")
        for path, _ in filled_paths(address, rows):
            for method in address.methods:
                answer = send_request(client, method, path)
                found.asked += 1
                if answer.status_code not in (403, 404):
                    found.note(address, path, f"{method} {answer.status_code}")
    assert row_counts() == before
    found.check()


def test_a_form_from_elsewhere_is_refused(full_demo, failed_job):
    """POST without the token of our own pages: 403, nothing changed, whoever it comes from (it is refused before he is asked)."""
    found = AccessFaults()
    for login in ("thon1", "vanphong"):
        client = browser(login, enforce_csrf_checks=True)
        before = row_counts()
        for address in all_addresses():
            if "POST" not in address.methods:
                continue
            for path, _ in filled_paths(address, rows_of(address, full_demo, 1)):
                answer = send_request(client, "POST", path)
                found.asked += 1
                if answer.status_code != 403:
                    found.note(address, path, f"{login} POST {answer.status_code}")
        assert row_counts() == before, login
    found.check()


def _of_unit(model: Any, commune: Commune, code: str) -> list[Any]:
    names = {field.name for field in model._meta.get_fields()}
    rows = model.objects.all() if model is User else model.objects.filter(commune=commune)
    if "unit" in names:
        return list(rows.filter(unit__code=code)[:2])
    if "exemplar" in names:
        return list(rows.filter(exemplar__unit__code=code)[:2])
    if model is User:
        return list(rows.filter(username=code))
    return list(rows.order_by("-pk")[:2])
