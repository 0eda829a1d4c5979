"""Registers days off and make-up days for the calendar of deadlines."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from emulation.legal.calendar.commune_calendar import special_days_of
from emulation.workflow.calendar_registry import Deadline, DeadlineKind, register_deadline_kind

SPECIAL_DAY_LABELS = {"off": "Nghỉ", "work": "Làm bù"}


def special_day_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The special days between two days; every user of the commune may see them."""
    page = reverse("legal:calendar")
    for day, line in special_days_of(commune_id).items():
        if first <= day <= last:
            label = SPECIAL_DAY_LABELS[line.kind]
            title = line.name if line.name.startswith(label) else f"{label}: {line.name}"
            note = "" if line.confirmed else "chưa xác nhận"
            yield Deadline(day, title, f"{day:%Y%m%d}", f"{page}?nam={day.year}", note=note)


def register_special_day_deadlines() -> None:
    register_deadline_kind(DeadlineKind("holiday", "Ngày nghỉ, làm bù", "house", order=90), special_day_deadlines)
