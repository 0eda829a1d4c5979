"""The task of the only one of the office, or the only clerk, to have somebody else act on a case of their own."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from commendations.flow.own_case import other_holder_ids
from commendations.flow.own_case_todo import own_cases_filter
from commendations.models import Decision, Nomination, Proposal
from commendations.models.nomination_queryset import NominationQuerySet
from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import Role
from emulation.core.formatting import lower_first
from emulation.workflow.workflow import state_of
from reports.queries.todo_rows import TodoItem

OFFICE_STATES = ("submitted", "complete", "passed", "proposed_up")
"""In these the office acts next, and while a session that considers the case is open."""


def own_case_tasks(capacity: UserCapacity) -> list[TodoItem]:
    """A task for each own case that waits for a role that nobody else has; one query, two more where there is such a case."""
    return list(_tasks(capacity, list(own_waiting_cases(capacity).for_lists())))


def own_waiting_cases(capacity: UserCapacity) -> NominationQuerySet:
    """The cases about the user that wait for somebody with a role of theirs: of the office or, without it, the clerk."""
    if capacity.commune_id is None or capacity.user_id is None or not capacity.has(Role.office, Role.clerk):
        return Nomination.objects.none()
    rows = Nomination.objects.filter(own_cases_filter(capacity.user_id), commune_id=capacity.commune_id)
    return rows.filter(_waits_for_office() if capacity.has(Role.office) else _waits_for_clerk())


def _waits_for_office() -> Q:
    return Q(state__in=OFFICE_STATES) | Q(state="on_session", items__session__state="open", items__put_off="")


def _waits_for_clerk() -> Q:
    lists = {
        "chair_submission__items__nomination": OuterRef("pk"),
        "chair_submission__items__approved": True,
        "chair_submission__items__by_deputy": F("by_deputy"),
        "award_code": OuterRef("award_code"),
        "state": Decision.AT_SIGNATURE,
    }
    papers = Q(Exists(Decision.objects.filter(**lists))) | Q(Exists(Proposal.objects.filter(**lists)))
    return Q(state="approved") & papers


def _tasks(capacity: UserCapacity, cases: list[Nomination]) -> Iterator[TodoItem]:
    role = Role.office if capacity.has(Role.office) else Role.clerk
    if not cases or other_holder_ids(role, capacity.commune_id or 0, capacity.user_id or 0):
        return
    for case in cases:
        yield TodoItem(
            title="Giao người khác làm hồ sơ của chính bạn",
            who=case.nominee_name,
            text=f"{lower_first(state_of(case).label)}: chỉ bạn giữ vai này.",
            url=reverse("villages:record_role_absence"),
            action="Giao người làm thay",
            since=case.state_since,
        )
