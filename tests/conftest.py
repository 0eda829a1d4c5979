"""What the tests that cross rooms share."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from emulation.communes.models import Commune
from tests.telling import Telling


@pytest.fixture(scope="session")
def _telling(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Telling]:
    telling = Telling(django_db_blocker, tmp_path_factory.mktemp("story") / "files")
    yield telling
    telling.end()


@pytest.fixture
def story(_telling: Telling, commune_of_story: Commune, settings: Any) -> Commune:
    """The commune of the demo with all its stories; each test changes what it likes in a savepoint of its own."""
    settings.MEDIA_ROOT = _telling.files
    return commune_of_story


@pytest.fixture
def commune_of_story(_telling: Telling, request: pytest.FixtureRequest) -> Commune:
    """Told before the savepoint of the test begins."""
    _telling.begin()
    commune: Commune = request.getfixturevalue("commune")
    return commune


@pytest.fixture
def quiet() -> Iterator[None]:
    """A walk is thousands of refusals; the log of each would only bury what was found."""
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(logging.NOTSET)
