"""Due days that people and papers set: their last day, and what is late. Pure: no Django, no clock.

last_day(law, calendar, day)  -> date: the last day of a due day; a day off is moved
is_late(first_sent, due)      -> whether something was first sent after its last day
"""

from datetime import date

from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import DatedValue, Law, NoValue

ROLLOVER_CODE = "limit.rollover"


def last_day(law: Law, calendar: WorkCalendar, due: date) -> date:
    """The last day of a due day that a person or a paper set: a day off is moved by the rule `limit.rollover` of that day.

    The day itself where the statutes have no rule.
    """
    if calendar.is_working(due):
        return due
    try:
        return rolled_day(calendar, law.value_on(ROLLOVER_CODE, due), due)
    except NoValue:
        return due


def rolled_day(calendar: WorkCalendar, rule: DatedValue, day_off: date) -> date:
    """The day to which the rule moves a day off."""
    return calendar.next_working(day_off) if rule.content == "next_working" else day_off


def is_late(first_sent: date | None, due: date | None) -> bool:
    """Whether it was first sent after its last day.

    Sending it again after it was returned or withdrawn changes nothing. Without one of the days nothing is late.
    """
    return first_sent is not None and due is not None and first_sent > due
