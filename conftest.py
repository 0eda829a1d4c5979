"""Fixtures: the demo commune, a second commune whose users are strangers to it, one fixture per role."""

import gc
import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings

from emulation.accounts.models import User
from emulation.communes.capacity import clear_capacity_cache
from emulation.communes.models import Commune
from emulation.core import append_only
from tests.clients import sign_in_client
from tests.db_layers import (
    DEMO_COMMUNE_PLAN,
    DEMO_LAYER,
    NO_LAYER,
    DatabaseLayers,
    check_database,
    layer_needed,
    uses_database,
)
from villages.seeds.commune_setup import DEMO_PASSWORD as PASSWORD
from villages.seeds.commune_setup import set_up_commune

COMMITTING_FIXTURES = {"transactional_db", "isolated_install"}

# Tests create very many short-lived objects; Python's default of a collection per 700 objects slows them down.
gc.set_threshold(50_000, 20, 50)

# Properties are tested without time limits, so that tests do not fail on a busy machine.
hypothesis_settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For bin/drill mutation: the same examples each time, and a failure is enough, however large its example.
hypothesis_settings.register_profile(
    "mutation",
    hypothesis_settings.get_profile("project"),
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
hypothesis_settings.load_profile("project")


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.BACKUP_DIR = tmp_path / "backups"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database with its base data, loaded once, so that the statutes cached in memory stay valid."""
    check_database()
    with django_db_blocker.unblock():
        _base_data()


@pytest.fixture(scope="session")
def _db_layers(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[DatabaseLayers]:
    layers = DatabaseLayers(tmp_path_factory.mktemp("stories") / "files")
    yield layers
    with django_db_blocker.unblock():
        layers.set_layer(NO_LAYER)


@pytest.fixture
def _layer_of_test(_db_layers: DatabaseLayers, django_db_blocker: Any, request: pytest.FixtureRequest) -> None:
    """Sets up the database layer that the test needs, before the savepoint of the test."""
    with django_db_blocker.unblock():
        _db_layers.set_layer(layer_needed(request.fixturenames))


@pytest.fixture
def db(_layer_of_test: None, db: None) -> None:
    """The savepoint of the test on top of its database layer (tests use this fixture, not the django_db mark)."""


@pytest.fixture
def transactional_db(_layer_of_test: None, transactional_db: None) -> None:
    """Real commits, on the base data only."""


@pytest.fixture
def commune(db: None) -> Commune:
    """Xã Bình Lương of the demo: units, people, council, one login per role; no cases."""
    return set_up_commune(DEMO_COMMUNE_PLAN, password=PASSWORD)


@pytest.fixture
def other_commune(commune: Commune) -> Commune:
    """A second commune with the same units and roles; its logins begin with "la-"."""
    plan = deepcopy(DEMO_COMMUNE_PLAN)
    plan["code"] = "xa-la"
    for login in plan["logins"]:
        login["login"] = f"la-{login['login']}"
    plan["council"]["seats"] = [[f"la-{login}", *rest] for login, *rest in plan["council"]["seats"]]
    return set_up_commune(plan, password=PASSWORD)


@pytest.fixture
def user(commune: Commune) -> Callable[[str], User]:
    """`user("thon1")`: the demo user with this login, read from the database."""

    def find(login: str) -> User:
        found = User.objects.get(username=login)
        clear_capacity_cache(found)
        return found

    return find


@pytest.fixture
def signed_in(user: Callable[[str], User]) -> Callable[[str], Client]:
    """`signed_in("thon1")`: a test client signed in as this user."""

    def client(login: str) -> Client:
        return sign_in_client(Client(), user(login))

    return client


@pytest.fixture
def _base_data_again(django_db_blocker: Any) -> Iterator[None]:
    """Restores the base data for later tests, after the flush of `transactional_db` (requested first, finished last)."""
    yield
    with django_db_blocker.unblock():
        _base_data()


@pytest.fixture
def committed(_base_data_again: None, transactional_db: Any) -> Iterator[None]:
    """A database with real commits. The append-only triggers are dropped for the flush; its post_migrate installs them again."""
    append_only.install_triggers()
    yield
    append_only.drop_triggers()


@pytest.fixture
def in_november() -> Iterator[None]:
    """Sets the date to 20/11/2026; request it first, so that other fixtures use this date too."""
    with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=timezone.get_current_timezone())):
        yield


@pytest.fixture
def on_count_day() -> Iterator[None]:
    """Sets the date to 31/12/2026, from which the report of its quarter may be submitted; request it first."""
    with time_machine.travel(datetime(2026, 12, 31, 9, tzinfo=timezone.get_current_timezone())):
        yield


def _role_fixture(login: str) -> Any:
    def role(user: Callable[[str], User]) -> User:
        return user(login)

    return pytest.fixture(role)


village_head = _role_fixture("thon1")
other_village_head = _role_fixture("thon2")
office = _role_fixture("vanphong")
clerk = _role_fixture("vanthu")
chair = _role_fixture("chutich")
council_member = _role_fixture("hoidong2")
superior = _role_fixture("phongnoivu")
administrator = _role_fixture("quantri")


def _base_data() -> None:
    from django.core.management import call_command

    call_command("sync_base", verbosity=0)


@pytest.fixture(scope="session")
def _template_install(django_db_setup: None, tmp_path_factory: Any) -> Iterator[Any]:
    """The template database that `isolated_install` copies: migrating takes longer than most of these tests."""
    from tests.isolated_install import template_install

    folder = tmp_path_factory.getbasetemp()
    with template_install((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "model") as made:
        yield made


@pytest.fixture
def isolated_install(_template_install: Any, db: Any, tmp_path: Any) -> Iterator[Any]:
    """A separate database for tests that kill processes (tests/isolated_install.py)."""
    from tests.isolated_install import fresh_install

    with fresh_install(_template_install, tmp_path) as made:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests without a database `no_db`: what they find cannot depend on it, so they run once, on SQLite.
    Those with real commits or processes of their own run on both databases; those on the full demo, which takes half a
    minute to load, are `slow`.

    Sorts all of them: first those on the demo layer, so that it is loaded once; then the slow ones, so that no worker is
    still running one at the end; then those on the commune layer, and last those without a layer.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", [])
        if not uses_database(fixtures, {mark.name for mark in item.iter_markers()}):
            item.add_marker("no_db")
        if COMMITTING_FIXTURES.intersection(fixtures):
            item.add_marker("both_databases")
        if layer_needed(fixtures) == DEMO_LAYER:
            item.add_marker("slow")

    def place(item: pytest.Item) -> tuple[bool, bool, int]:
        level = layer_needed(getattr(item, "fixturenames", []))
        return level < DEMO_LAYER, not item.get_closest_marker("slow"), -level

    items.sort(key=place)
