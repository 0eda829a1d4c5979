"""What units owe on a day, whatever it is: the one list that reminders, urging and boards read.

A kind of thing that is asked registers its source: `source("period")(function)`, function(commune_id, on) -> asks not yet done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from campaigns.obligations.models import ReminderPlan
from villages.models import Unit


@dataclass(frozen=True)
class Obligation:
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


ObligationSource = Callable[[int, date], Iterable[Obligation]]
_sources: dict[str, ObligationSource] = {}


def obligation_source(kind: str) -> Callable[[ObligationSource], ObligationSource]:
    """Registers where the asks of a kind come from."""

    def keep(function: ObligationSource) -> ObligationSource:
        _sources[kind] = function
        return function

    return keep


def open_obligations(commune_id: int, on: date) -> list[Obligation]:
    """All that the units of a commune owe on that day, the most urgent first; a few queries a kind."""
    found = [ask for function in _sources.values() for ask in function(commune_id, on)]
    return sorted(found, key=lambda ask: (ask.due_on, ask.kind, ask.object_id, ask.unit_id))


def answering_units(commune_id: int, on: date) -> QuerySet[Unit]:
    """Units that are asked for exemplars: all in force but the office itself."""
    return Unit.objects.filter(commune_id=commune_id).in_force(on).exclude(kind=Unit.OFFICE)


def reminder_plan_of(commune_id: int) -> ReminderPlan:
    """How the commune reminds; what the house proposes where it has not said."""
    return ReminderPlan.objects.filter(commune_id=commune_id).first() or ReminderPlan(commune_id=commune_id)
