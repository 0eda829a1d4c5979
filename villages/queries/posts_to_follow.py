"""Posts that end soon: which kinds there are to look at, roles of the commune that nobody has afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from emulation.accounts.models import User
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import Role
from villages.models import Appointment, CouncilVersion, Seat
from villages.queries.existing_units import beginning_conditions

NEEDED_ROLES = (Role.chair, Role.office, Role.clerk)
FOLLOWED_ROLES = (Role.chair, Role.vice_chair, Role.office, Role.clerk)


@dataclass(frozen=True)
class EndingPosts:
    """Whether there are acting heads, councils or roles that end soon, or a commune lacks its first ones; mostly none."""

    acting_heads: bool
    council: bool
    roles: bool
    no_units: bool = False  # of a commune that begins to use the program, like the next three
    unheaded: bool = False
    no_signers: bool = False
    no_council: bool = False
    also: frozenset[str] = frozenset()


def ending_posts(
    commune_id: int, on: date, until: date, council_until: date, also: Mapping[str, Exists] | None = None
) -> EndingPosts:
    """Which kinds end by `until` (a council by `council_until`, or has nobody or a member who left); one query.

    `also`: other conditions to ask in the same query; the names of those that hold are in `EndingPosts.also`.
    """
    also = also or {}
    acting = Appointment.objects.filter(commune_id=commune_id, acting=True, ends_on__lte=until)
    councils = CouncilVersion.objects.filter(commune_id=commune_id).in_force(on)
    gone = Seat.objects.filter(version__in=councils, person__is_active=False)
    begins = beginning_conditions(commune_id)
    rows = Commune.objects.filter(pk=commune_id).annotate(
        acting=Exists(acting),
        council=~Exists(councils) | Exists(councils.filter(ends_on__lte=council_until)) | Exists(gone),
        roles=Exists(_ending_roles(commune_id, on, until)),
        no_units=begins.no_units,
        unheaded=begins.unheaded,
        no_signers=begins.no_signers,
        no_council=begins.no_council,
        **also,
    )
    names = ("acting", "council", "roles", "no_units", "unheaded", "no_signers", "no_council")
    values = rows.values(*names, *also).get()
    return EndingPosts(*(values[name] for name in names), also=frozenset(name for name in also if values[name]))


def _ending_roles(commune_id: int, on: date, until: date) -> QuerySet[Membership]:
    """Those with a last day from `on` to `until`; of the roles that a commune cannot be without also the last one that has
    ended, if nobody had the role after it."""
    rows = Membership.objects.filter(commune_id=commune_id, role__in=FOLLOWED_ROLES, acts_for_id=None)
    same = rows.filter(role=OuterRef("role"))
    later = same.filter(Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on")))
    vacant = Q(ends_on__lt=on, role__in=NEEDED_ROLES) & ~Exists(later)
    return rows.filter(Q(starts_on__lte=on, ends_on__gte=on, ends_on__lte=until) | vacant)


def roles_to_follow(commune_id: int, on: date, until: date) -> list[tuple[Membership, str]]:
    """Memberships of these roles with a last day by `until` that nobody has after that day, with the holder's name; also after
    the day, until somebody has a role that the commune cannot be without. Two queries, three if there are any."""
    held = list(
        Membership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=on), commune_id=commune_id, role__in=FOLLOWED_ROLES, acts_for_id=None
        )
    )
    ending = _ending_roles(commune_id, on, until).order_by("ends_on", "pk")
    found = [row for row in ending if not any(_follows(other, row) for other in held)]
    return _with_names(found) if found else []


def _with_names(rows: list[Membership]) -> list[tuple[Membership, str]]:
    names = dict(User.objects.filter(pk__in=[row.user_id for row in rows]).values_list("pk", "full_name"))
    return [(row, names[row.user_id]) for row in rows]


def _follows(other: Membership, row: Membership) -> bool:
    """Whether the other holder of the role still has it after the last day of this one."""
    return other.role == row.role and (other.ends_on is None or other.ends_on > (row.ends_on or other.ends_on))
