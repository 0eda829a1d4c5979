"""A user's commune, roles and units on a date: the input of every permission check."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from emulation.communes.roles import UNIT_HEAD_ROLES, Role


@dataclass(frozen=True)
class ActingRole:
    """A role that a user has only on the days on which `acts_for_id`, whose role it is, is away; `capacity`: by it alone."""

    acts_for_id: int
    capacity: "UserCapacity"


@dataclass(frozen=True)
class UserCapacity:
    """The roles and units of a user in one commune on one date."""

    user_id: int | None = None
    commune_id: int | None = None
    roles: frozenset[Role] = frozenset()
    units_by_role: dict[Role, frozenset[int]] = field(default_factory=dict)
    acting: tuple[ActingRole, ...] = ()
    own: "UserCapacity | None" = None  # without the acting roles; None if there are none

    def has(self, *roles: Role) -> bool:
        """Whether the user has one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units that this user heads, and those that were closed and carried over to one of them."""
        return frozenset().union(*(self.units_by_role.get(role, frozenset()) for role in UNIT_HEAD_ROLES))

    def acts_for(self, role: Role) -> int | None:
        """The id of the absent user whose role this is; None if the user has it of their own, or not at all."""
        if self.own is None or self.own.has(role):
            return None
        return next((row.acts_for_id for row in self.acting if row.capacity.has(role)), None)

    def absent_ids(self, *roles: Role) -> frozenset[int]:
        """The ids of the absent users for whom the user acts today by one of these roles."""
        return frozenset(row.acts_for_id for row in self.acting if row.capacity.has(*roles))

    def heads(self, unit_id: int | None) -> bool:
        """Whether this user heads that unit."""
        return unit_id is not None and unit_id in self.unit_ids


NO_CAPACITY = UserCapacity()


def capacity_of(user: Any, on: date | None = None) -> UserCapacity:
    """The user's capacity on a date (default: today). Today's is cached on the user object, so once per request."""
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
    """Drops the cached capacity of this user; call it after their memberships change."""
    user.__dict__.pop("_capacity", None)


def role_holder_ids(commune_id: int, *roles: Role, on: date) -> list[int]:
    """Ids of the users with one of these roles in the commune on that day, who act for somebody absent among them."""
    rows = apps.get_model("communes.Membership").objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), commune_id=commune_id, role__in=roles, starts_on__lte=on
    )
    return list(rows.values_list("user_id", flat=True).distinct())


def _load_capacity(user_id: int, on: date, chosen_commune_id: int | None) -> UserCapacity:
    rows = list(
        apps.get_model("communes.Membership")
        .objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), user_id=user_id, starts_on__lte=on)
        .order_by("starts_on", "pk")
        .values_list("commune_id", "role", "unit_id", "acts_for_id")
    )
    if not rows:
        return UserCapacity(user_id=user_id)
    communes = [row[0] for row in rows]
    commune_id = chosen_commune_id if chosen_commune_id in communes else communes[0]
    return _in_commune(UserCapacity(user_id, commune_id), [row[1:] for row in rows if row[0] == commune_id], on)


def _in_commune(nobody: UserCapacity, rows: list["RoleRow"], on: date) -> UserCapacity:
    heads_a_unit = any(row[0] in UNIT_HEAD_ROLES for row in rows)
    successors = successors_on(nobody.commune_id or 0, on) if heads_a_unit else {}
    whole = _with_roles(nobody, rows, successors)
    if all(row[2] is None for row in rows):
        return whole
    return replace(
        whole,
        own=_with_roles(nobody, [row for row in rows if row[2] is None], successors),
        acting=tuple(_acting_roles(nobody, rows, successors)),
    )


def _acting_roles(nobody: UserCapacity, rows: list["RoleRow"], successors: dict[int, int]) -> Iterator[ActingRole]:
    for row in rows:
        if row[2] is not None:
            yield ActingRole(row[2], _with_roles(nobody, [row], successors))


RoleRow = tuple[str, int | None, int | None]
"""Role, unit, for whom."""


def _with_roles(nobody: UserCapacity, rows: list[RoleRow], successors: dict[int, int]) -> UserCapacity:
    """The capacity by these roles. Heads have the units that were closed and carried over to theirs as well."""
    units: dict[Role, set[int]] = defaultdict(set)
    for role, unit_id, _ in rows:
        if unit_id is not None:
            units[Role(role)].add(unit_id)
    for role in UNIT_HEAD_ROLES & units.keys():
        units[role] |= {old for old, present in successors.items() if present in units[role]}
    return replace(
        nobody,
        roles=frozenset(Role(role) for role, _, _ in rows),
        units_by_role={role: frozenset(ids) for role, ids in units.items()},
    )


def successors_on(commune_id: int, on: date) -> dict[int, int]:
    """{closed unit: the unit that acts for it on that day}, chains followed to their end; one query."""
    rows = apps.get_model("communes.UnitSuccession").objects.filter(commune_id=commune_id, starts_on__lte=on)
    return last_successors(dict(rows.values_list("unit_id", "successor_id")))


def last_successors(direct: dict[int, int]) -> dict[int, int]:
    """{unit: the last unit of its chain}; a chain that comes back to itself (never written) ends at its first unit."""
    found: dict[int, int] = {}
    for unit_id, successor in direct.items():
        seen = {unit_id}
        while successor in direct and successor not in seen:
            seen.add(successor)
            successor = direct[successor]
        found[unit_id] = successor
    return found
