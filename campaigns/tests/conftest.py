"""Fixtures of the tests of campaigns."""

from datetime import date

import pytest

from campaigns.catalogue.models import Field
from campaigns.exemplars.actions.exemplar import ExemplarContent, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from villages.models import Person, Unit

DEED = "Hiến 200 m2 đất vườn và góp 15 ngày công làm đường vào xóm."


@pytest.fixture
def period(commune):
    return open_month(commune=commune, on=date(2026, 11, 1))


@pytest.fixture
def unit(commune):
    return Unit.objects.get(commune=commune, code="thon1")


@pytest.fixture
def full_content(commune):
    person = Person.objects.get(commune=commune, full_name="Vi Văn Thành")
    return ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=DEED)


@pytest.fixture
def draft(village_head, unit, period, full_content):
    return start_exemplar(by=village_head, unit=unit, period=period, content=full_content)


@pytest.fixture
def submitted(village_head, draft):
    return submit_exemplar(by=village_head, exemplar=draft)
