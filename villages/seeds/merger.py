"""The merger of two thôn of the demo (`load_demo --year`), by a resolution of the council of the commune."""

from datetime import date, timedelta

from emulation.communes.models import Commune
from villages.actions.unit_changes import record_unit_change
from villages.models import Person, Unit, UnitChange
from villages.rules.unit_changes import NewUnit, OrderingPaper, UnitPlan, last_acting_day
from villages.seeds.demo_actors import DemoActors, DemoNames

MERGED = ("thon5", "thon6")
NAME = "Thôn Đồng Tâm"
MONTHS = 6


def play_merger(commune: Commune, on: date, who: DemoActors) -> UnitChange:
    """Thôn 5 and Thôn 6 become one from the first of the month of `on`; the head of Thôn 5 is its acting head for six months.

    Raises DemoChanged when a user removed what is merged.
    """
    day = on.replace(day=1)
    units = DemoNames(
        {unit.code: unit for unit in Unit.objects.filter(commune=commune).in_force(day - timedelta(days=1))}
    )
    sources = [units[code] for code in MERGED]
    head = Person.objects.filter(commune=commune, user=who(MERGED[0])).first()
    new = NewUnit(
        name=NAME,
        kind=Unit.VILLAGE,
        head_title=sources[0].head_title,
        sort=sources[0].sort,
        head=head.pk if head else None,
        acting_until=last_acting_day(day, MONTHS) if head else None,
    )
    paper = OrderingPaper(
        "15/NQ-HĐND",
        day - timedelta(days=12),
        f"HĐND {commune.identity_on(day).name}",
        "Về việc sáp nhập thôn trên địa bàn xã (minh họa).",
    )
    return record_unit_change(
        by=who("vanphong"),
        subject=commune,
        kind=UnitChange.MERGE,
        sources=sources,
        plan=UnitPlan(title=f"{', '.join(unit.name for unit in sources)} thành {NAME}", units=(new,)),
        effective_on=day,
        paper=paper,
    )
