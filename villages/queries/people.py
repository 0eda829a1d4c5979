"""People, units and roles: a unit's heads, users in a role, search for a nominee, counts, memberships of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, successors_on
from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.workflow import permissions
from villages.models import CouncilVersion, Household, Person, Unit
from villages.queries.twins import mark_twins
from villages.rules.typed_names import read_name

MAX_OPTIONS = 8
NEW_PERSON = "new"  # the option "add a new person"


def may_read_unit(user: Any, unit: Unit) -> bool:
    """Whether the user may read the people of a unit and its yearly records: staff of the commune and its own head; of a
    collective the head of the unit that it belongs to."""
    capacity = capacity_of(user)
    return permissions.staff.allows(capacity, unit) or capacity.heads(unit.head_unit_id)


def belongs_to(nominee: Person | Household, unit: Unit, on: date) -> bool:
    """Whether the person or household is of this unit: today, or on that day before it was carried over to another."""
    return unit.pk in (nominee.unit_id, nominee.unit_on(on).pk)


def present_unit(unit: Unit, on: date) -> Unit:
    """The unit itself, or the one that took over from it by that day."""
    if unit.dissolved_on is None or unit.dissolved_on > on:
        return unit
    return Unit.objects.get(pk=successors_on(unit.commune_id, on).get(unit.pk, unit.pk))


def unit_head_ids(unit: Unit, on: date) -> list[int]:
    """Ids of the users who head the unit on that day; of a closed one those of the unit that took over."""
    present = present_unit(unit, on)
    rows = memberships_on(on).filter(commune_id=unit.commune_id, unit_id=present.pk, role__in=UNIT_HEAD_ROLES)
    return list(rows.values_list("user_id", flat=True).distinct())


def head_ids_of_units(units: Iterable[Unit], on: date) -> list[int]:
    """Ids of the users who head one of these units on that day, or the unit that took over a closed one; one query."""
    units = list(units)
    keys = {unit.pk for unit in units}
    keys |= {present_unit(unit, on).pk for unit in units if unit.dissolved_on}
    rows = memberships_on(on).filter(unit_id__in=keys, role__in=UNIT_HEAD_ROLES)
    rows = rows.filter(commune_id__in={unit.commune_id for unit in units})
    return list(rows.values_list("user_id", flat=True).distinct())


@dataclass(frozen=True)
class ComingHead:
    """Who heads a unit from a later day, until a day if as acting head."""

    name: str
    starts_on: date
    ends_on: date | None


def coming_heads(commune_id: int, on: date) -> dict[int, list[ComingHead]]:
    """Who heads each unit from a day after this one, the first day first, by unit id; two queries."""
    rows = Membership.objects.filter(
        commune_id=commune_id, unit_id__isnull=False, role__in=UNIT_HEAD_ROLES, starts_on__gt=on, acts_for_id=None
    )
    rows = rows.order_by("starts_on", "pk")
    names = dict(User.objects.filter(pk__in=[row.user_id for row in rows]).values_list("pk", "full_name"))
    found: dict[int, list[ComingHead]] = {}
    for row in rows:
        head = ComingHead(names[row.user_id], row.starts_on, row.ends_on)
        found.setdefault(row.unit_id or 0, []).append(head)
    return found


def head_ids_by_unit(commune_id: int, on: date) -> dict[int, list[int]]:
    """Ids of the users who head each unit of the commune on that day, by unit id; two queries.

    A closed unit has the heads of the unit that took over.
    """
    rows = memberships_on(on).filter(commune_id=commune_id, unit_id__isnull=False, role__in=UNIT_HEAD_ROLES)
    found: dict[int, list[int]] = {}
    for unit_id, user_id in rows.order_by("starts_on", "pk").values_list("unit_id", "user_id"):
        heads = found.setdefault(unit_id or 0, [])
        if user_id not in heads:
            heads.append(user_id)
    for closed, present in successors_on(commune_id, on).items():
        if present in found:
            found[closed] = found[present]
    return found


def people_counts_by_unit(user: Any) -> dict[int, int]:
    """Number of people of each unit that the user may see, by unit id."""
    rows = Person.objects.visible_to(user).in_use()
    return dict(rows.order_by().values_list("unit_id").annotate(Count("pk")))


def with_seat_counts(versions: QuerySet[CouncilVersion]) -> QuerySet[CouncilVersion]:
    """The versions with `size`, the number of their seats."""
    return versions.annotate(size=Count("seats"))


@dataclass(frozen=True)
class NomineeOption:
    """A radio button for a person or household: its value, the name, a note that distinguishes equal names."""

    value: str
    label: str
    note: str


def nominee_option(found: Person | Household, label: str = "") -> NomineeOption:
    """A person ("p:12") or a household ("h:5") as an option; `label` instead of the name."""
    name = label or found.name_and_nickname
    if isinstance(found, Person):
        parts = [f"sinh {found.birth_year}" if found.birth_year else "", found.present_post]
        return NomineeOption(f"p:{found.pk}", name, ", ".join(part for part in parts if part))
    return NomineeOption(f"h:{found.pk}", f"Hộ {name}", found.address)


def search_nominee_options(user: Any, *, unit_id: int, household: bool, words: str) -> list[NomineeOption]:
    """The first people (or households) of a unit that the user may see, whose name contains these words (no diacritics
    needed; a title before the name is left out). A twin is shown with what distinguishes them.
    """
    name = read_name(words).name
    if not name:
        return []
    if household:
        households = Household.objects.visible_to(user).in_use().filter(unit_id=unit_id).named_like(name)
        return [nominee_option(found) for found in households[:MAX_OPTIONS]]
    return [nominee_option(found, found.shown_name) for found in people_named(user, name, MAX_OPTIONS, unit_id)]


def people_named(
    user: Any, words: str, limit: int, unit_id: int | None = None, *, with_former: bool = False
) -> list[Person]:
    """The first people (of a unit) whom the user may see and whose name contains these words, each once, marked as twins;
    `with_former`: also who has left, retired or died.

    A record that was merged is found by its name too and gives the kept one.
    """
    rows = Person.objects.visible_to(user).filter(**({"unit_id": unit_id} if unit_id else {}))
    rows = rows if with_former else rows.filter(is_active=True)
    rows = (
        rows.named_like(words)
        .select_related("unit", "same_as__unit")
        .prefetch_related("unit__names")
        .order_by("name_key", "pk")
    )
    kept = {row.kept_id: row.same_as or row for row in rows[:limit]}
    return mark_twins(row for row in kept.values() if _may_choose(user, row, unit_id, with_former))


def _may_choose(user: Any, person: Person, unit_id: int | None, with_former: bool) -> bool:
    return (person.is_active or with_former) and (
        person.unit_id == unit_id if unit_id else may_read_unit(user, person.unit)
    )


def nominee_options_context(
    found: list[NomineeOption], *, name: str, picked: str = "", former: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """The context of villages/_person_choices.html; the option "add" is preselected when nobody was found.

    `former`: who has such a name and left, retired or died, with these words about it.
    """
    picked = picked or ("" if found or former else NEW_PERSON)
    facts = {"choices": found, "former": former, "picked": picked, "adds_new": picked == NEW_PERSON}
    return {**facts, "typed": name.strip()[:120]}


def memberships_on(on: date) -> QuerySet[Membership]:
    """Memberships in force on that day."""
    return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
