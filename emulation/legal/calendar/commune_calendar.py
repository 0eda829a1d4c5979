"""Working calendar of a commune: the table of the statutes with the days that its office recorded.

work_calendar_of(commune_id).add(day, 20)   -> date; for the rules in work_calendar.py and time_limits.py
special_days_of(commune_id)                 -> every special day in effect, with its citation, for the page
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import cast

from emulation.core.reading_once import once
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Citation
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.special_days import SpecialDay, SpecialDayKind
from emulation.legal.models import CalendarDay

CalendarToken = tuple[int, datetime] | None


@dataclass(frozen=True)
class _Snapshot:
    token: CalendarToken
    days: Mapping[date, SpecialDay]
    calendar: WorkCalendar


_snapshots: dict[int, _Snapshot] = {}


def work_calendar_of(commune_id: int) -> WorkCalendar:
    """The working calendar of the commune as recorded now; one small query a call."""
    return _current(commune_id).calendar


def special_days_of(commune_id: int) -> Mapping[date, SpecialDay]:
    """The special days of the commune as recorded now, by day; one small query a call."""
    return _current(commune_id).days


def _current(commune_id: int) -> _Snapshot:
    return once(("calendar", commune_id), partial(_read, commune_id))


def _read(commune_id: int) -> _Snapshot:
    """The calendar in memory, read again when the office has recorded a day."""
    rows = CalendarDay.objects.filter(commune_id=commune_id)
    token = cast(CalendarToken, rows.order_by("-pk").values_list("pk", "created_at").first())
    snapshot = _snapshots.get(commune_id)
    if snapshot is None or snapshot.token != token:
        days = _merge_with_statutes(list(rows.order_by("pk")) if token else [])
        snapshot = _snapshots[commune_id] = _Snapshot(token, days, WorkCalendar.of(days.values()))
    return snapshot


def _merge_with_statutes(rows: list[CalendarDay]) -> dict[date, SpecialDay]:
    days = {line.day: line for line in shipped_statutes().days}
    for row in rows:
        if row.kind == CalendarDay.ORDINARY:
            days.pop(row.day, None)
        else:
            citation = Citation(instrument="", name=row.reason)
            days[row.day] = SpecialDay(row.day, cast(SpecialDayKind, row.kind), row.name, citation, "", confirmed=True)
    return dict(sorted(days.items()))


def first_calendar_year() -> int:
    """The first year of the table."""
    return min(line.day.year for line in shipped_statutes().days)
