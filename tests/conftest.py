"""What the tests that cross rooms share."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from emulation.communes.models import Commune
from tests.db_layers import DatabaseLayers


@pytest.fixture
def full_demo(commune: Commune, _db_layers: DatabaseLayers, settings: Any) -> Commune:
    """The commune of the demo with all its stories."""
    settings.MEDIA_ROOT = _db_layers.files
    return commune


@pytest.fixture
def quiet_request_log() -> Iterator[None]:
    """A walk is thousands of refusals; the log of each would only bury what was found."""
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(logging.NOTSET)
