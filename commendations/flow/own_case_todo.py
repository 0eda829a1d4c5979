"""Lines of "Việc của tôi" about the user's own cases: they are for those who act instead."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from commendations.models import ChairSubmissionItem, SessionItem
from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.workflow.permissions import NO_ROWS, Permission
from villages.models import Appointment, Person
from villages.queries.people import memberships_on


def about_user(user_id: Any, prefix: str = "") -> Q:
    """Filter for cases about this user or the household that they head, as `is_about` of commendations/flow/own_case.py.

    `prefix` is the lookup of the case ("nomination__"), `user_id` an id or OuterRef. Subqueries only: nothing is read.
    """
    people = Person.objects.records_of_user(user_id).values("pk")
    return Q(**{f"{prefix}person__in": people}) | Q(**{f"{prefix}household__head__in": people})


def own_cases_filter(user_id: Any, prefix: str = "") -> Q:
    """Filter for the user's own cases, as `own_cases` of commendations/flow/own_case.py: also of the unit that they lead."""
    today = timezone.localdate()
    headed = memberships_on(today).filter(user_id=user_id, role__in=UNIT_HEAD_ROLES, unit_id__isnull=False)
    led = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    units = Q(**{f"{prefix}collective__in": headed.values("unit_id")})
    units |= Q(
        **{
            f"{prefix}collective__in": led.filter(
                person__in=Person.objects.records_of_user(user_id).values("pk")
            ).values("unit_id")
        }
    )
    return about_user(user_id, prefix) | units


def submissions_with_own(user_id: int) -> Q:
    """Filter for submissions to the chair that list a case of the user's own."""
    listed = ChairSubmissionItem.objects.listed().filter(chair_submission=OuterRef("pk"))
    return Q(Exists(listed.filter(own_cases_filter(user_id, "nomination__"))))


def papers_with_own(user_id: int) -> Q:
    """Filter for decisions and tờ trình that list a case of the user's own."""
    listed = ChairSubmissionItem.objects.filter(
        chair_submission=OuterRef("chair_submission"),
        approved=True,
        by_deputy=OuterRef("by_deputy"),
        nomination__award_code=OuterRef("award_code"),
    )
    return Q(Exists(listed.filter(own_cases_filter(user_id, "nomination__"))))


def sessions_with_nothing_to_read(user_id: int) -> Q:
    """Filter for sessions of whose cases the user sees none, because of a recusal."""
    items = SessionItem.objects.filter(session=OuterRef("pk"), put_off="")
    recused = items.filter(recused__person__user=user_id)
    others = items.exclude(pk__in=SessionItem.objects.filter(recused__person__user=user_id).values("pk"))
    return Q(Exists(recused)) & ~Q(Exists(others))


def all_but(permission: Permission, own: Callable[[int], Q]) -> Permission:
    """The permission without the rows that are the user's own: for `Step.todo_for`."""

    def row_filter(capacity: UserCapacity) -> Q:
        rows = permission.row_filter(capacity)
        if rows is NO_ROWS or capacity.user_id is None:
            return rows
        return rows & ~own(capacity.user_id)

    return Permission(permission.label, permission.allows, row_filter)


def only_own(permission: Permission, own: Callable[[int], Q]) -> Permission:
    """The permission for the rows that are the user's own only: for `Step.todo_for`."""

    def row_filter(capacity: UserCapacity) -> Q:
        rows = permission.row_filter(capacity)
        return rows if rows is NO_ROWS or capacity.user_id is None else rows & own(capacity.user_id)

    return Permission(permission.label, permission.allows, row_filter)
