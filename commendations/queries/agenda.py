"""Deadlines for the calendar: council sessions and appraisals of nominations."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from commendations.models import CouncilSession, Nomination
from commendations.queries.deadlines import APPRAISING_STATES, due_milestones
from emulation.workflow import permissions
from emulation.workflow.calendar_registry import Deadline, DeadlineKind, register_deadline_kind


def session_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """Sessions that are planned, open or closed in the period."""
    rows = CouncilSession.objects.visible_to(user).filter(held_on__range=(first, last)).exclude(state="cancelled")
    for session in rows.defer("discussion", "conclusion").order_by("held_on", "starts_at", "pk"):
        at = f"{session.starts_at:%H:%M}"
        yield Deadline(
            session.held_on,
            f"Họp Hội đồng lúc {at}: {session.title}",
            f"{session.pk}",
            session.get_absolute_url(),
            done=not session.is_live,
            note=session.place,
            outside=f"Họp Hội đồng Thi đua - Khen thưởng lúc {at}",
        )


def appraisal_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """Nominations that are being appraised, each on the last day of its appraisal."""
    cases = Nomination.objects.visible_to(user).for_lists().filter(state__in=APPRAISING_STATES, received_on__lte=last)
    rows = list(cases.defer("deed", "duties", "past_awards", "judged").order_by("received_on", "pk"))
    due = due_milestones(rows, timezone.localdate())
    for case in rows:
        limit = due.get(case.pk)
        if limit is not None and first <= limit.day <= last:
            yield Deadline(
                limit.day,
                f"{limit.label}: {case.nominee_and_unit}",
                f"{case.pk}",
                case.get_absolute_url(),
                done=False,
                note=limit.arithmetic + ("" if limit.confirmed else " (quy định chưa xác nhận)"),
                outside="1 hồ sơ đang thẩm định",
            )


def register_commendation_deadlines() -> None:
    register_deadline_kind(
        DeadlineKind("session", "Họp Hội đồng", "people", permissions.council | permissions.clerk, 30),
        session_deadlines,
    )
    register_deadline_kind(
        DeadlineKind("appraisal", "Thẩm định", "clipboard-check", permissions.staff | permissions.unit_head, 40),
        appraisal_deadlines,
    )
