"""How a unit stands to a task that a letter gave it. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RECEIPT_DAYS = 3  # working days after issue within which a unit acknowledges: a habit of the house, no law

PERFORMERS = {
    "village": "các thôn",
    "school": "các trường",
    "station": "Trạm Y tế",
    "organisation": "Mặt trận, đoàn thể",
    "council": "Hội đồng TĐKT",
    "office": "Văn phòng",
}
"""Who may be told to carry out a task: kinds of units, the council, the office."""

OFFICE_PERFORMERS = ("council", "office")
"""Whose tasks the office reports; the chair looks at those reports."""


class DutyMark(StrEnum):
    """What a cell of the board says."""

    on_time = "on_time"
    late = "late"
    cannot = "cannot"
    sent = "sent"
    returned = "returned"
    waiting = "waiting"
    silent = "silent"
    none = "none"


MARK_WORDS = {
    DutyMark.on_time: ("Xong", "đã làm, báo đúng hạn", "check-circle", "good"),
    DutyMark.late: ("Muộn", "đã làm, báo sau hạn", "clock-history", "wait"),
    DutyMark.cannot: ("Chưa được", "báo chưa làm được, có lý do", "dash-circle", "bad"),
    DutyMark.sent: ("Chờ xem", "đã báo, chờ xem", "hourglass-split", "wait"),
    DutyMark.returned: ("Trả lại", "trả lại để báo thêm", "arrow-return-left", "bad"),
    DutyMark.waiting: ("Chờ", "chưa báo, còn hạn hoặc không hạn", "circle", "neutral"),
    DutyMark.silent: ("Im lặng", "quá hạn, chưa báo", "exclamation-triangle", "bad"),
    DutyMark.none: ("–", "không giao cho đơn vị này", "dash-circle", "neutral"),
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
"""How the marks are counted beside a unit, those that are in order left out."""


@dataclass(frozen=True)
class DutyFacts:
    """What is known of one task of one unit."""

    state: str
    due_on: date | None
    reported_on: date | None
    cannot: bool = False


def mark_duty(stand: DutyFacts | None, on: date) -> DutyMark:
    """What the board says of it on a day."""
    if stand is None:
        return DutyMark.none
    if stand.state == "accepted":
        if stand.cannot:
            return DutyMark.cannot
        return DutyMark.late if is_reported_late(stand.reported_on, stand.due_on) else DutyMark.on_time
    if stand.state in ("reported", "returned"):
        return DutyMark.sent if stand.state == "reported" else DutyMark.returned
    return DutyMark.silent if stand.due_on is not None and on > stand.due_on else DutyMark.waiting


def is_reported_late(reported_on: date | None, due_on: date | None) -> bool:
    """First reported after the day it was due."""
    return reported_on is not None and due_on is not None and reported_on > due_on
