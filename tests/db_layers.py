"""Shared database layers (base data, demo commune, full demo), set up once per session."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from villages.seeds.commune_setup import DEMO_PASSWORD, read_commune_plan, set_up_commune

NO_LAYER, COMMUNE_LAYER, DEMO_LAYER = range(3)
DEMO_COMMUNE_PLAN = read_commune_plan()
for _login in DEMO_COMMUNE_PLAN["logins"]:
    _login.pop("also", None)  # one role a login; tests of the vice chair give the role
DATABASE_FIXTURES = {"django_db_setup", "stack"}
DATABASE_MARKS = {"django_db", "browser", "worker"}
REAL_DATABASE = settings.DATABASES["default"]["NAME"]


def layer_needed(fixtures: list[str]) -> int:
    """The layer that a test with these fixtures needs; none for a test that commits."""
    if "transactional_db" in fixtures:
        return NO_LAYER
    if "full_demo" in fixtures:
        return DEMO_LAYER
    return COMMUNE_LAYER if "commune" in fixtures else NO_LAYER


def uses_database(fixtures: list[str], marks: set[str]) -> bool:
    """Whether a test with these fixtures and marks reads or writes a database, or starts the product with one."""
    return bool(DATABASE_FIXTURES.intersection(fixtures) or DATABASE_MARKS & marks)


def check_database() -> None:
    """Fails on the real database: pytest-django creates a test database only for tests that request one."""
    assert connection.settings_dict["NAME"] != REAL_DATABASE, "the tests would write into a database that is in use"


class DatabaseLayers:
    """Each layer is an open transaction around its tests; every test runs in a savepoint inside it."""

    def __init__(self, files: Path) -> None:
        self.files = files
        self.layers: list[Any] = []

    def set_layer(self, wanted: int) -> None:
        """Adds missing layers and rolls back surplus ones."""
        while len(self.layers) > wanted:
            transaction.set_rollback(True)
            self.layers.pop().__exit__(None, None, None)
        while len(self.layers) < wanted:
            layer: Any = transaction.atomic()
            layer._from_testcase = True  # durable transactions inside it are allowed, as in Django's TestCase
            layer.__enter__()
            self.layers.append(layer)
            self._set_up_layer(len(self.layers))

    def _set_up_layer(self, level: int) -> None:
        if level == COMMUNE_LAYER:
            set_up_commune(DEMO_COMMUNE_PLAN, password=DEMO_PASSWORD)
            return
        with override_settings(MEDIA_ROOT=self.files):
            call_command("load_demo", verbosity=0)
