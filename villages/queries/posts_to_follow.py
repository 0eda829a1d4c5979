"""Roles of the commune that end on a day without anybody after them."""

from datetime import date

from django.db.models import Q

from emulation.accounts.models import User
from emulation.communes.models import Membership
from emulation.communes.roles import Role

FOLLOWED_ROLES = (Role.chair, Role.vice_chair, Role.office, Role.clerk)


def roles_to_follow(commune_id: int, on: date, until: date) -> list[tuple[Membership, str]]:
    """Memberships of these roles with a last day from `on` to `until` that nobody has after that day, with the holder's
    name; two queries, three if there are any."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), commune_id=commune_id, role__in=FOLLOWED_ROLES, acts_for_id=None
    )
    held = list(rows.order_by("ends_on", "pk"))
    ending = rows.filter(starts_on__lte=on, ends_on__lte=until).order_by("ends_on", "pk")
    found = [row for row in ending if not any(_follows(other, row) for other in held)]
    return _with_names(found) if found else []


def _with_names(rows: list[Membership]) -> list[tuple[Membership, str]]:
    names = dict(User.objects.filter(pk__in=[row.user_id for row in rows]).values_list("pk", "full_name"))
    return [(row, names[row.user_id]) for row in rows]


def _follows(other: Membership, row: Membership) -> bool:
    """Whether the other holder of the role still has it after the last day of this one."""
    return other.role == row.role and (other.ends_on is None or other.ends_on > (row.ends_on or other.ends_on))
