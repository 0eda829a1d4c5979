"""Fixtures: a teacher of the demo, their school, a household."""

import pytest

from villages.models import Household, Person


@pytest.fixture
def person(commune):
    return Person.objects.get(commune=commune, full_name="Trần Đức Ý")


@pytest.fixture
def school(person):
    return person.unit


@pytest.fixture
def household(commune):
    return Household.objects.get(commune=commune, head_name="Lê Văn Bảy")
