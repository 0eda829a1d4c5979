"""Obligations of units on a day, of all kinds: the one list that reminders, manual reminders and boards read.

Each kind registers its source: `@obligation_sources.register("period")`, function(commune_id, on) -> open obligations.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from campaigns.obligations.models import ReminderPlan
from emulation.core.registry import Registry
from villages.models import Unit


@dataclass(frozen=True)
class Obligation:
    """Something that one unit still has to do on the day of the query; `object_id` is the primary key of a `kind`.

    `title` is a clause for sentences ("gửi điển hình tháng 11/2026"), `short_title` a label ("Tháng 11/2026").
    """

    commune_id: int
    kind: str
    object_id: int
    unit_id: int
    title: str
    short_title: str
    requested_on: date
    due_on: date
    link: str

    @property
    def key(self) -> tuple[str, int, int]:
        """Identifies the obligation on every day."""
        return self.kind, self.object_id, self.unit_id


ObligationSource = Callable[[int, date], Iterable[Obligation]]
obligation_sources: Registry[ObligationSource] = Registry(
    "Obligations", "kind: the function that returns what units still have to do on a day"
)


def open_obligations(commune_id: int, on: date) -> list[Obligation]:
    """All open obligations of the units of a commune on that day, the most urgent first; a few queries per kind."""
    found: list[Obligation] = []
    for source in obligation_sources.values():
        found.extend(source(commune_id, on))
    return sorted(found, key=lambda one: (one.due_on, one.kind, one.object_id, one.unit_id))


def answering_units(commune_id: int, on: date) -> QuerySet[Unit]:
    """Units that report exemplars: all in force except the office itself."""
    return Unit.objects.filter(commune_id=commune_id).in_force(on).exclude(kind=Unit.OFFICE)


def units_within(commune_id: int, first: date, last: date) -> QuerySet[Unit]:
    """Units that reported on some of these days: those in force on the last, and those that were closed between."""
    rows = Unit.objects.filter(commune_id=commune_id).exclude(kind=Unit.OFFICE)
    return rows.filter(Q(founded_on=None) | Q(founded_on__lte=last), Q(dissolved_on=None) | Q(dissolved_on__gt=first))


def reminder_plan_of(commune_id: int) -> ReminderPlan:
    """The reminder plan of the commune, or an unsaved one with the defaults."""
    return ReminderPlan.objects.filter(commune_id=commune_id).first() or ReminderPlan(commune_id=commune_id)
