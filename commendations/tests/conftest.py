"""Fixtures of the tests about many cases of a unit, posted lists, and two cases of one person."""

from datetime import date

import pytest

from commendations.actions.many_nominations import TypedDeed, save_deeds, start_nominations
from commendations.tests.posting_steps import post
from villages.actions.evidence import add_evidence
from villages.actions.households import add_household
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


@pytest.fixture
def head(user):
    """The head of Thôn 2."""
    return user("thon2")


@pytest.fixture
def village(commune, office):
    """Thôn 2 with the evidence of the demo."""
    demo.play_villages_demo(commune, date(2026, 11, 20))
    return Unit.objects.get(commune=commune, code="thon2")


@pytest.fixture
def drafts(village, head):
    """Three households of Thôn 2 in drafts for Gia đình văn hóa 2026."""
    households = [
        add_household(by=head, unit=village, head_name=name) for name in ("Hà Văn An", "Lò Thị Ban", "Vi Văn Cả")
    ]
    cases = start_nominations(
        by=head, unit=village, nominees=households, code="GDVH", year=2026, idempotency_key="households"
    )
    save_deeds(by=head, typed=[TypedDeed(case, "Đạt tiêu chuẩn.", None) for case in cases], met_on=None)
    return cases


@pytest.fixture
def posting(drafts, village, head):
    """The list of these drafts, posted from 9 to 19 November."""
    return post(head, village)
