"""Councils by date: the latest one, who may be a member, what a version changes, what ends soon."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Subquery

from emulation.core.formatting import format_names
from villages.models import CouncilVersion, Person, Seat


def latest_council(commune_id: int) -> CouncilVersion | None:
    """The version that begins last, also one that has not begun."""
    return CouncilVersion.objects.filter(commune_id=commune_id).order_by("-starts_on").first()


def possible_members(commune_id: int) -> list[Person]:
    """People with an account in use, who are invited and see the cases; one query."""
    rows = Person.objects.filter(commune_id=commune_id, is_active=True, user__is_active=True)
    return list(rows.select_related("unit").order_by("name_key", "pk"))


@dataclass(frozen=True)
class CouncilChanges:
    """Who comes and who leaves with a version, by name."""

    comes: str
    leaves: str


def changes_of(version: CouncilVersion) -> CouncilChanges | None:
    """Compared with the version before it; None for the first one. Three queries."""
    rows = CouncilVersion.objects.filter(commune_id=version.commune_id, starts_on__lt=version.starts_on)
    before = rows.order_by("-starts_on").first()
    if before is None:
        return None
    old = _names(before)
    new = _names(version)
    comes = [name for pk, name in new.items() if pk not in old]
    leaves = [name for pk, name in old.items() if pk not in new]
    return CouncilChanges(format_names(comes, "người"), format_names(leaves, "người"))


def _names(version: CouncilVersion) -> dict[int, str]:
    return dict(version.seats.values_list("person_id", "person__full_name"))


@dataclass(frozen=True)
class CouncilToRenew:
    """A council whose term ends, or of which `missing` (names) are no longer in the commune's list."""

    council: CouncilVersion
    missing: list[str]


def council_to_renew(commune_id: int, on: date, until: date) -> CouncilToRenew | None:
    """The latest council, if its term ends by `until` or a member has left; None once another one is recorded. One query."""
    latest_ids = CouncilVersion.objects.filter(commune_id=commune_id).order_by("-starts_on").values("pk")[:1]
    seats = list(Seat.objects.filter(version=Subquery(latest_ids)).select_related("version", "person"))
    if not seats or seats[0].version.starts_on > on:
        return None
    latest = seats[0].version
    missing = [seat.person.full_name for seat in seats if not seat.person.is_active]
    ends_soon = latest.ends_on is not None and latest.ends_on <= until
    return CouncilToRenew(latest, missing) if ends_soon or missing else None
