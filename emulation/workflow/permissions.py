"""Permissions: named predicates that check one object and filter rows for a to-do list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from emulation.communes.capacity import UserCapacity
from emulation.communes.models import Commune
from emulation.communes.roles import COMMUNE_STAFF_ROLES, UNIT_HEAD_ROLES, Role

NO_ROWS = Q(pk__in=[])
"""Matches no row. Compared by identity, so that callers can skip the query."""


@dataclass(frozen=True)
class Permission:
    """A group of users. `label` names them in Vietnamese.

    `allows(capacity, obj)` checks one object (None: the user in general); `row_filter(capacity)` selects their objects.
    """

    label: str
    allows: Callable[[UserCapacity, Any], bool]
    row_filter: Callable[[UserCapacity], Q]
    needs_login: bool = True

    def __or__(self, other: "Permission") -> "Permission":
        return Permission(
            label=f"{self.label} hoặc {other.label}",
            allows=lambda capacity, obj: self.allows(capacity, obj) or other.allows(capacity, obj),
            row_filter=lambda capacity: _either(self.row_filter(capacity), other.row_filter(capacity)),
            needs_login=self.needs_login and other.needs_login,
        )


def holder_of(*roles: Role, label: str = "") -> Permission:
    """Users with one of these roles in the commune of the object."""
    return Permission(
        label=label or " hoặc ".join(role.title for role in roles),
        allows=lambda capacity, obj: capacity.has(*roles) and _same_commune(capacity, obj),
        row_filter=lambda capacity: Q(commune_id=capacity.commune_id) if capacity.has(*roles) else NO_ROWS,
    )


def head_of(path: str = "unit_id", label: str = "người đứng đầu đơn vị") -> Permission:
    """The head of the object's unit; `path` is the lookup of the unit's id ("unit_id", "period__unit_id")."""

    def allows(capacity: UserCapacity, obj: Any) -> bool:
        unit_id = obj
        for part in path.split("__"):
            unit_id = getattr(unit_id, part, None)
        return capacity.heads(unit_id) and _same_commune(capacity, obj)

    def row_filter(capacity: UserCapacity) -> Q:
        units = capacity.unit_ids
        return Q(**{f"{path}__in": units, "commune_id": capacity.commune_id}) if units else NO_ROWS

    return Permission(label, allows, row_filter)


def _either(one: Q, other: Q) -> Q:
    if one is NO_ROWS or other is NO_ROWS:
        return other if one is NO_ROWS else one
    return one | other


def _same_commune(capacity: UserCapacity, obj: Any) -> bool:
    if obj is None:
        return True
    commune_id = obj.pk if isinstance(obj, Commune) else getattr(obj, "commune_id", capacity.commune_id)
    return capacity.commune_id == commune_id


office = holder_of(Role.office)
clerk = holder_of(Role.clerk)
chair = holder_of(Role.chair)
vice_chair = holder_of(Role.vice_chair)
council_member = holder_of(Role.council_member)
superior = holder_of(Role.superior)
administrator = holder_of(Role.administrator)
unit_head = holder_of(*UNIT_HEAD_ROLES, label="người đứng đầu đơn vị")
staff = holder_of(*COMMUNE_STAFF_ROLES, label="Văn phòng, Văn thư, Chủ tịch, Phó Chủ tịch")
issued_paper_readers = staff | unit_head | council_member | superior
council = holder_of(Role.office, Role.chair, Role.council_member, label="Hội đồng TĐKT và Văn phòng")
signed_in = Permission(
    "mọi người đã đăng nhập",
    lambda capacity, obj: capacity.user_id is not None and (obj is None or _same_commune(capacity, obj)),
    lambda capacity: Q(commune_id=capacity.commune_id),
)
public = Permission(
    "mọi người, không cần đăng nhập", lambda capacity, obj: True, lambda capacity: Q(), needs_login=False
)
