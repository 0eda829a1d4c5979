"""Reminders as they were sent: one line for all who were reminded of one thing on one day."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from campaigns.reminders.models import Reminder
from campaigns.reminders.queries.outstanding import reminder_lines
from emulation.core.formatting import listed_names


def reminders_by_sending(rows: Iterable[Reminder]) -> list[dict[str, Any]]:
    """As `reminder_lines`, but rows that follow one another and differ only in their recipient are one line: `to` has all names."""
    sendings = []
    for _, sent in groupby(rows, key=_sending):
        lines = reminder_lines(sent)
        sendings.append({**lines[0], "to": listed_names(line["to"] for line in lines)})
    return sendings


def _sending(row: Reminder) -> tuple[Any, ...]:
    return row.unit_id, row.kind, row.object_id, row.stage, row.sent_on, row.planned_on, row.by_id, row.user_id is None
