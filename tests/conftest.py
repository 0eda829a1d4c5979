"""Fixtures of the tests across apps."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from emulation.communes.models import Commune
from tests.db_layers import DatabaseLayers


@pytest.fixture
def full_demo(commune: Commune, _db_layers: DatabaseLayers, settings: Any) -> Commune:
    """The demo commune with all demo data."""
    settings.MEDIA_ROOT = _db_layers.files
    return commune


@pytest.fixture
def quiet_request_log() -> Iterator[None]:
    """Silences the log of refused requests: these tests send thousands of them."""
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(logging.NOTSET)
