"""Who may: predicates with honest names, each able to judge one object and to pick rows for a to-do list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from emulation.communes.models import Commune
from emulation.communes.roles import UNIT_HEADS, Role
from emulation.communes.standing import Standing

NONE = Q(pk__in=[])
"""No rows at all. Told apart by identity, so that nobody asks the database for what is not his."""


@dataclass(frozen=True)
class Who:
    """A group of people. `label` names them in Vietnamese; `test` judges one object; `rows` picks the objects of a user."""

    label: str
    test: Callable[[Standing, Any], bool]
    rows: Callable[[Standing], Q]
    needs_login: bool = True

    def __or__(self, other: "Who") -> "Who":
        return Who(
            label=f"{self.label} hoặc {other.label}",
            test=lambda standing, obj: self.test(standing, obj) or other.test(standing, obj),
            rows=lambda standing: _either(self.rows(standing), other.rows(standing)),
            needs_login=self.needs_login and other.needs_login,
        )


def holder_of(*roles: Role, label: str = "") -> Who:
    """People who hold one of these roles in the commune of the object."""
    return Who(
        label=label or " hoặc ".join(role.title for role in roles),
        test=lambda standing, obj: standing.has(*roles) and _same_commune(standing, obj),
        rows=lambda standing: Q(commune_id=standing.commune_id) if standing.has(*roles) else NONE,
    )


def head_of(path: str = "unit_id", label: str = "người đứng đầu đơn vị") -> Who:
    """The head of the unit to which the object belongs; `path` leads to the unit's id ("unit_id", "period__unit_id")."""

    def test(standing: Standing, obj: Any) -> bool:
        unit_id = obj
        for part in path.split("__"):
            unit_id = getattr(unit_id, part, None)
        return standing.heads(unit_id) and _same_commune(standing, obj)

    def rows(standing: Standing) -> Q:
        units = standing.unit_ids
        return Q(**{f"{path}__in": units, "commune_id": standing.commune_id}) if units else NONE

    return Who(label, test, rows)


def _either(one: Q, other: Q) -> Q:
    if one is NONE or other is NONE:
        return other if one is NONE else one
    return one | other


def _same_commune(standing: Standing, obj: Any) -> bool:
    if obj is None:
        return True
    commune_id = obj.pk if isinstance(obj, Commune) else getattr(obj, "commune_id", standing.commune_id)
    return standing.commune_id == commune_id


office = holder_of(Role.office)
clerk = holder_of(Role.clerk)
chair = holder_of(Role.chair)
council_member = holder_of(Role.council_member)
superior = holder_of(Role.superior)
administrator = holder_of(Role.administrator)
unit_head = holder_of(*UNIT_HEADS, label="người đứng đầu đơn vị")
staff = holder_of(Role.office, Role.clerk, Role.chair, label="Văn phòng, Văn thư, Chủ tịch")
council = holder_of(Role.office, Role.chair, Role.council_member, label="Hội đồng TĐKT và Văn phòng")
signed_in = Who(
    "mọi người đã đăng nhập",
    lambda standing, obj: standing.user_id is not None and (obj is None or _same_commune(standing, obj)),
    lambda standing: Q(commune_id=standing.commune_id),
)
public = Who("mọi người, không cần đăng nhập", lambda standing, obj: True, lambda standing: Q(), needs_login=False)
