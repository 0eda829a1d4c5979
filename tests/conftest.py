"""What the tests that cross rooms share."""

import logging
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from emulation.communes.models import Commune


@pytest.fixture
def story(commune: Commune) -> Commune:
    """The whole demo, published."""
    call_command("load_demo", verbosity=0)
    return commune


@pytest.fixture
def quiet() -> Iterator[None]:
    """A walk is thousands of refusals; the log of each would only bury what was found."""
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(logging.NOTSET)
