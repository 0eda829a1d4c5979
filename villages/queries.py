"""Joins between people, units and those who serve."""

from datetime import date

from django.db.models import Q

from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEADS, Role
from villages.models import Unit


def holders(commune_id: int, *roles: Role, on: date) -> list[int]:
    """Ids of the users who hold one of these roles in the commune on that day."""
    return list(_serving(on).filter(commune_id=commune_id, role__in=roles).values_list("user_id", flat=True).distinct())


def heads_of(unit: Unit, on: date) -> list[int]:
    """Ids of the users who head the unit on that day."""
    rows = _serving(on).filter(commune_id=unit.commune_id, unit_id=unit.pk, role__in=UNIT_HEADS)
    return list(rows.values_list("user_id", flat=True).distinct())


def _serving(on: date):  # type: ignore[no-untyped-def]
    return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
