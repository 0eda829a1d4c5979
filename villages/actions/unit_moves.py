"""What a change of units writes on its day: units, names, heads, liaisons, absences, people. Called inside a transaction."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import F, Q

from emulation.communes.models import UnitSuccession
from emulation.core.registry import Registry
from villages.actions.heads import ONE_DAY, end_heads, end_rows, set_head
from villages.models import (
    Absence,
    Collective,
    CouncilLiaison,
    Household,
    Person,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitName,
    UnitTransfer,
)
from villages.queries.role_conflicts import head_fault
from villages.rules.unit_changes import NewUnit, unit_code

CarryWork = Callable[[Unit, Unit, date], int]
unit_carriers: Registry[CarryWork] = Registry(
    "Work carried over between units",
    "key of the figure: a function that gives rows of a closed unit to its successor on that day and returns how many",
)


def open_new_unit(change: UnitChange, new: NewUnit) -> Unit:
    """Creates the unit of that day with its name, head and council liaison, as a new part of the change.

    Units from its place in the order on move one place down.
    """
    Unit.objects.filter(commune_id=change.commune_id, sort__gte=new.sort).update(sort=F("sort") + 1)
    taken = set(Unit.with_collectives.filter(commune_id=change.commune_id).values_list("code", flat=True))
    unit = Unit.objects.create(
        commune_id=change.commune_id,
        kind=new.kind,
        code=unit_code(new.name, taken),
        name=new.name,
        head_title=new.head_title,
        sort=new.sort,
        founded_on=change.effective_on,
    )
    UnitName.objects.create(unit=unit, name=new.name, starts_on=change.effective_on)
    UnitChangePart.objects.create(change=change, unit=unit, side=UnitChangePart.NEW)
    set_head_and_liaison(unit, new, change.effective_on)
    return unit


def rename_unit_on(unit: Unit, name: str, day: date) -> None:
    """The unit has the name from that day; the earlier one ends the day before."""
    current = unit.names.filter(ends_on=None).order_by("-starts_on").first()
    if current is None:  # a unit of before names were dated
        UnitName.objects.create(unit=unit, name=unit.name, starts_on=date(1900, 1, 1), ends_on=day - ONE_DAY)
    else:
        current.ends_on = day - ONE_DAY
        current.save(update_fields=["ends_on"])
    UnitName.objects.create(unit=unit, name=name, starts_on=day)
    unit.name = name
    unit.save(update_fields=["name"])


def close_unit_on(unit: Unit, day: date) -> dict[str, int]:
    """The unit no longer exists from that day: names, heads, liaison and absences end the day before. Returns how many ended."""
    unit.dissolved_on = day
    unit.save(update_fields=["dissolved_on"])
    unit.names.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lt=day).update(ends_on=day - ONE_DAY)
    return {
        "heads": end_heads(unit, day),
        "liaisons": end_rows(CouncilLiaison.objects.filter(unit=unit), day),
        "absences": end_rows(Absence.objects.filter(unit=unit), day),
    }


def absorb(change: UnitChange, closed: Unit, successor: Unit) -> dict[str, int]:
    """People, households, collectives and unfinished work of the closed unit go to the successor, whose head also acts for it: reads
    its cases and its award book, answers what it was asked. Returns figures."""
    day = change.effective_on
    figures = close_unit_on(closed, day)
    people = list(Person.objects.filter(unit=closed))
    households = list(Household.objects.filter(unit=closed))
    in_use = {
        "people": Person.objects.in_use().filter(unit=closed).count(),
        "households": Household.objects.in_use().filter(unit=closed).count(),
    }
    move(change, closed, successor, people, households)
    collectives = Collective.objects.filter(parent=closed).update(parent=successor, sort=successor.sort)
    UnitSuccession.objects.create(
        commune_id=change.commune_id, unit_id=closed.pk, successor_id=successor.pk, starts_on=day
    )
    work = {name: carry(closed, successor, day) for name, carry in unit_carriers.items()}
    return {**in_use, "collectives": collectives, **work, **figures}


def move(change: UnitChange, source: Unit, target: Unit, people: list[Person], households: list[Household]) -> None:
    """People and households belong to the target from the day of the change, each with a dated row of the move."""
    day = change.effective_on
    about: list[dict[str, Any]] = [{"person": person} for person in people]
    about += [{"household": household} for household in households]
    UnitTransfer.objects.bulk_create(
        UnitTransfer(
            commune_id=change.commune_id, change=change, from_unit=source, to_unit=target, moved_on=day, **subject
        )
        for subject in about
    )
    Person.objects.filter(pk__in=[one.pk for one in people]).update(unit=target, unit_since=day)
    Household.objects.filter(pk__in=[one.pk for one in households]).update(unit=target, unit_since=day)


def set_head_and_liaison(unit: Unit, new: NewUnit, day: date) -> None:
    """The head and the council liaison of the unit from that day; a head who may no longer be one is left out."""
    person = Person.objects.filter(commune_id=unit.commune_id, pk=new.head or 0).select_related("user").first()
    if person and not head_fault(person.full_name, person.user, unit.commune_id, day, new.acting_until):
        set_head(unit, person, day, acting_until=new.acting_until)
    liaison = Person.objects.filter(commune_id=unit.commune_id, pk=new.liaison or 0).first()
    if liaison:
        end_rows(CouncilLiaison.objects.filter(unit=unit), day)
        CouncilLiaison.objects.create(commune_id=unit.commune_id, unit=unit, person=liaison, starts_on=day)
