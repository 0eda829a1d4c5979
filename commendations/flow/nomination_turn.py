"""Whose to-do list shows what a unit has to do: the unit's head, where there is none the office."""

from collections import defaultdict
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from commendations.flow.own_case_todo import cases_about
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.reading_once import once
from emulation.workflow.permissions import NO_ROWS, Permission, office
from villages.models import Person, Unit
from villages.queries.people import memberships_on


def _rows(capacity: UserCapacity) -> Q:
    """Drafts that the office started, and all cases of units that nobody heads today, or only the nominee."""
    commune_id = capacity.commune_id
    if commune_id is None or not capacity.has(Role.office):
        return NO_ROWS
    started_by_office = AuditEntry.objects.filter(
        commune_id=OuterRef("commune_id"),
        subject_type="commendations.Nomination",
        subject_id=OuterRef("pk"),
        act="commendations.start",
        actor_id__in=memberships_on(timezone.localdate())
        .filter(commune_id=commune_id, role=Role.office)
        .values("user_id"),
    )
    started = Q(state="draft") & Exists(started_by_office)
    nobody_else = Q(unit__in=_units_without_head(commune_id)) | Q(pk__in=_cases_about_only_head(commune_id))
    return Q(commune_id=commune_id) & (started | nobody_else)


def _rows_without_head(capacity: UserCapacity) -> Q:
    if capacity.commune_id is None or not capacity.has(Role.office):
        return NO_ROWS
    return Q(commune_id=capacity.commune_id, unit__in=_units_without_head(capacity.commune_id))


def _heads(commune_id: int) -> dict[int, set[int]]:
    """{unit id: user ids} of those who head a unit today, also in the place of somebody absent."""
    return once(("heads of units", commune_id), partial(_read_heads, commune_id))


def _read_heads(commune_id: int) -> dict[int, set[int]]:
    rows = memberships_on(timezone.localdate()).filter(commune_id=commune_id, role__in=UNIT_HEAD_ROLES)
    heads: dict[int, set[int]] = defaultdict(set)
    for unit_id, user_id in rows.values_list("unit_id", "user_id"):
        if unit_id is not None:
            heads[unit_id].add(user_id)
    return heads


def _units_without_head(commune_id: int) -> list[int]:
    """The ids of the units and collectives that nobody heads today."""
    units = Unit.with_collectives.filter(commune=commune_id).order_by().values_list("pk", flat=True)
    return [pk for pk in units if pk not in _heads(commune_id)]


def _cases_about_only_head(commune_id: int) -> list[int]:
    """The ids of the cases about everybody who heads the proposing unit: about its only head, or the household of that head."""
    heads = _heads(commune_id)
    users = _users_of_records({user_id for users in heads.values() for user_id in users})
    kept = Coalesce("person__same_as", "person", "household__head__same_as", "household__head")
    cases = cases_about(users).filter(unit__in=heads).annotate(kept=kept).order_by()
    return [
        pk for pk, unit, person in cases.values_list("pk", "unit", "kept") if heads[unit] <= users.get(person, set())
    ]


def _users_of_records(user_ids: set[int]) -> dict[int, set[int]]:
    """{person id: user ids} of all records of the people who are these users; a person may have an account by each record."""
    records = Person.objects.filter(user__in=user_ids).values_list(Coalesce("same_as", "pk"), "user")
    users = defaultdict(set)
    for kept, user_id in records:
        users[kept].add(user_id)
    others = Person.objects.filter(same_as__in=list(users)).values_list("pk", "same_as")
    return {**users, **{pk: users[kept] for pk, kept in others}}


office_in_place_of_unit = Permission(
    "Văn phòng (bản do Văn phòng lập, đơn vị chưa có người đứng đầu)", office.allows, _rows
)
office_without_head = Permission("Văn phòng (đơn vị chưa có người đứng đầu)", office.allows, _rows_without_head)
