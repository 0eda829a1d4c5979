"""Setting up a commune from a plan: the one thing done before anybody can sign in, so it goes by no gate.

Used by `manage.py load_demo` and `manage.py open_commune`; running it twice changes nothing.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from emulation.accounts.models import User
from emulation.audit.trail import record
from emulation.communes.models import Commune, CommuneIdentity, Membership
from emulation.communes.roles import Role
from villages.models import Appointment, CouncilVersion, Household, Person, Seat, Unit, UnitName

DEMO_PLAN = Path(__file__).parent / "demo.toml"
DEMO_PASSWORD = "sovang-2026"


def read_plan(path: Path = DEMO_PLAN) -> dict[str, Any]:
    """The plan of a commune (TOML): identities, units, logins, council, people, households."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def set_up(plan: dict[str, Any], *, password: str, since: date = date(2021, 1, 1)) -> Commune:
    """Makes the commune of the plan, or returns it when it is there already; every login gets `password`."""
    known = Commune.objects.filter(code=plan["code"]).first()
    if known:
        return known
    commune = Commune.objects.create(code=plan["code"], is_demo=plan.get("demo", False))
    for identity in plan["identities"]:
        CommuneIdentity.objects.create(commune=commune, **identity)
    units = {row["code"]: _unit(commune, row, place, since) for place, row in enumerate(plan["units"])}
    hashed = make_password(password)  # one costly hash for all: the first sign-in or open_commune gives each his own
    people = {row["login"]: _login(commune, row, units, hashed, since) for row in plan["logins"]}
    _council(commune, plan["council"], people, since)
    for unit, name, sex, born, post, group in plan.get("people", []):
        person = Person(commune=commune, unit=units[unit], sex=sex, birth_year=born, post=post, group=group)
        person.put_name(name)
        person.save()
    for unit, head in plan.get("households", []):
        household = Household(commune=commune, unit=units[unit])
        household.put_name(head)
        household.save()
    record(commune_id=commune.pk, actor=None, act="villages.set_up", label="Thiết lập xã", subject=commune)
    return commune


def _unit(commune: Commune, row: dict[str, Any], place: int, since: date) -> Unit:
    unit = Unit.objects.create(commune=commune, sort=place, **row)
    UnitName.objects.create(unit=unit, name=unit.name, starts_on=since)
    return unit


def _login(commune: Commune, row: dict[str, Any], units: dict[str, Unit], hashed: str, since: date) -> Person | None:
    user = User.objects.create(username=row["login"], full_name=row["name"], password=hashed)
    unit = units.get(row.get("unit", ""))
    Membership.objects.create(
        commune=commune, user_id=user.pk, role=row["role"], unit_id=unit.pk if unit else None, starts_on=since
    )
    if unit is None:
        return None
    post = row.get("post") or f"{unit.head_title} {unit.name}"
    person = Person(
        commune=commune,
        unit=unit,
        user=user,
        sex=row.get("sex", ""),
        birth_year=row.get("born"),
        post=post,
        group="leader" if row["role"] == Role.chair else "official",
    )
    person.put_name(row["name"])
    person.save()
    if row["role"] not in (Role.chair, Role.clerk, Role.council_member):
        Appointment.objects.create(commune=commune, unit=unit, person=person, post=unit.head_title, starts_on=since)
    return person


def _council(commune: Commune, plan: dict[str, Any], people: dict[str, Person | None], since: date) -> None:
    keys = ("name", "decision_no", "decision_date", "term", "starts_on")
    version = CouncilVersion.objects.create(commune=commune, **{key: plan[key] for key in keys})
    for place, (login, role, position) in enumerate(plan["seats"]):
        person = people[login]
        assert person is not None and person.user_id is not None, login
        Seat.objects.create(commune=commune, version=version, person=person, role=role, position=position, sort=place)
        Membership.objects.get_or_create(
            commune=commune,
            user_id=person.user_id,
            role=Role.council_member,
            unit_id=None,
            defaults={"starts_on": since},
        )
