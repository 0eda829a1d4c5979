"""What a change of units writes on its day: units, names, heads, liaisons, absences, people. Called inside a transaction."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from emulation.communes.capacity import capacity_of, clear_capacity_cache
from emulation.communes.models import Membership, UnitSuccession
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.registry import Registry
from villages.actions.assignments import ROLES_NOT_DEPUTY
from villages.models import (
    Absence,
    Appointment,
    CouncilLiaison,
    Household,
    Person,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitName,
    UnitTransfer,
)
from villages.queries.people import unit_head_ids
from villages.rules.unit_changes import NewUnit, unit_code

HEAD_ROLES = {
    Unit.VILLAGE: Role.village_head,
    Unit.SCHOOL: Role.school_head,
    Unit.STATION: Role.station_head,
    Unit.ORGANISATION: Role.org_head,
}
ONE_DAY = timedelta(days=1)
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
    taken = set(Unit.objects.filter(commune_id=change.commune_id).values_list("code", flat=True))
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


def end_rows(rows: Any, day: date) -> int:
    """Ends dated rows the day before; those that would begin later never do and are deleted. Returns how many."""
    open_rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=day))
    deleted, _ = open_rows.filter(starts_on__gte=day).delete()
    return deleted + open_rows.update(ends_on=day - ONE_DAY)


def end_heads(unit: Unit, day: date) -> int:
    """The heads of the unit, and those who act for them, are so until the day before. Returns how many roles ended."""
    end_rows(Appointment.objects.filter(unit=unit), day)
    memberships = Membership.objects.filter(commune_id=unit.commune_id, unit_id=unit.pk, role__in=UNIT_HEAD_ROLES)
    return end_rows(memberships, day)


def absorb(change: UnitChange, closed: Unit, successor: Unit) -> dict[str, int]:
    """People, households and unfinished work of the closed unit go to the successor, whose head also acts for it: reads
    its cases and its award book, answers what it was asked. Returns figures."""
    day = change.effective_on
    figures = close_unit_on(closed, day)
    people = list(Person.objects.filter(unit=closed))
    households = list(Household.objects.filter(unit=closed))
    move(change, closed, successor, people, households)
    UnitSuccession.objects.create(
        commune_id=change.commune_id, unit_id=closed.pk, successor_id=successor.pk, starts_on=day
    )
    work = {name: carry(closed, successor, day) for name, carry in unit_carriers.items()}
    return {"people": len(people), "households": len(households), **work, **figures}


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
    if person and person.user and may_head(person, unit):
        set_head(unit, person, day, acting_until=new.acting_until)
    liaison = Person.objects.filter(commune_id=unit.commune_id, pk=new.liaison or 0).first()
    if liaison:
        end_rows(CouncilLiaison.objects.filter(unit=unit), day)
        CouncilLiaison.objects.create(commune_id=unit.commune_id, unit=unit, person=liaison, starts_on=day)


def may_head(person: Person, unit: Unit) -> bool:
    """Whether the person is of the commune and has an account in use without a role that checks units."""
    user = person.user
    if user is None or not user.is_active or person.commune_id != unit.commune_id:
        return False
    clear_capacity_cache(user)
    return capacity_of(user).roles.isdisjoint(ROLES_NOT_DEPUTY)


def set_head(unit: Unit, person: Person, day: date, *, acting_until: date | None = None) -> None:
    """The person heads the unit from that day, instead of those before; an acting head only until that last day."""
    if acting_until is None and unit_head_ids(unit, day) == [person.user_id] and not _is_acting(unit, person, day):
        return
    end_heads(unit, day)
    Membership.objects.create(
        commune_id=unit.commune_id,
        user_id=person.user_id,
        role=HEAD_ROLES[unit.kind],
        unit_id=unit.pk,
        starts_on=day,
        ends_on=acting_until,
    )
    Appointment.objects.create(
        commune_id=unit.commune_id,
        unit=unit,
        person=person,
        post=f"Phụ trách {unit.name}" if acting_until else unit.head_title,
        acting=acting_until is not None,
        starts_on=day,
        ends_on=acting_until,
    )


def _is_acting(unit: Unit, person: Person, day: date) -> bool:
    rows = Appointment.objects.filter(unit=unit, person=person, acting=True, starts_on__lte=day, ends_on__gte=day)
    return rows.exists()
