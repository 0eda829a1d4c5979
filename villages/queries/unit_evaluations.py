"""The yearly evaluations of the units of a commune as the law sees them: levels, levels of their heads, shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.legal.current import law_for
from emulation.legal.engine.rules.evaluation import EvaluationFault
from emulation.legal.engine.rules.unit_evaluation import RatedUnit, UnitShare, unit_evaluation_faults, unit_shares
from villages.models import Evaluation, Person, Unit
from villages.queries.evaluations import unit_evaluation
from villages.queries.evidence import recorded_levels
from villages.rules.evaluations import OFFICE, unit_evaluation_kind


@dataclass(frozen=True)
class UnitEvaluations:
    """All units of a commune with their levels of a year."""

    commune_id: int
    year: int
    units: list[RatedUnit]

    @property
    def shares(self) -> list[UnitShare]:
        """The limited shares, also those that are kept."""
        return unit_shares(law_for(self.commune_id), self.year, self.units)

    @property
    def faults(self) -> list[EvaluationFault]:
        """What these levels break."""
        return unit_evaluation_faults(law_for(self.commune_id), self.year, self.units)


def rated_units(commune_id: int, year: int) -> list[Unit]:
    """The units of the commune that existed on the last day of the year or exist today, schools and stations first."""
    last_day = date(year, 12, 31)
    rows = Unit.objects.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=last_day), commune_id=commune_id)
    return sorted(rows, key=lambda unit: (unit_evaluation_kind(unit.kind) == "", unit.kind == OFFICE))


def unit_evaluations(units: Sequence[Unit], year: int, levels: Mapping[int, str]) -> UnitEvaluations:
    """The table with these levels (by id of the unit); three queries, however many units."""
    heads = _head_levels(units, year)
    rated = [
        RatedUnit(
            key=unit.pk,
            name=unit.name,
            level=levels.get(unit.pk, ""),
            kind=unit_evaluation_kind(unit.kind),
            head_level=heads.get(unit.pk, ""),
            upper=unit.kind == OFFICE,
        )
        for unit in units
    ]
    return UnitEvaluations(units[0].commune_id if units else 0, year, rated)


def recorded_unit_levels(rows: QuerySet[Evaluation], units: Sequence[Unit], year: int) -> dict[int, Evaluation]:
    """Of these rows those about these units and the year, by the id of the unit."""
    return {row.collective_id: row for row in rows.filter(collective__in=units, year=year)}


def broken_people_shares(unit: Unit, year: int, unit_level: str) -> list[EvaluationFault]:
    """The shares of xuất sắc among its people that are exceeded once the unit has this level."""
    people = Person.objects.in_use().filter(unit=unit, commune_id=unit.commune_id)
    table = unit_evaluation(unit, year, recorded_levels(people, year), unit_level=unit_level)
    return [fault for fault in table.faults if not fault.key]


def _head_levels(units: Sequence[Unit], year: int) -> dict[int, str]:
    """The recorded level of who heads each unit on the last day of the year, by id of the unit."""
    last_day = date(year, 12, 31)
    rows = Membership.objects.filter(unit_id__in=[unit.pk for unit in units], role__in=UNIT_HEAD_ROLES)
    held = rows.filter(Q(ends_on=None) | Q(ends_on__gte=last_day), starts_on__lte=last_day, acts_for_id=None)
    heads = dict(held.values_list("user_id", "unit_id"))
    people = list(Person.objects.filter(user_id__in=heads))
    levels = recorded_levels(people, year)
    return {heads[one.user_id]: level for one in people if one.user_id and (level := levels.get(one.kept_id))}
