"""The days of a quarterly report by the law of its last day: when figures are counted, when it is due, the year. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from emulation.legal.calendar.time_limits import DueDate, due_date
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Law, NoValue
from reports.rules.quarters import DateRange

COUNT_DAY_CODE = "report.quarter.count_day"
DUE_CODE = "report.quarter.send"
YEAR_START_CODE = "statistics.year_start"
DEFAULT_YEAR_START = "12-01"
"""Before the first circular in the statutes; its years have been reported this way."""


def count_day(law: Law, period: DateRange) -> date:
    """The day up to which the figures count (ngày chốt số liệu): a day of the last month, by default the period's last day."""
    try:
        day = int(law.value_on(COUNT_DAY_CODE, period.last).content)
    except NoValue:
        return period.last
    return period.last.replace(day=min(day, monthrange(period.last.year, period.last.month)[1]))


def report_due(law: Law, calendar: WorkCalendar, period: DateRange) -> DueDate | None:
    """The day by which the report is sent; None where the statutes have no such limit."""
    try:
        return due_date(law, calendar, DUE_CODE, period.last)
    except NoValue:
        return None


def statistical_year_to_date(law: Law, period: DateRange, until: date) -> DateRange:
    """The statistical year that contains the first day of the period, up to `until` or to its own end.

    December of the fourth quarter belongs to the next statistical year.
    """
    try:
        start_text = str(law.value_on(YEAR_START_CODE, period.last).content)
    except NoValue:
        start_text = DEFAULT_YEAR_START
    month, day = (int(part) for part in start_text.split("-"))
    start = date(period.first.year, month, day)
    if start > period.first:
        start = start.replace(year=start.year - 1)
    end = start.replace(year=start.year + 1) - timedelta(days=1)
    return DateRange(start, min(end, until))
