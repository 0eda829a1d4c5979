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

OWN = ("council", "office")
"""Whose tasks the office reports; the chair looks at those reports."""


class Mark(StrEnum):
    """What a cell of the board says."""

    on_time = "on_time"
    late = "late"
    cannot = "cannot"
    sent = "sent"
    returned = "returned"
    waiting = "waiting"
    silent = "silent"
    none = "none"


WORDS = {
    Mark.on_time: ("Xong", "đã làm, báo đúng hạn", "check-circle", "good"),
    Mark.late: ("Muộn", "đã làm, báo sau hạn", "clock-history", "wait"),
    Mark.cannot: ("Chưa được", "báo chưa làm được, có lý do", "dash-circle", "bad"),
    Mark.sent: ("Chờ xem", "đã báo, chờ xem", "hourglass-split", "wait"),
    Mark.returned: ("Trả lại", "trả lại để báo thêm", "arrow-return-left", "bad"),
    Mark.waiting: ("Chờ", "chưa báo, còn hạn hoặc không hạn", "circle", "neutral"),
    Mark.silent: ("Im lặng", "quá hạn, chưa báo", "exclamation-triangle", "bad"),
    Mark.none: ("–", "không giao cho đơn vị này", "dash-circle", "neutral"),
}
"""Short word, its meaning, icon, tone."""

TALLIES = {
    Mark.late: "báo muộn",
    Mark.sent: "chờ xem",
    Mark.returned: "trả lại",
    Mark.cannot: "chưa làm được",
    Mark.silent: "quá hạn",
    Mark.waiting: "chưa đến hạn",
}
"""How the marks are counted beside a unit, those that are in order left out."""


@dataclass(frozen=True)
class Stand:
    """What is known of one task of one unit."""

    state: str
    due_on: date | None
    reported_on: date | None
    cannot: bool = False


def mark(stand: Stand | None, on: date) -> Mark:
    """What the board says of it on a day."""
    if stand is None:
        return Mark.none
    if stand.state == "accepted":
        if stand.cannot:
            return Mark.cannot
        return Mark.late if is_late(stand.reported_on, stand.due_on) else Mark.on_time
    if stand.state in ("reported", "returned"):
        return Mark.sent if stand.state == "reported" else Mark.returned
    return Mark.silent if stand.due_on is not None and on > stand.due_on else Mark.waiting


def is_late(reported_on: date | None, due_on: date | None) -> bool:
    """First reported after the day it was due."""
    return reported_on is not None and due_on is not None and reported_on > due_on
