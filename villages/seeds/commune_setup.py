"""Setting up a commune from a plan, before anybody can sign in; the only writes without a permission check.

Used by `manage.py load_demo` and `manage.py open_commune`; running it twice changes nothing.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from emulation.accounts.models import OfficePhone, User
from emulation.audit.log import record_entry
from emulation.communes.models import Commune, CommuneIdentity, Membership
from emulation.communes.roles import Role
from villages.actions.name_marks import store_all_name_marks
from villages.models import Appointment, CouncilVersion, Household, Person, Seat, Unit, UnitName

DEMO_PLAN = Path(__file__).parent / "demo.toml"
DEMO_PASSWORD = "sovang-2026"
FIRST_DAY = date(2021, 1, 4)
"""The day on which the demo commune begins to use the program."""


def read_commune_plan(path: Path = DEMO_PLAN) -> dict[str, Any]:
    """The plan of a commune (TOML): identities, units, logins; council, people, households if they are known."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def set_up_commune(plan: dict[str, Any], *, password: str, since: date = date(2021, 1, 1)) -> Commune:
    """Creates the commune of the plan, or returns the existing one; every login gets `password`."""
    existing = Commune.objects.filter(code=plan["code"]).first()
    if existing:
        return existing
    commune = Commune.objects.create(code=plan["code"], is_demo=plan.get("demo", False))
    CommuneIdentity.objects.bulk_create(CommuneIdentity(commune=commune, **identity) for identity in plan["identities"])
    if phone := plan.get("office_phone"):
        OfficePhone.objects.create(commune=commune, phone=phone, starts_on=since)
    units = _create_units(commune, plan["units"], since)
    people = _create_logins(commune, plan["logins"], units, password, since)
    if council := plan.get("council"):
        _create_council(commune, council, people, since)
    _create_people(commune, plan, units)
    store_all_name_marks(commune.pk)
    record_entry(commune_id=commune.pk, actor=None, act="villages.set_up", label="Thiết lập xã", subject=commune)
    return commune


def _create_units(commune: Commune, rows: list[dict[str, Any]], since: date) -> dict[str, Unit]:
    """The units by code."""
    former_names = [row.get("former_names", []) for row in rows]
    units = Unit.objects.bulk_create(
        Unit(commune=commune, sort=place, **{key: value for key, value in row.items() if key != "former_names"})
        for place, row in enumerate(rows)
    )
    for unit, former in zip(units, former_names, strict=True):
        UnitName.objects.bulk_create(_dated_names(unit, former, since))
    return {unit.code: unit for unit in units}


def _dated_names(unit: Unit, former: list[dict[str, Any]], since: date) -> Iterator[UnitName]:
    """The former names in the order of their last days, then the present one."""
    for row in former:
        yield UnitName(unit=unit, name=row["name"], starts_on=since, ends_on=row["ends_on"])
        since = row["ends_on"] + timedelta(days=1)
    yield UnitName(unit=unit, name=unit.name, starts_on=since)


def _create_logins(
    commune: Commune, rows: list[dict[str, Any]], units: dict[str, Unit], password: str, since: date
) -> dict[str, Person]:
    """A user for each row, with memberships in its role and those of `also`; returned by login, the people of a unit.

    They are appointed as its head unless their role shows that they only work there.
    """
    # One slow hash for all; the first sign-in or open_commune gives each user their own.
    hashed = make_password(password)
    users = User.objects.bulk_create(
        User(username=row["login"], full_name=row["name"], phone=row.get("phone", ""), password=hashed) for row in rows
    )
    memberships = []
    officials = []  # (user, row, unit) of the rows with a unit
    for user, row in zip(users, rows, strict=True):
        unit = units.get(row.get("unit", ""))
        unit_id = unit.pk if unit else None
        memberships += _memberships(commune, user, row, unit_id, since)
        if unit:
            officials.append((user, row, unit))
    Membership.objects.bulk_create(memberships)
    people = Person.objects.bulk_create(_official(commune, *official) for official in officials)
    Appointment.objects.bulk_create(
        Appointment(commune=commune, unit=unit, person=person, post=unit.head_title, starts_on=since)
        for person, (_, row, unit) in zip(people, officials, strict=True)
        if _heads(row, unit)
    )
    return {row["login"]: person for person, (_, row, _) in zip(people, officials, strict=True)}


def _heads(row: dict[str, Any], unit: Unit) -> bool:
    """Whether the row is of the unit's head: by its role, and by its post if it names one."""
    if row["role"] in (Role.chair, Role.clerk, Role.council_member):
        return False
    return (row.get("post") or unit.head_title).lower().startswith(unit.head_title.lower())


def _memberships(
    commune: Commune, user: User, row: dict[str, Any], unit_id: int | None, since: date
) -> list[Membership]:
    roles = (row["role"], *row.get("also", ()))
    # A member of the council is so for the whole commune.
    units = {role: None if role == Role.council_member else unit_id for role in roles}
    return [
        Membership(commune=commune, user_id=user.pk, role=role, unit_id=unit, starts_on=since)
        for role, unit in units.items()
    ]


def _official(commune: Commune, user: User, row: dict[str, Any], unit: Unit) -> Person:
    person = Person(
        commune=commune,
        unit=unit,
        user=user,
        sex=row.get("sex", ""),
        birth_year=row.get("born"),
        post=row.get("post") or unit.head_post,
        group="leader" if row["role"] == Role.chair else row.get("group", ""),
    )
    person.put_name(row["name"])
    return person


def _create_people(commune: Commune, plan: dict[str, Any], units: dict[str, Unit]) -> None:
    """People without a login, and households."""
    people = []
    households = []
    for unit, name, sex, born, post, group in plan.get("people", []):
        person = Person(commune=commune, unit=units[unit], sex=sex, birth_year=born, post=post, group=group)
        person.put_name(name)
        people.append(person)
    for unit, head in plan.get("households", []):
        household = Household(commune=commune, unit=units[unit])
        household.put_name(head)
        households.append(household)
    Person.objects.bulk_create(people)
    Household.objects.bulk_create(households)


def _create_council(commune: Commune, plan: dict[str, Any], people: dict[str, Person], since: date) -> None:
    keys = ("name", "decision_no", "decision_date", "term", "starts_on")
    version = CouncilVersion.objects.create(commune=commune, **{key: plan[key] for key in keys})
    Seat.objects.bulk_create(
        Seat(commune=commune, version=version, person=people[login], role=role, position=position, sort=place)
        for place, (login, role, position) in enumerate(plan["seats"])
    )
    members = Membership.objects.filter(commune=commune, role=Role.council_member, unit_id=None)
    member_ids = set(members.values_list("user_id", flat=True))
    Membership.objects.bulk_create(
        Membership(commune=commune, user_id=user_id, role=Role.council_member, starts_on=since)
        for login, *_ in plan["seats"]
        if (user_id := people[login].user_id) and user_id not in member_ids
    )
