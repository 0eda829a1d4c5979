"""Where a user stands: his commune, roles and units on a day. The one thing that every permission is built upon."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from emulation.communes.roles import UNIT_HEAD_ROLES, Role


@dataclass(frozen=True)
class UserCapacity:
    """What a user is in one commune on one day."""

    user_id: int | None = None
    commune_id: int | None = None
    roles: frozenset[Role] = frozenset()
    units_by_role: dict[Role, frozenset[int]] = field(default_factory=dict)

    def has(self, *roles: Role) -> bool:
        """Whether one of these roles is held."""
        return not self.roles.isdisjoint(roles)

    @property
    def unit_ids(self) -> frozenset[int]:
        """Units that this user heads."""
        return frozenset().union(*(self.units_by_role.get(role, frozenset()) for role in UNIT_HEAD_ROLES))

    def heads(self, unit_id: int | None) -> bool:
        """Whether this user heads that unit."""
        return unit_id is not None and unit_id in self.unit_ids


NO_CAPACITY = UserCapacity()


def capacity_of(user: Any, on: date | None = None) -> UserCapacity:
    """The user's standing on a day (today when not said), kept on the user object for the length of a request."""
    if user is None or not getattr(user, "is_authenticated", False):
        return NO_CAPACITY
    if on is None:
        cached = getattr(user, "_capacity", None)
        if cached is None:
            cached = user._capacity = _load_capacity(
                user.pk, timezone.localdate(), getattr(user, "commune_choice", None)
            )
        return cached
    return _load_capacity(user.pk, on, getattr(user, "commune_choice", None))


def clear_capacity_cache(user: Any) -> None:
    """Makes the next question about this user look afresh, after his memberships changed."""
    user.__dict__.pop("_capacity", None)


def _load_capacity(user_id: int, on: date, choice: int | None) -> UserCapacity:
    rows = list(
        apps.get_model("communes.Membership")
        .objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), user_id=user_id, starts_on__lte=on)
        .order_by("starts_on", "pk")
        .values_list("commune_id", "role", "unit_id")
    )
    if not rows:
        return UserCapacity(user_id=user_id)
    communes = [row[0] for row in rows]
    commune_id = choice if choice in communes else communes[0]
    units: dict[Role, set[int]] = defaultdict(set)
    roles: set[Role] = set()
    for row_commune, role, unit_id in rows:
        if row_commune == commune_id:
            roles.add(Role(role))
            if unit_id is not None:
                units[Role(role)].add(unit_id)
    return UserCapacity(
        user_id=user_id,
        commune_id=commune_id,
        roles=frozenset(roles),
        units_by_role={role: frozenset(ids) for role, ids in units.items()},
    )
