"""The working days of a commune: the statutes' table with what the office said about single days laid over it.

calendar_of(commune_id).add(day, 20)   -> date; for the rules in workdays.py and deadlines.py
days_of(commune_id)                    -> every line that holds, with its citation, for the page
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from emulation.legal.law import Citation
from emulation.legal.loader import shipped
from emulation.legal.models import CalendarDay
from emulation.legal.workdays import Day, Kind, WorkCalendar

Token = tuple[int, datetime] | None


@dataclass(frozen=True)
class _Snapshot:
    token: Token
    days: Mapping[date, Day]
    calendar: WorkCalendar


_snapshots: dict[int, _Snapshot] = {}


def calendar_of(commune_id: int) -> WorkCalendar:
    """The working days that hold in the commune now; one small query a call."""
    return _current(commune_id).calendar


def days_of(commune_id: int) -> Mapping[date, Day]:
    """Every line that holds in the commune now, by its day; one small query a call."""
    return _current(commune_id).days


def _current(commune_id: int) -> _Snapshot:
    """The calendar in memory, made afresh when the office has added a line."""
    rows = CalendarDay.objects.filter(commune_id=commune_id)
    token = cast(Token, rows.order_by("-pk").values_list("pk", "created_at").first())
    known = _snapshots.get(commune_id)
    if known is None or known.token != token:
        days = _laid_over(list(rows.order_by("pk")) if token else [])
        known = _snapshots[commune_id] = _Snapshot(token, days, WorkCalendar.of(days.values()))
    return known


def _laid_over(rows: list[CalendarDay]) -> dict[date, Day]:
    days = {line.day: line for line in shipped().days}
    for row in rows:
        if row.kind == CalendarDay.ORDINARY:
            days.pop(row.day, None)
        else:
            citation = Citation(instrument="", name=row.reason)
            days[row.day] = Day(row.day, cast(Kind, row.kind), row.name, citation, "", confirmed=True)
    return dict(sorted(days.items()))


def first_year() -> int:
    """The first year of the table: nothing before it is counted here."""
    return min(line.day.year for line in shipped().days)
