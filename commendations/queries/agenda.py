"""Deadlines for the calendar: council sessions and appraisals of nominations."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from commendations.models import CouncilSession, Nomination
from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.time_limits import DueDate, due_date
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Law, NoValue
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
    """Nominations that the office has not appraised yet, each on the last day of its time limit."""
    cases = Nomination.objects.visible_to(user).for_lists().filter(state="submitted", received_on__lte=last)
    law = current.law_for(commune_id)
    calendar = work_calendar_of(commune_id)
    limits: dict[date, DueDate | None] = {}
    for case in cases.defer("deed", "duties", "past_awards", "judged").order_by("received_on", "pk"):
        received = case.received_on
        if received is None:
            continue
        if received not in limits:
            limits[received] = _limit(law, calendar, received)
        limit = limits[received]
        if limit is not None and first <= limit.day <= last:
            yield Deadline(
                limit.day,
                f"Thẩm định xong hồ sơ: {case.nominee_name} ({case.unit.name})",
                f"{case.pk}",
                case.get_absolute_url(),
                done=False,
                note=limit.arithmetic + ("" if limit.confirmed else " (quy định chưa xác nhận)"),
                outside="1 hồ sơ chờ thẩm định",
            )


def _limit(law: Law, calendar: WorkCalendar, received: date) -> DueDate | None:
    """The last day of the appraisal of a file received that day; None where the law of the day has no limit."""
    try:
        return due_date(law, calendar, "limit.appraise", received)
    except NoValue:
        return None


def register_commendation_deadlines() -> None:
    register_deadline_kind(
        DeadlineKind("session", "Họp Hội đồng", "people", permissions.council | permissions.clerk, 30),
        session_deadlines,
    )
    register_deadline_kind(
        DeadlineKind("appraisal", "Thẩm định", "clipboard-check", permissions.staff | permissions.unit_head, 40),
        appraisal_deadlines,
    )
