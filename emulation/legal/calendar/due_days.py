"""Last days of due days that people and papers set, by the law and the working calendar of a commune.

last_days_of(commune.pk).of(period.due_on)  -> the due day, or the working day to which it is moved
"""

from dataclasses import dataclass
from datetime import date

from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.lateness import last_day
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Law


@dataclass(frozen=True)
class LastDays:
    """Moves due days on days off by the rule `limit.rollover`; for many days in a row."""

    law: Law
    calendar: WorkCalendar

    def of(self, due: date) -> date:
        """The last day of this due day."""
        return last_day(self.law, self.calendar, due)


def last_days_of(commune_id: int) -> LastDays:
    """The law and the calendar of the commune as recorded now; two small queries a call."""
    return LastDays(current.law_for(commune_id), work_calendar_of(commune_id))
