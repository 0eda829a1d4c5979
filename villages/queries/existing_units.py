"""What a commune that begins to use the program still lacks: units, heads with an account, chair and clerk, the first council."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from emulation.accounts.queries import unfinished_requests
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from villages.models import CouncilVersion, Person, Unit

FIRST_SIGNERS = (Role.chair, Role.clerk)


def removable_units(commune_id: int) -> list[Unit]:
    """The units without people and without anybody who ever headed them, in their order."""
    people = Person.objects.filter(unit=OuterRef("pk"))
    return list(_never_headed(commune_id).filter(~Exists(people)).order_by("sort", "pk"))


def _never_headed(commune_id: int) -> QuerySet[Unit]:
    heads = Membership.objects.filter(unit_id=OuterRef("pk"))
    rows = Unit.objects.filter(commune_id=commune_id, dissolved_on=None)
    return rows.exclude(kind=Unit.OFFICE).filter(~Exists(heads))


def units_without_account(commune_id: int) -> list[Unit]:
    """The units that nobody ever headed with an account, in their order; one query."""
    return list(_never_headed(commune_id).order_by("sort", "pk"))


def signers_without_account(commune_id: int) -> list[Role]:
    """Chair and clerk, without those that somebody ever had or that wait for a second person; two queries."""
    roles = Membership.objects.filter(commune_id=commune_id, role__in=FIRST_SIGNERS).values_list("role", flat=True)
    asked = unfinished_requests(commune_id).filter(role__in=FIRST_SIGNERS)
    known = {*roles, *asked.values_list("role", flat=True)}
    return [role for role in FIRST_SIGNERS if role not in known]


@dataclass(frozen=True)
class BeginningConditions:
    """Conditions on a commune for one query: no unit besides the office, a unit never headed, never a chair or a clerk,
    no council at all."""

    no_units: Any
    unheaded: Exists
    no_signers: Any
    no_council: Any


def beginning_conditions(commune_id: int) -> BeginningConditions:
    """The conditions of what a new commune lacks."""
    units = Unit.objects.filter(commune_id=commune_id).exclude(kind=Unit.OFFICE)
    councils = CouncilVersion.objects.filter(commune_id=commune_id)
    roles = Membership.objects.filter(commune_id=commune_id)
    chairs = Exists(roles.filter(role=Role.chair))
    clerks = Exists(roles.filter(role=Role.clerk))
    return BeginningConditions(
        no_units=~Exists(units),
        unheaded=Exists(_never_headed(commune_id)),
        no_signers=~chairs | ~clerks,
        no_council=~Exists(councils),
    )
