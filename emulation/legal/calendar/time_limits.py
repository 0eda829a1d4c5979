"""Due dates of the law's limits, and the latest days of the steps before them. Pure: no Django, no clock.

due_date(law, calendar, "limit.appraise", received)  -> DueDate: the last day, with its calculation and its article
yearly_due_date(law, "superior.yearly", 2026)        -> DueDate: the day before which the superior wants the files
count_back(law, calendar, day, PROPOSAL_STEPS)       -> the latest day of every step before that day
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.core.formatting import format_date
from emulation.legal.calendar.lateness import ROLLOVER_CODE, rolled_day
from emulation.legal.calendar.work_calendar import HolidayRun, WorkCalendar, holiday_runs
from emulation.legal.engine.law import DatedValue, Law, LegalBasis, NoValue
from emulation.legal.engine.rules.cited_result import CitedResult
from emulation.legal.engine.special_days import is_weekend

ADVISED_STEPS = frozenset({"appraised", "council"})


@dataclass(frozen=True)
class DueDate(CitedResult):
    """The last day of a limit, with its calculation; not `known` when the calendar does not cover a year of it."""

    day: date
    start: date
    arithmetic: str
    known: bool


@dataclass(frozen=True)
class Milestone(CitedResult):
    """One step before a final day, and the latest day on which it must be done."""

    code: str
    label: str
    day: date
    arithmetic: str
    known: bool

    @property
    def advised(self) -> bool:
        """Whether its day is local practice, so that nothing is late after it."""
        return self.code in ADVISED_STEPS


@dataclass(frozen=True)
class BackwardStep:
    """A step counted back from a later step: `gap` is the code of the time limit between the two.

    The first step of a list has no gap: it must be done before the final day. The later step is the previous one of the
    list, or `counted_from`.
    """

    code: str
    label: str
    gap: str = ""
    counted_from: str = ""


# The steps inside the days of appraisal, which end when the chair has the file.
APPRAISAL_STEPS = (
    BackwardStep("council", "Hội đồng họp", "habit.council_to_chair"),
    BackwardStep("appraised", "Văn phòng chuyển hồ sơ đến Hội đồng", "habit.office_to_council"),
)
# The unit's day is counted from the chair's day, not from the council's.
PROPOSAL_STEPS = (
    BackwardStep("send", "Gửi hồ sơ lên cấp trên"),
    BackwardStep("sign", "Thẩm định xong, trình Chủ tịch", "limit.number"),
    *APPRAISAL_STEPS,
    BackwardStep("submit", "Đơn vị nộp hồ sơ", "limit.appraise", counted_from="sign"),
)
CULTURAL_FAMILY_STEPS = (
    BackwardStep("sign", "Chủ tịch quyết định tặng danh hiệu"),
    BackwardStep("submit", "Thôn nộp hồ sơ", "limit.decide_gdvh"),
    BackwardStep("post", "Bắt đầu niêm yết công khai", "limit.post"),
    BackwardStep("meet", "Thôn họp bình xét", "habit.meeting_to_post"),
)


def due_date(law: Law, calendar: WorkCalendar, code: str, start: date) -> DueDate:
    """The last day of the limit `code` (of shape "days") that began on `start`, by the law of that day.

    A limit in calendar days that ends on a day off is extended by the rule `limit.rollover`. NoValue when the statutes
    do not cover the day.
    """
    value = law.value_on(code, start)
    days = int(value.content["days"])
    text = f"{_length(value)} kể từ {format_date(start)}"
    legal_bases = [law.legal_basis(value)]
    if value.content["working"]:
        day = calendar.add(start, days)
        text += _excluded_days(calendar, start, day) + f": {format_date(day)}"
    else:
        day = start + timedelta(days=days)
        text += f": {format_date(day)}"
        if not calendar.is_working(day):
            rule = law.value_on(ROLLOVER_CODE, start)
            legal_bases.append(law.legal_basis(rule))
            if (moved := rolled_day(calendar, rule, day)) != day:
                day = moved
                text += f" là ngày nghỉ, tính đến {format_date(day)}"
    text += _unknown_years_text(calendar, start, day)
    known = not calendar.unknown_years(start, day)
    return DueDate(_with_calendar(legal_bases, calendar, start, day), day, start, text, known)


def yearly_due_date(law: Law, code: str, year: int) -> DueDate:
    """The due day in a year of a code of shape "month_day", by the law of that day. NoValue when it is not covered."""
    value = law.value_on(code, date(year, 12, 31))
    day = _day_in_year(value, year)
    if day < value.start:  # the value changed after that day: take the one before
        value = law.value_on(code, day)
        day = _day_in_year(value, year)
    return DueDate((law.legal_basis(value),), day, day, f"trước ngày {format_date(day)}", True)


def _day_in_year(value: DatedValue, year: int) -> date:
    month, day = (int(part) for part in str(value.content).split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))  # 29 February is the 28th in other years


def count_back(
    law: Law, calendar: WorkCalendar, before: date, steps: Sequence[BackwardStep] = PROPOSAL_STEPS
) -> list[Milestone]:
    """The latest day of every step when the first of `steps` must be done before the day `before`; earliest day first.

    Every day is a working day, and no step is later than the step that follows it. NoValue when the statutes do not
    cover a day.
    """
    return count_back_from(law, calendar, _final_step(calendar, steps[0], before), steps[1:])


def count_back_from(
    law: Law, calendar: WorkCalendar, final: Milestone, steps: Sequence[BackwardStep]
) -> list[Milestone]:
    """The latest day of every step before `final`, and `final` itself; earliest day first."""
    milestones = {final.code: final}
    last = final
    for step in steps:
        base = milestones[step.counted_from] if step.counted_from else last
        last = milestones[step.code] = _earlier_step(law, calendar, step, base, last.day)
    return list(reversed(milestones.values()))


def _final_step(calendar: WorkCalendar, step: BackwardStep, before: date) -> Milestone:
    day = calendar.add(before, -1)
    excluded = _excluded_days(calendar, day, before - timedelta(days=1))
    text = f"ngày làm việc cuối trước {format_date(before)}{excluded}: {format_date(day)}"
    text += _unknown_years_text(calendar, day, before)
    known = not calendar.unknown_years(day, before)
    return Milestone(_with_calendar([], calendar, day, before), step.code, step.label, day, text, known)


def _earlier_step(law: Law, calendar: WorkCalendar, step: BackwardStep, base: Milestone, latest: date) -> Milestone:
    """The step counted back from `base`, on `latest` at the latest."""
    value, day = _limit_ending_on(law, calendar, step.gap, base.day)
    text = f"lùi {_length(value)} từ {format_date(base.day)}"
    if value.content["working"]:
        text += _excluded_days(calendar, day, base.day)
    text += f": {format_date(day)}"
    if day > latest:
        day = latest
        text += f", không sau bước kế tiếp: {format_date(day)}"
    text += _unknown_years_text(calendar, day, base.day)
    known = not calendar.unknown_years(day, base.day)
    legal_bases = _with_calendar([law.legal_basis(value)], calendar, day, base.day)
    return Milestone(legal_bases, step.code, step.label, day, text, known)


def _limit_ending_on(law: Law, calendar: WorkCalendar, code: str, day: date) -> tuple[DatedValue, date]:
    """The limit that ends on `day` and its first day.

    A limit follows the law of its first day: when an older value was in force on that day, the older value is used,
    provided that it is still in force on the first day that follows from it.
    """
    value = law.value_on(code, day)
    start = _first_day(calendar, value, day)
    try:
        older = law.value_on(code, start)
    except NoValue:
        return value, start
    older_start = _first_day(calendar, older, day)
    return (older, older_start) if older.end is None or older_start <= older.end else (value, start)


def _first_day(calendar: WorkCalendar, value: DatedValue, last_day: date) -> date:
    days = int(value.content["days"])
    if value.content["working"]:
        return calendar.add(last_day, -days)
    return calendar.last_working(last_day - timedelta(days=days))


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


def _length(value: DatedValue) -> str:
    return f"{value.content['days']} ngày{' làm việc' if value.content['working'] else ''}"


def _excluded_days(calendar: WorkCalendar, first: date, last: date) -> str:
    """` (trừ 24/11/2026 Ngày Văn hóa Việt Nam; kể cả 22/08/2026 làm bù)`: the days that differ from a plain week."""
    parts = []
    runs = holiday_runs(calendar, first, last)
    if runs:
        parts.append(f"trừ {', '.join(_run_text(run) for run in runs)}")
    worked = sorted(day for day in calendar.work if first < day <= last and calendar.is_working(day))
    if worked:
        parts.append(f"kể cả {', '.join(format_date(day) for day in worked)} làm bù")
    return f" ({'; '.join(parts)})" if parts else ""


def _run_text(run: HolidayRun) -> str:
    days = format_date(run.first) if run.first == run.last else f"{format_date(run.first)} đến {format_date(run.last)}"
    return f"{days} {', '.join(run.names)}"


def _unknown_years_text(calendar: WorkCalendar, first: date, last: date) -> str:
    """ "; lịch nghỉ năm 2029 chưa có …", or "" when the calendar covers these days."""
    years = ", ".join(str(year) for year in calendar.unknown_years(first, last))
    return f"; lịch nghỉ năm {years} chưa có, mới trừ thứ bảy, chủ nhật" if years else ""


def _with_calendar(
    legal_bases: list[LegalBasis], calendar: WorkCalendar, first: date, last: date
) -> tuple[LegalBasis, ...]:
    """The legal bases, and the calendar as one more when the result depends on unconfirmed days or unknown years."""
    unconfirmed = (day for day in calendar.unconfirmed if first < day <= last)
    # Only days that differ from a plain week change the result.
    depends = any(is_weekend(day) == calendar.is_working(day) for day in unconfirmed)
    if not depends and not calendar.unknown_years(first, last):
        return tuple(legal_bases)
    note = "Ngày nghỉ, ngày làm bù trong thời gian này chưa xác nhận theo thông báo của năm."
    return (*legal_bases, LegalBasis("calendar", "Lịch làm việc", "Lịch làm việc của xã", False, False, note, ""))
