"""The mark of a unit's task from a letter (on time, late, returned, silent …) and its words. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from emulation.legal.calendar.lateness import is_late

RECEIPT_DAYS = 3  # working days after issue to acknowledge a letter; a convention of this app, not of the law

PERFORMERS = {
    "village": "các thôn",
    "school": "các trường",
    "station": "Trạm Y tế",
    "organisation": "Mặt trận, đoàn thể",
    "council": "Hội đồng TĐKT",
    "office": "Văn phòng",
}
"""Who can be assigned a task: kinds of units, the council, the office."""

OFFICE_PERFORMERS = ("council", "office")
"""Performers whose tasks the office reports; the chair reviews those reports."""


class DutyMark(StrEnum):
    """The status shown in a cell of the board."""

    on_time = "on_time"
    late = "late"
    cannot = "cannot"
    sent = "sent"
    returned = "returned"
    waiting = "waiting"
    silent = "silent"
    withdrawn = "withdrawn"
    none = "none"


MARK_WORDS = {
    DutyMark.on_time: ("Xong", "đã làm, báo đúng hạn", "check-circle", "good"),
    DutyMark.late: ("Muộn", "đã làm, báo sau hạn", "clock-history", "wait"),
    DutyMark.cannot: ("Chưa được", "báo chưa làm được, có lý do", "dash-circle", "bad"),
    DutyMark.sent: ("Chờ xem", "đã báo, chờ xem", "hourglass-split", "wait"),
    DutyMark.returned: ("Trả lại", "trả lại để báo thêm", "arrow-return-left", "bad"),
    DutyMark.waiting: ("Chờ", "chưa báo, còn hạn hoặc không hạn", "circle", "neutral"),
    DutyMark.silent: ("Im lặng", "quá hạn, chưa báo", "exclamation-triangle", "bad"),
    DutyMark.withdrawn: ("Thu hồi", "thôi phải làm, công văn đã bị hủy", "slash-circle", "neutral"),
    DutyMark.none: ("–", "không giao cho đơn vị này", "", "neutral"),
}
"""Short word, its meaning, icon, tone."""

TALLY_WORDS = {
    DutyMark.late: "báo muộn",
    DutyMark.sent: "chờ xem",
    DutyMark.returned: "trả lại",
    DutyMark.cannot: "chưa làm được",
    DutyMark.silent: "quá hạn",
    DutyMark.waiting: "chưa đến hạn",
}
"""Labels of the counts shown for a unit, only for marks that need attention."""


@dataclass(frozen=True)
class DutyFacts:
    """The facts of one task of one unit; None for a date that is not set."""

    state: str
    due_on: date | None
    reported_on: date | None
    cannot: bool = False


def mark_duty(facts: DutyFacts | None, on: date) -> DutyMark:
    """The mark of the task on a day; `DutyMark.none` without facts."""
    if facts is None:
        return DutyMark.none
    if facts.state == "accepted":
        if facts.cannot:
            return DutyMark.cannot
        return DutyMark.late if is_late(facts.reported_on, facts.due_on) else DutyMark.on_time
    if facts.state == "reported":
        return DutyMark.sent
    if facts.state == "returned":
        return DutyMark.returned
    if facts.state == "withdrawn":
        return DutyMark.withdrawn
    return DutyMark.silent if facts.due_on is not None and on > facts.due_on else DutyMark.waiting
