"""When a unit is reminded of an obligation, and who is notified when it stays open. Pure.

An obligation has a due day. Before, on and after that day there are stages, counted in working days; later stages
reach higher levels: the head of the unit, then the council member in charge of it, then the chair.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum

from emulation.legal.calendar.work_calendar import WorkCalendar

LONG_AGO = 60  # working days overdue above which the exact number is no longer shown


class ReminderLevel(IntEnum):
    """The highest level that a reminder reaches; the levels below it are notified too."""

    HEAD = 1
    COUNCIL = 2
    CHAIR = 3


@dataclass(frozen=True)
class ReminderStage:
    """One reminder of the schedule: `offset` working days after the due day (before it when negative)."""

    code: str
    offset: int
    level: ReminderLevel

    def day(self, calendar: WorkCalendar, due_on: date) -> date:
        """The working day on which the stage is sent; for offset 0 the last working day not after the due day."""
        return calendar.add(due_on, self.offset) if self.offset else calendar.last_working(due_on)


@dataclass(frozen=True)
class ReminderSchedule:
    """When a commune reminds: working days before and after the due day, and the hours in which messages are sent."""

    before: int = 3
    after: int = 1
    council_after: int = 3
    chair_after: int = 6
    digest_at: time = time(7, 30)
    quiet_from: time = time(20, 0)

    @property
    def stages(self) -> tuple[ReminderStage, ...]:
        """The stages, ordered by day."""
        return (
            ReminderStage("before", -self.before, ReminderLevel.HEAD),
            ReminderStage("due", 0, ReminderLevel.HEAD),
            ReminderStage("after", self.after, ReminderLevel.HEAD),
            ReminderStage("council", self.council_after, ReminderLevel.COUNCIL),
            ReminderStage("chair", self.chair_after, ReminderLevel.CHAIR),
        )

    def faults(self) -> dict[str, str]:
        """Contradictions between the values: {field: what to do}."""
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


def may_send_at(schedule: ReminderSchedule, calendar: WorkCalendar, now: datetime) -> bool:
    """Whether reminders may be sent at this moment: on a working day, between the digest hour and the quiet hours."""
    return calendar.is_working(now.date()) and schedule.digest_at <= now.time() < schedule.quiet_from


@dataclass(frozen=True)
class DueStage:
    """A stage that is due, with the day it was planned for."""

    stage: ReminderStage
    planned_on: date


def stages_due(
    schedule: ReminderSchedule,
    calendar: WorkCalendar,
    due_on: date,
    *,
    requested_on: date,
    on: date,
    sent: Collection[str],
) -> list[DueStage]:
    """The stages to send on the day `on`, earliest first: those due by then whose code is not in `sent`.

    Stages planned before the obligation existed (`requested_on`) are never sent: for a month opened late by hand the
    first reminder is the first stage on or after that day. Stages missed because no job ran are sent later.
    """
    planned = [DueStage(stage, stage.day(calendar, due_on)) for stage in schedule.stages]
    return [due for due in planned if requested_on <= due.planned_on <= on and due.stage.code not in sent]


def last_stage(due: Iterable[DueStage]) -> DueStage:
    """Of several stages sent on one day, the one that decides the message: the last."""
    return list(due)[-1]


def due_in_words(due_on: date, on: date, calendar: WorkCalendar) -> str:
    """The time left or overdue: "còn 3 ngày làm việc", "hết hạn hôm nay", "quá hạn 2 ngày làm việc"."""
    if due_on == on:
        return "hết hạn hôm nay"
    working_days = calendar.between(on, due_on)
    if due_on > on:
        return f"còn {working_days} ngày làm việc" if working_days else "hết hạn trước ngày làm việc tới"
    overdue = -working_days
    if overdue > LONG_AGO:
        return "quá hạn đã lâu"
    return f"quá hạn {overdue} ngày làm việc" if overdue else "vừa quá hạn"
