"""What the tests that cross rooms share."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from emulation.communes.models import Commune


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Path]:
    """The whole demo, told once a module in a transaction that the module's end takes back; gives the folder of its files.

    Each test then changes what it likes in a savepoint of its own. A module that asks for it asks for it in all its tests
    that need a commune: the others would find the stories there or not, as their order has it.
    """
    files, outer = tmp_path_factory.mktemp("story") / "files", transaction.atomic()
    outer._from_testcase = True  # acts that insist on a transaction of their own accept this one, as in any test
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files):
        outer.__enter__()
        call_command("load_demo", verbosity=0)
    yield files
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def story(told: Path, commune: Commune, settings: Any) -> Commune:
    """The commune of the demo with all its stories."""
    settings.MEDIA_ROOT = told
    return commune


@pytest.fixture
def quiet() -> Iterator[None]:
    """A walk is thousands of refusals; the log of each would only bury what was found."""
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(logging.NOTSET)
