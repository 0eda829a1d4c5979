"""Fixtures of the tests of reports."""

from datetime import date

import pytest
from django.utils import timezone

from campaigns.exemplars.actions.period import open_month
from campaigns.models import Period
from commendations.models import Award
from commendations.tests import factories
from emulation.communes.models import Commune
from reports.tests.report_steps import issued, on, written
from villages.models import Person


@pytest.fixture
def month(commune: Commune) -> Period:
    """The period of the current month."""
    return open_month(commune=commune, on=timezone.localdate())


@pytest.fixture
def awards(in_november, commune):
    """A giấy khen and a title, decided in the fourth quarter of 2026."""
    em, thanh = (Person.objects.get(full_name=name) for name in ("Đỗ Thị Êm", "Vi Văn Thành"))
    paper = factories.decided_awards(commune, ("LDTT", em, 2026), ("GKX", thanh, 2026))
    for decision in paper.decisions.all():
        factories.sign_and_issue(commune, decision)
    return Award.objects.all()


@pytest.fixture
def reported(awards, commune, office, user):
    """The report of the fourth quarter, sent on 4/1/2027."""
    report = written(commune, office, 4)
    with on(date(2027, 1, 4)):
        return issued(report, user)
