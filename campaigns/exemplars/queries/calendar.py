"""Dates of periods for the calendar: due days and closing days."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries.period import must_answer
from campaigns.obligations.queries import reminder_plan_of
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.formatting import lower_first
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.workflow.calendar_registry import Deadline
from villages.models import Unit

# The longest time from the due day to automatic closing: 60 working days, including the Tết holidays.
MAX_OPEN_AFTER_DUE = timedelta(days=120)


def period_dates(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The due day of each period, and the day on which it closes or was closed."""
    capacity = capacity_of(user)
    staff = capacity.has(*COMMUNE_STAFF_ROLES)
    page = "" if staff else reverse("campaigns:month" if capacity.unit_ids else "campaigns:exemplars")
    found = list(
        Period.objects.visible_to(user)
        .filter(due_on__range=(first - MAX_OPEN_AFTER_DUE, last))
        .order_by("due_on", "pk")
    )
    due = [period for period in found if period.due_on >= first]
    answers = _answers(due, commune_id, capacity, staff)
    for period in due:
        done, note = answers[period.pk]
        yield Deadline(
            period.due_on,
            f"Hạn gửi điển hình {lower_first(str(period))}",
            f"due:{period.pk}",
            page or period.get_absolute_url(),
            done,
            note,
        )
    if found and (staff or capacity.unit_ids):
        yield from _closings(found, commune_id, page)


def _closings(periods: list[Period], commune_id: int, page: str) -> Iterator[Deadline]:
    close_after = reminder_plan_of(commune_id).close_after
    calendar = work_calendar_of(commune_id)
    for period in periods:
        day = period.closed_on or calendar.add(period.due_on, close_after + 1)
        title = f"Chốt điển hình {lower_first(str(period))}"
        note = "" if period.closed_on else f"tự chốt sau {close_after} ngày làm việc, nếu chưa ai chốt"
        done = True if period.closed_on else None
        yield Deadline(day, title, f"close:{period.pk}", page or period.get_absolute_url(), done, note)


def _answers(
    periods: list[Period], commune_id: int, capacity: UserCapacity, staff: bool
) -> dict[int, tuple[bool | None, str]]:
    """By period id: whether all units (for staff) or the user's own units answered, and a note; two queries."""
    all_units = Unit.objects.filter(commune_id=commune_id).exclude(kind=Unit.OFFICE)
    units = list(all_units if staff else all_units.filter(pk__in=capacity.unit_ids))
    sent: dict[int, set[int]] = defaultdict(set)
    # The first sending counts: an exemplar that is returned or withdrawn to be corrected does not make the unit late.
    rows = Exemplar.objects.filter(period__in=periods, unit__in=units).sent_once()
    for period_id, unit_id in rows.order_by().values_list("period_id", "unit_id").distinct():
        sent[period_id].add(unit_id)
    return {period.pk: _answer_status(period, units, sent[period.pk]) for period in periods}


def _answer_status(period: Period, units: list[Unit], sent: set[int]) -> tuple[bool | None, str]:
    """Whether the units that must answer have, and a note; (None, "") when none of them must."""
    unit_ids = [unit.pk for unit in units if must_answer(period, unit)]
    if not unit_ids:
        return None, ""
    answered = sum(pk in sent for pk in unit_ids)
    done = period.closed_on is not None or answered == len(unit_ids)
    if len(unit_ids) > 1:
        return done, f"{answered}/{len(unit_ids)} đơn vị đã gửi"
    return done, "đã gửi" if answered else "chưa gửi"
