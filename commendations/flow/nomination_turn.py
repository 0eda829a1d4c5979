"""Whose to-do list shows what a unit has to do: the unit's head, where there is none the office."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from commendations.models import Nomination
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import UserCapacity
from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.workflow.permissions import NO_ROWS, Permission, office
from villages.models import Person
from villages.queries.people import memberships_on


def _rows(capacity: UserCapacity) -> Q:
    """Drafts that the office started, and all cases of units that nobody heads today, or only the nominee."""
    if not capacity.has(Role.office):
        return NO_ROWS
    serving = _memberships(capacity)
    started_by_office = AuditEntry.objects.filter(
        commune_id=OuterRef("commune_id"),
        subject_type="commendations.Nomination",
        subject_id=OuterRef("pk"),
        act="commendations.start",
        actor_id__in=serving.filter(role=Role.office).values("user_id"),
    )
    started = Q(state="draft") & Exists(started_by_office)
    nobody_else = ~Exists(_heads(capacity)) | Q(pk__in=_cases_about_only_head(capacity))
    return Q(commune_id=capacity.commune_id) & (started | nobody_else)


def _memberships(capacity: UserCapacity) -> QuerySet[Membership]:
    return memberships_on(timezone.localdate()).filter(commune_id=capacity.commune_id)


def _heads(capacity: UserCapacity) -> QuerySet[Membership]:
    """Who heads the unit of the row today, also in the place of somebody absent."""
    return _memberships(capacity).filter(role__in=UNIT_HEAD_ROLES, unit_id=OuterRef("unit_id"))


def _rows_without_head(capacity: UserCapacity) -> Q:
    if not capacity.has(Role.office):
        return NO_ROWS
    return Q(~Exists(_heads(capacity)), commune_id=capacity.commune_id)


def _cases_about_only_head(capacity: UserCapacity) -> QuerySet[Nomination, Any]:
    """The ids of the cases of units that nobody but the nominee, or the head of the nominated household, heads today."""
    heads = _memberships(capacity).filter(role__in=UNIT_HEAD_ROLES).values("user_id")
    people = Person.objects.records_of_users(heads).values("pk")
    others = _heads(capacity).exclude(user_id__in=_users_nominated())
    cases = Nomination.objects.filter(~Exists(others)).order_by().values("pk")
    return cases.filter(person__in=people).union(cases.filter(household__head__in=people), all=True)


def _users_nominated() -> QuerySet[Person, Any]:
    """The ids of the users who are the nominated person, or head the nominated household; for a query inside that of cases."""
    names = ("person__same_as", "person", "household__head__same_as", "household__head")
    kept = Coalesce(*(OuterRef(OuterRef(name)) for name in names))
    records = Person.objects.filter(Q(pk=kept) | Q(same_as=kept), user__isnull=False)
    return records.values("user_id")


office_in_place_of_unit = Permission(
    "Văn phòng (bản do Văn phòng lập, đơn vị chưa có người đứng đầu)", office.allows, _rows
)
office_without_head = Permission("Văn phòng (đơn vị chưa có người đứng đầu)", office.allows, _rows_without_head)
