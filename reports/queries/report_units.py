"""The units of a quarterly report: who was asked, what each sent and was given; a unit closed in the quarter with its last day."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from campaigns.exemplars.queries.period import must_answer
from campaigns.models import Exemplar, Period
from campaigns.obligations.queries import units_within
from emulation.core.formatting import format_date
from reports.queries.granted_awards import GrantedAward
from reports.rules.quarters import DateRange
from villages.models import Unit


def asked_units_of(commune_id: int, quarter: DateRange) -> list[Unit]:
    """The units in force at the end of the quarter, and those that were closed in it after they were asked for a period."""
    periods = list(Period.objects.filter(commune_id=commune_id, opens_on__range=(quarter.first, quarter.last)))
    units = units_within(commune_id, quarter.first, quarter.last)
    return [unit for unit in units if not _closed_by(unit, quarter.last) or _asked(unit, periods)]


def _asked(unit: Unit, periods: list[Period]) -> bool:
    return any(must_answer(period, unit) for period in periods)


def unit_rows(
    commune_id: int, quarter: DateRange, rows: list[Exemplar], valid: list[Exemplar], awards: list[GrantedAward]
) -> list[list[Any]]:
    """A row per unit: its name, accepted exemplars, periods answered with "none", awards of all kinds in the quarter."""
    accepted = Counter(row.unit_id for row in valid)
    none = Counter(row.unit_id for row in rows if row.nothing)
    awarded = Counter(row.unit_id for row in awards if quarter.contains(row.granted_on))
    return [
        [unit_name_by(unit, quarter.last), accepted[unit.pk], none[unit.pk], awarded[unit.pk]]
        for unit in units_within(commune_id, quarter.first, quarter.last)
    ]


def _closed_by(unit: Unit, day: date) -> bool:
    return unit.dissolved_on is not None and unit.dissolved_on <= day


def unit_name_by(unit: Unit, last: date) -> str:
    """The name; of a unit that was closed by that day with its own last day: "Thôn 5 (đến hết 31/10/2026)"."""
    if unit.dissolved_on is None or unit.dissolved_on > last:
        return unit.name
    return f"{unit.name} (đến hết {format_date(unit.dissolved_on - timedelta(days=1))})"
