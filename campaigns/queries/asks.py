"""What units owe on a day, whatever it is: the one list that reminders, urging and boards read.

A kind of thing that is asked registers its source: `source("period")(function)`, function(commune_id, on) -> asks not yet done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from campaigns.models import Exemplar, Period
from campaigns.queries.picks import picks_of
from villages.models import Unit


@dataclass(frozen=True)
class Ask:
    """One thing that one unit owes: not done on the day that was asked about."""

    commune_id: int
    kind: str
    object_id: int
    unit_id: int
    title: str
    asked_on: date
    due_on: date
    link: str

    @property
    def key(self) -> tuple[str, int, int]:
        """What it is, whenever it is asked about."""
        return self.kind, self.object_id, self.unit_id


Source = Callable[[int, date], Iterable[Ask]]
_sources: dict[str, Source] = {}


def source(kind: str) -> Callable[[Source], Source]:
    """Registers where the asks of a kind come from."""

    def keep(function: Source) -> Source:
        _sources[kind] = function
        return function

    return keep


def open_asks(commune_id: int, on: date) -> list[Ask]:
    """All that the units of a commune owe on that day, the most urgent first; a few queries a kind."""
    found = [ask for function in _sources.values() for ask in function(commune_id, on)]
    return sorted(found, key=lambda ask: (ask.due_on, ask.kind, ask.object_id, ask.unit_id))


@source("period")
def of_periods(commune_id: int, on: date) -> list[Ask]:
    """Periods not closed yet that a unit has not answered; a unit is asked when it existed while the period was due."""
    periods = list(Period.objects.filter(commune_id=commune_id, closed_on=None, opens_on__lte=on))
    if not periods:
        return []
    answered = set(Exemplar.objects.filter(period__in=periods).sent().values_list("period_id", "unit_id").distinct())
    answered.update(picks_of(periods))
    units = list(Unit.objects.filter(commune_id=commune_id).exclude(kind=Unit.OFFICE))
    link = reverse("campaigns:month")
    return [
        Ask(
            commune_id=commune_id,
            kind="period",
            object_id=period.pk,
            unit_id=unit.pk,
            title=f"gửi điển hình {_lower(str(period))}",
            asked_on=period.asked_on,
            due_on=period.due_on,
            link=link,
        )
        for period in periods
        for unit in units
        if is_asked(period, unit) and (period.pk, unit.pk) not in answered
    ]


def is_asked(period: Period, unit: Unit) -> bool:
    """Whether the unit answers for the period: it exists on the day when the answer is due."""
    founded, dissolved = unit.founded_on, unit.dissolved_on
    return (founded is None or founded <= period.due_on) and (dissolved is None or dissolved > period.due_on)


def _lower(title: str) -> str:
    """Tháng 11/2026 in the middle of a sentence; Roman numerals stay."""
    return title[:1].lower() + title[1:]
