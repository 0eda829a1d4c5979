"""Fixtures of the tests of reports."""

import pytest
from django.utils import timezone

from campaigns.exemplars.actions.period import open_month
from campaigns.models import Period
from emulation.communes.models import Commune


@pytest.fixture
def month(commune: Commune) -> Period:
    """The period of the current month."""
    return open_month(commune=commune, on=timezone.localdate())
