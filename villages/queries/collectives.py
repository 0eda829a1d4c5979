"""Collectives that are no units: those that may be chosen for a unit, those of the commune for its page, equal names."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from emulation.core.text import fold
from villages.models import Appointment, Collective, NamedNominee, Unit


def collectives_to_choose(unit: Unit, on: date) -> list[Collective]:
    """The collectives that the unit may nominate on that day; the office those of the commune itself too."""
    return list(Collective.objects.within(unit).in_force(on))


def collective_to_choose(unit: Unit, pk: int, on: date, present: Unit | None = None) -> Unit | None:
    """The unit itself or its collective with this key, if it can be chosen on that day or was chosen before (`present`)."""
    if pk == unit.pk:
        return unit
    if present is not None and present.pk == pk:
        return present
    return Collective.objects.within(unit).in_force(on).filter(pk=pk).first()


def collectives_of_units(user: Any, units: Iterable[Unit] | None = None) -> list[Collective]:
    """The collectives of these units (None: of the whole commune), ended ones last; one query."""
    rows = Collective.objects.visible_to(user).select_related("parent")
    if units is not None:
        rows = rows.filter(parent__in=units)
    return sorted(rows, key=_place)


def _place(row: Collective) -> tuple[bool, bool, int, str]:
    parent = row.parent
    return row.dissolved_on is not None, parent is None, parent.sort if parent else 0, row.name


def same_collective(collective: Collective) -> Collective | None:
    """Another collective in use of the same unit with that name, in any spelling of case and diacritics, or None."""
    rows = Collective.objects.filter(
        commune_id=collective.commune_id, parent=collective.parent_id, dissolved_on=None
    ).exclude(pk=collective.pk)
    return next((row for row in rows if fold(row.name) == fold(collective.name)), None)


def leaders_of(collective: Collective) -> QuerySet[Appointment]:
    """Who leads or led the collective, the last first; a present leader has no last day."""
    rows = Appointment.objects.filter(unit_id=collective.pk)
    return rows.select_related("person__unit").order_by("-starts_on", "-pk")


def has_cases(collective: Collective) -> bool:
    """Whether an exemplar or a nomination is about it."""
    return any(model._base_manager.filter(collective=collective).exists() for model in NamedNominee.__subclasses__())
