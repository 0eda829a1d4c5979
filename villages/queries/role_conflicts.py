"""Who cannot have a role on some days because they check units then, or head one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from emulation.accounts.models import User
from emulation.communes.models import Membership
from emulation.communes.roles import CHECKING_ROLES, UNIT_HEAD_ROLES, Role
from emulation.core.formatting import format_date
from villages.rules.accounts import roles_in_conflict

CHECKS_UNITS = (
    "{name} thẩm định, quyết định hoặc giám sát ({role}{since}) nên không đứng đầu, không làm thay cho đơn vị được. "
    "Vai kia thôi trước ngày đó thì được."
)
HEADS_A_UNIT = (
    "{name} đứng đầu đơn vị ({role}{since}) nên không thẩm định, quyết định, giám sát các đơn vị được. "
    "Vai kia thôi trước ngày đó thì được."
)
NO_ACCOUNT = "{name} chưa có tài khoản đang dùng nên không đứng đầu đơn vị được."


def memberships_between(commune_id: int, roles: Iterable[Role], first: date, last: date | None) -> Q:
    """The filter of the memberships in these roles on any day between the two (None: without end)."""
    begins = Q(starts_on__lte=last) if last else Q()
    return begins & (Q(ends_on=None) | Q(ends_on__gte=first)) & Q(commune_id=commune_id, role__in=list(roles))


def role_fault(user: User, commune_id: int, role: Role, first: date, last: date | None = None) -> str:
    """Why the user cannot have this role on these days, or ""; one query. Roles that are to begin count as well."""
    rows = Membership.objects.filter(memberships_between(commune_id, roles_in_conflict(role), first, last))
    found = rows.filter(user_id=user.pk).order_by("starts_on", "pk").first()
    if found is None:
        return ""
    words = CHECKS_UNITS if role in UNIT_HEAD_ROLES else HEADS_A_UNIT
    since = f", từ ngày {format_date(found.starts_on)}" if found.starts_on > first else ""
    return words.format(name=user.full_name, role=Role(found.role).title, since=since)


def head_fault(name: str, user: User | None, commune_id: int, first: date, last: date | None = None) -> str:
    """Why somebody of that name cannot head a unit, or act for its head, on these days; "" if they can."""
    if user is None or not user.is_active:
        return NO_ACCOUNT.format(name=name)
    return role_fault(user, commune_id, Role.village_head, first, last)


def checking_user_ids(commune_id: int, first: date, last: date | None = None) -> set[int]:
    """Ids of the users who check units on any of these days; one query."""
    rows = Membership.objects.filter(memberships_between(commune_id, CHECKING_ROLES, first, last))
    return set(rows.values_list("user_id", flat=True))
