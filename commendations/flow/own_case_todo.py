"""Lines of "Việc của tôi" about the user's own cases: they are for those who act instead."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from commendations.models import ChairSubmissionItem, Nomination, SessionItem
from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.workflow.permissions import NO_ROWS, Permission
from villages.models import Appointment, Person
from villages.queries.people import memberships_on


def about_user(user_id: int) -> Q:
    """Filter for cases about this user or the household that they head, as `is_about` of commendations/flow/own_case.py."""
    return _one_of(_cases_about_user(user_id))


def own_cases_filter(user_id: int) -> Q:
    """Filter for the user's own cases, as `own_cases` of commendations/flow/own_case.py: also of the unit that they lead."""
    return _one_of(_own_cases(user_id))


def _one_of(parts: list[QuerySet[Nomination]]) -> Q:
    """Filter for the cases of these querysets. One subquery for all: the database finds the few cases by their indexes."""
    first, *others = (part.order_by().values("pk") for part in parts)
    return Q(pk__in=first.union(*others, all=True))


def _cases_about_user(user_id: int) -> list[QuerySet[Nomination]]:
    people = Person.objects.records_of_users([user_id]).values("pk")
    return [Nomination.objects.filter(person__in=people), Nomination.objects.filter(household__head__in=people)]


def _own_cases(user_id: int) -> list[QuerySet[Nomination]]:
    today = timezone.localdate()
    headed = memberships_on(today).filter(user_id=user_id, role__in=UNIT_HEAD_ROLES, unit_id__isnull=False)
    led = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        starts_on__lte=today,
        person__in=Person.objects.records_of_users([user_id]).values("pk"),
    )
    units = [rows.order_by().values("unit_id") for rows in (headed, led)]
    return [*_cases_about_user(user_id), *(Nomination.objects.filter(collective__in=ids) for ids in units)]


def submissions_with_own(user_id: int) -> Q:
    """Filter for submissions to the chair that list a case of the user's own."""
    listed = ChairSubmissionItem.objects.listed().filter(chair_submission=OuterRef("pk"))
    return _lists_own(listed, user_id)


def papers_with_own(user_id: int) -> Q:
    """Filter for decisions and tờ trình that list a case of the user's own."""
    listed = ChairSubmissionItem.objects.filter(
        chair_submission=OuterRef("chair_submission"),
        approved=True,
        by_deputy=OuterRef("by_deputy"),
        nomination__award_code=OuterRef("award_code"),
    )
    return _lists_own(listed, user_id)


def _lists_own(listed: QuerySet[ChairSubmissionItem], user_id: int) -> Q:
    own = Nomination.objects.filter(own_cases_filter(user_id)).order_by().values("pk")
    return Q(Exists(listed.filter(nomination__in=own)))


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
