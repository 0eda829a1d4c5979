"""Fixtures: a teacher of the demo, their school, a household."""

from functools import partial

import pytest

from villages.models import Household, Person, Unit
from villages.tests.mergers import record_merger


@pytest.fixture
def person(commune):
    return Person.objects.get(commune=commune, full_name="Trần Đức Ý")


@pytest.fixture
def school(person):
    return person.unit


@pytest.fixture
def household(commune):
    return Household.objects.get(commune=commune, head_name="Lê Văn Bảy")


@pytest.fixture
def units(commune):
    """The units by code."""
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def merge(commune, office, units):
    """`merge()` records the merger of `villages/tests/mergers.py`."""
    return partial(record_merger, office, commune, units)
