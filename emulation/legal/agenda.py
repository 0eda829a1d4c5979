"""Days off and make-up days as dated things for the calendar of the house."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from emulation.acts.deadlines import Deadline, Kind, register
from emulation.legal.days import days_of

LABELS = {"off": "Nghỉ", "work": "Làm bù"}


def special_days(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The lines of the working calendar between two days; everybody of the commune may see them."""
    page = reverse("legal:calendar")
    for day, line in days_of(commune_id).items():
        if first <= day <= last:
            label = LABELS[line.kind]
            title = line.name if line.name.startswith(label) else f"{label}: {line.name}"
            note = "" if line.confirmed else "chưa xác nhận"
            yield Deadline(day, title, f"{day:%Y%m%d}", f"{page}?nam={day.year}", note=note)


def declare() -> None:
    register(Kind("holiday", "Ngày nghỉ, làm bù", "house", order=90), special_days)
