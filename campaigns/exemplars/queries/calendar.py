"""Dates of periods for the calendar: when answers are due, when the period closes."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries.period_obligations import must_answer
from campaigns.obligations.queries import reminder_plan_of
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.formatting import lower_first
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.workflow.calendar_registry import Deadline
from villages.models import Unit

# The longest that a period may stay open after its day: 60 working days with a Tết among them.
REACH = timedelta(days=120)


def period_dates(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The day by which units answer, and the day on which the period closes or was closed."""
    capacity = capacity_of(user)
    staff = capacity.has(*COMMUNE_STAFF_ROLES)
    page = "" if staff else reverse("campaigns:month") if capacity.unit_ids else reverse("campaigns:exemplars")
    found = list(Period.objects.visible_to(user).filter(due_on__range=(first - REACH, last)).order_by("due_on", "pk"))
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


def _closings(found: list[Period], commune_id: int, page: str) -> Iterator[Deadline]:
    after = reminder_plan_of(commune_id).close_after
    calendar = work_calendar_of(commune_id)
    for period in found:
        day = period.closed_on or calendar.add(period.due_on, after + 1)
        title = f"Chốt điển hình {lower_first(str(period))}"
        note = "" if period.closed_on else f"tự chốt sau {after} ngày làm việc, nếu chưa ai chốt"
        done = True if period.closed_on else None
        yield Deadline(day, title, f"close:{period.pk}", page or period.get_absolute_url(), done, note)


def _answers(
    found: list[Period], commune_id: int, capacity: UserCapacity, staff: bool
) -> dict[int, tuple[bool | None, str]]:
    """For each period whether it is answered, by all units or by the person's own, and a word about it; two queries."""
    units = Unit.objects.filter(commune_id=commune_id).exclude(kind=Unit.OFFICE)
    mine = list(units if staff else units.filter(pk__in=capacity.unit_ids))
    sent: dict[int, set[int]] = defaultdict(set)
    # What was given back waits for the unit again: nothing is answered by it.
    rows = Exemplar.objects.filter(period__in=found, unit__in=mine).sent().exclude(state=Exemplar.RETURNED)
    for period_id, unit_id in rows.order_by().values_list("period_id", "unit_id").distinct():
        sent[period_id].add(unit_id)
    told: dict[int, tuple[bool | None, str]] = {}
    for period in found:
        asked = [unit.pk for unit in mine if must_answer(period, unit)]
        whole = sum(pk in sent[period.pk] for pk in asked)
        note = f"{whole}/{len(asked)} đơn vị đã gửi" if len(asked) > 1 else "đã gửi" if whole else "chưa gửi"
        told[period.pk] = (period.closed_on is not None or whole == len(asked), note) if asked else (None, "")
    return told
