"""Lines of "Việc của tôi" about the user's own cases: they are for those who act instead."""

from collections.abc import Callable, Collection
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet

from commendations.flow.own_case import own_of_user
from commendations.models import ChairSubmissionItem, Nomination, SessionItem
from commendations.models.nomination_queryset import NominationQuerySet
from emulation.communes.capacity import UserCapacity
from emulation.core.reading_once import once
from emulation.workflow.permissions import NO_ROWS, Permission
from villages.models import Household


def cases_about(people: Collection[int], units: Collection[int] = ()) -> NominationQuerySet:
    """The cases about these records of people, the households that they head, and these units and collectives (all ids).

    Ids instead of subqueries, so that the database finds the few cases by their indexes; one query for the households.
    """
    households = list(Household.objects.filter(head__in=people).values_list("pk", flat=True)) if people else []
    return Nomination.objects.filter(Q(person__in=people) | Q(household__in=households) | Q(collective__in=units))


def _own_ids(user_id: int) -> tuple[list[int], list[int]]:
    """The ids of the cases about the user or the household that they head, and of those about a unit that they lead."""
    rows = list(cases_about(*own_of_user(user_id)).order_by().values_list("pk", "collective"))
    return [pk for pk, unit in rows if unit is None], [pk for pk, unit in rows if unit is not None]


def about_user(user_id: int) -> Q:
    """Filter for cases about this user or the household that they head, as `is_about` of commendations/flow/own_case.py."""
    return Q(pk__in=once(("ids of own cases", user_id), partial(_own_ids, user_id))[0])


def own_case_ids(user_id: int) -> list[int]:
    """The ids of the user's own cases, as `own_cases` of commendations/flow/own_case.py: also of the unit that they lead."""
    about, led = once(("ids of own cases", user_id), partial(_own_ids, user_id))
    return [*about, *led]


def own_cases_filter(user_id: int) -> Q:
    """Filter for the user's own cases."""
    return Q(pk__in=own_case_ids(user_id))


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
    own = own_case_ids(user_id)
    return Q(Exists(listed.filter(nomination__in=own))) if own else Q(pk__in=[])


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
