"""When a unit is reminded of what it owes, and who hears of it when nothing comes. Pure.

What is asked has a day by which it is due. Before, on and after that day there are stages, counted in working days;
each reaches a little higher: the head of the unit, then the council member in charge of it, then the chair.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum

from emulation.legal.calendar.work_calendar import WorkCalendar

LONG_AGO = 60  # working days, after which their number says nothing any more


class ReminderLevel(IntEnum):
    """How high a reminder climbs; each level hears together with those below it."""

    HEAD = 1
    COUNCIL = 2
    CHAIR = 3


@dataclass(frozen=True)
class ReminderStage:
    """One reminder of the ladder: so many working days after the day it is due (before it when negative)."""

    code: str
    offset: int
    level: ReminderLevel

    def day(self, calendar: WorkCalendar, due_on: date) -> date:
        """The working day on which it goes out; "on the day" is the last working day not after it."""
        return calendar.add(due_on, self.offset) if self.offset else calendar.last_working(due_on)


@dataclass(frozen=True)
class ReminderSchedule:
    """How a commune reminds: working days before and after, and the hours within which it writes to people."""

    before: int = 3
    after: int = 1
    council_after: int = 3
    chair_after: int = 6
    digest_at: time = time(7, 30)
    quiet_from: time = time(20, 0)

    @property
    def stages(self) -> tuple[ReminderStage, ...]:
        """The stages in the order of their days."""
        return (
            ReminderStage("before", -self.before, ReminderLevel.HEAD),
            ReminderStage("due", 0, ReminderLevel.HEAD),
            ReminderStage("after", self.after, ReminderLevel.HEAD),
            ReminderStage("council", self.council_after, ReminderLevel.COUNCIL),
            ReminderStage("chair", self.chair_after, ReminderLevel.CHAIR),
        )

    def faults(self) -> dict[str, str]:
        """What does not hang together: {field: what to do}."""
        found = {}
        if not 1 <= self.before <= 10:
            found["before"] = "Nhắc trước từ 1 đến 10 ngày làm việc."
        if not 1 <= self.after < self.council_after:
            found["after"] = "Nhắc trưởng đơn vị phải trước khi báo ủy viên phụ trách, ít nhất 1 ngày làm việc sau hạn."
        if not self.council_after < self.chair_after <= 30:
            found["chair_after"] = "Báo Chủ tịch phải sau khi báo ủy viên phụ trách, không quá 30 ngày làm việc."
        if self.digest_at >= self.quiet_from:
            found["quiet_from"] = "Giờ thôi nhắc phải sau giờ gửi."
        return found


def may_send_at(ladder: ReminderSchedule, calendar: WorkCalendar, now: datetime) -> bool:
    """Whether reminders may go out at this moment: on a working day, from the hour of the digest to the quiet hours."""
    return calendar.is_working(now.date()) and ladder.digest_at <= now.time() < ladder.quiet_from


@dataclass(frozen=True)
class DueStage:
    """A stage whose day has come."""

    stage: ReminderStage
    planned_on: date


def stages_due(
    ladder: ReminderSchedule, calendar: WorkCalendar, due_on: date, *, asked_on: date, on: date, gone: Collection[str]
) -> list[DueStage]:
    """The stages to be sent on the day `on`, earliest first: their day has come and they have not gone out (`gone`).

    A stage whose day was over before the thing was asked is never made up for: a month opened late by hand reminds from
    the first stage that lies on or after the day it was asked; a stage missed because the house stood still is.
    """
    days = [DueStage(stage, stage.day(calendar, due_on)) for stage in ladder.stages]
    return [one for one in days if asked_on <= one.planned_on <= on and one.stage.code not in gone]


def last_stage(due: Iterable[DueStage]) -> DueStage:
    """Of several stages that go out on one day, the one that speaks: the last."""
    return list(due)[-1]


def due_in_words(due_on: date, on: date, calendar: WorkCalendar) -> str:
    """How it stands to its day: "còn 3 ngày làm việc", "hết hạn hôm nay", "quá hạn 2 ngày làm việc"."""
    if due_on == on:
        return "hết hạn hôm nay"
    apart = calendar.between(on, due_on)
    if due_on > on:
        return f"còn {apart} ngày làm việc" if apart else "hết hạn trước ngày làm việc tới"
    if -apart > LONG_AGO:
        return "quá hạn đã lâu"
    return f"quá hạn {-apart} ngày làm việc" if apart else "vừa quá hạn"
