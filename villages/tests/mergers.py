"""The merger of two thôn of the demo, for tests: recorded on 20/11/2026, from 01/12/2026."""

from datetime import date, datetime, timedelta

import time_machine
from django.utils import timezone

from villages.actions.unit_changes import record_unit_change
from villages.models import Person, Unit, UnitChange
from villages.rules.unit_changes import NewUnit, OrderingPaper, UnitPlan

DAY = date(2026, 12, 1)
PAPER = OrderingPaper("12/NQ-HĐND", date(2026, 11, 10), "HĐND xã Bình Lương", "Về việc sáp nhập thôn")


def at(day):
    """The clock at 9 o'clock of that day."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_current_timezone()))


def new_unit():
    return Unit.objects.get(name="Thôn Hòa Bình")


def record_merger(by, commune, units, day=DAY, **changed):
    """Records the merger of thôn 1 and 2 into Thôn Hòa Bình, of which the head of thôn 1 is the acting head."""
    head = Person.objects.get(commune=commune, user__username="thon1")
    new = NewUnit(
        name="Thôn Hòa Bình",
        kind=Unit.VILLAGE,
        head_title="Trưởng thôn",
        sort=units["thon1"].sort,
        head=head.pk,
        acting_until=day + timedelta(days=90),
    )
    values = {
        "by": by,
        "subject": commune,
        "kind": UnitChange.MERGE,
        "effective_on": day,
        "paper": PAPER,
        "sources": [units["thon1"], units["thon2"]],
        "plan": UnitPlan(title="Thôn 1, Thôn 2 thành Thôn Hòa Bình", units=(new,)),
    }
    return record_unit_change(**{**values, **changed})
