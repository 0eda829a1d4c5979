"""Fixtures of the tests about many cases of a unit, and about two cases of one person."""

from datetime import date

import pytest

from villages.actions.evidence import add_evidence
from villages.models import Evaluation, Person, Unit
from villages.seeds import demo


@pytest.fixture
def school(commune, office):
    """The school with the evidence of the demo, one evaluated in 2026 and one of an unknown group."""
    demo.play_villages_demo(commune, date(2026, 11, 20))
    unit = Unit.objects.get(commune=commune, code="thcs")
    good, unknown = Person.objects.filter(unit=unit, is_active=True).order_by("pk")[:2]
    Person.objects.filter(pk=good.pk).update(group="public", joined_on=date(2012, 9, 1))
    Person.objects.filter(pk=unknown.pk).update(group="")
    add_evidence(by=office, model=Evaluation, subject=good, year=2026, level="good")
    return unit


@pytest.fixture
def lua(commune):
    """A person of Thôn 1."""
    return Person.objects.get(commune=commune, full_name="Lê Thị Lụa")
