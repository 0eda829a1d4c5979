"""Figures and joins of the movement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from campaigns.models import Exemplar, Period
from emulation.communes.models import Commune
from villages.models import Unit


def month_of(commune: Commune, on: date) -> Period | None:
    """The month's period on that day, if it is open."""
    return Period.objects.filter(commune=commune, kind=Period.MONTH, year=on.year, number=on.month).first()


def answering_units(commune_id: int, on: date) -> QuerySet[Unit]:
    """Units that are asked for exemplars: all in force but the office itself."""
    return Unit.objects.filter(commune_id=commune_id).in_force(on).exclude(kind=Unit.OFFICE)


@dataclass(frozen=True)
class BoardRow:
    """One unit in one period: how many in each state, whether it said "none", and since when the last stands so."""

    unit: Unit
    counts: dict[str, int]
    nothing: bool
    since: Any

    @property
    def answered(self) -> bool:
        """Whether something was sent."""
        return self.nothing or any(self.counts.get(state) for state in ("submitted", "returned", *Exemplar.VALID))

    @property
    def accepted(self) -> int:
        return sum(self.counts.get(state, 0) for state in Exemplar.VALID)


def board(period: Period) -> list[BoardRow]:
    """Every unit that is asked, with its answers in the period; two queries whatever their number."""
    counts: dict[int, dict[str, int]] = {}
    nothing: set[int] = set()
    since: dict[int, Any] = {}
    rows = Exemplar.objects.filter(period=period).exclude(state=Exemplar.CANCELLED)
    for unit_id, state, none, at in rows.values_list("unit_id", "state", "nothing", "state_since"):
        since[unit_id] = max(at, since.get(unit_id, at))
        if none and state != Exemplar.DRAFT:
            nothing.add(unit_id)
        elif not none:
            by_state = counts.setdefault(unit_id, {})
            by_state[state] = by_state.get(state, 0) + 1
    return [
        BoardRow(unit, counts.get(unit.pk, {}), unit.pk in nothing, since.get(unit.pk))
        for unit in answering_units(period.commune_id, period.due_on)
    ]


def silent_units(period: Period) -> list[Unit]:
    """Units that have sent nothing in the period."""
    return [row.unit for row in board(period) if not row.answered]


def owed_by(unit_ids: Any, commune_id: int, on: date) -> list[tuple[Period, Unit]]:
    """Open monthly periods that these units have not answered, oldest first: what "Việc của tôi" asks of a head of unit."""
    periods = list(
        Period.objects.filter(commune_id=commune_id, opens_on__lte=on).order_by("-opens_on")[:3]
    )
    answered = set(
        Exemplar.objects.filter(period__in=periods, unit_id__in=unit_ids).sent().values_list("period_id", "unit_id")
    )
    units = answering_units(commune_id, on).filter(pk__in=unit_ids)
    return [
        (period, unit)
        for period in sorted(periods, key=lambda period: period.due_on)
        for unit in units
        if (period.pk, unit.pk) not in answered and period.kind == Period.MONTH
    ]


def state_counts(rows: QuerySet[Exemplar]) -> dict[str, int]:
    """How many stand in each state."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))
