"""Dates on screens are those of Viet Nam: between midnight and 7:00 the date in UTC is still the day before."""

from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from commendations.actions.live_case import SameCaseExists
from commendations.actions.nomination import AwardRequest, start_nomination
from commendations.queries.fairness import _received
from villages.models import Unit

EARLY = datetime(2027, 1, 1, 2, 40, tzinfo=timezone.get_current_timezone())


def unit(code):
    return Unit.objects.get(commune__code="binh-luong", code=code)


def test_a_case_of_the_early_morning_has_the_date_of_viet_nam(user, lua):
    title = AwardRequest("LDTT", 2026)
    with time_machine.travel(EARLY):
        case = start_nomination(by=user("thon1"), unit=unit("thon1"), nominee=lua, requested=title)
        with pytest.raises(SameCaseExists, match="lập ngày 01/01/2027"):
            start_nomination(by=user("phunu"), unit=unit("phunu"), nominee=lua, requested=title)
    assert _received(case) == timezone.localdate(EARLY)
    case.year = case.period_to = None
    assert case.award_year == 2027
