"""When something is due, and by when what comes before it must be done. Pure: no Django, no clock.

due(law, calendar, "limit.appraise", received)            -> Due: the last day, with its arithmetic and its article
yearly(law, "superior.yearly", 2026)                      -> Due: the day before which the superior wants the files
count_back(law, calendar, day, UPWARD)                    -> the latest day of every step on the way to it
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.core.formatting import format_date
from emulation.legal.calendar.work_calendar import HolidayRun, WorkCalendar, holiday_runs
from emulation.legal.engine.law import DatedValue, Law, LegalBasis, NoValue
from emulation.legal.engine.rules.cited_result import CitedResult
from emulation.legal.engine.special_days import is_weekend

ROLLOVER_CODE = "limit.rollover"


@dataclass(frozen=True)
class DueDate(CitedResult):
    """The last day of a limit. `arithmetic` says how it came about; not `known` when the table lacks a year of it."""

    day: date
    start: date
    arithmetic: str
    known: bool


@dataclass(frozen=True)
class Milestone(CitedResult):
    """One step on the way to a day, and the latest day on which it must be done."""

    code: str
    label: str
    day: date
    arithmetic: str
    known: bool


@dataclass(frozen=True)
class BackwardStep:
    """A step counted back: `gap` is the code of the time that must lie between it and the step it is counted from.

    The first leg of a chain has no gap: it must be done before the day itself. `counted_from` names another step than
    the one before.
    """

    code: str
    label: str
    gap: str = ""
    counted_from: str = ""


# The twenty days of appraisal run until the chair has the file, so the unit's day is counted from the chair's.
_INSIDE = (
    BackwardStep("council", "Hội đồng họp", "habit.council_to_chair"),
    BackwardStep("appraised", "Văn phòng thẩm định xong", "habit.office_to_council"),
    BackwardStep("submit", "Đơn vị nộp hồ sơ", "limit.appraise", counted_from="sign"),
)
PROPOSAL_STEPS = (
    BackwardStep("send", "Gửi hồ sơ lên cấp trên"),
    BackwardStep("sign", "Chủ tịch ký tờ trình", "limit.number"),
    *_INSIDE,
)
DECISION_STEPS = (
    BackwardStep("issue", "Ban hành quyết định"),
    BackwardStep("sign", "Chủ tịch ký quyết định", "limit.number"),
    *_INSIDE,
)
CULTURAL_FAMILY_STEPS = (
    BackwardStep("sign", "Chủ tịch ký quyết định tặng danh hiệu"),
    BackwardStep("submit", "Thôn nộp hồ sơ", "limit.decide_gdvh"),
    BackwardStep("post", "Bắt đầu niêm yết công khai", "limit.post"),
    BackwardStep("meet", "Thôn họp bình xét", "habit.meeting_to_post"),
)


def due_date(law: Law, calendar: WorkCalendar, code: str, start: date) -> DueDate:
    """The last day of the limit `code` (a code of shape "days") that began on `start`; the law of that day holds.

    A limit in days of the calendar that ends on a day off ends as `limit.rollover` says. NoValue out of reach.
    """
    value = law.value_on(code, start)
    days = int(value.content["days"])
    said = f"{_length(value)} kể từ {format_date(start)}"
    grounds = [law.legal_basis(value)]
    if value.content["working"]:
        day = calendar.add(start, days)
        said += _excluded_days(calendar, start, day) + f": {format_date(day)}"
    else:
        day = start + timedelta(days=days)
        said += f": {format_date(day)}"
        if not calendar.is_working(day):
            rule = law.value_on(ROLLOVER_CODE, start)
            grounds.append(law.legal_basis(rule))
            if rule.content == "next_working":
                day = calendar.next_working(day)
                said += f" là ngày nghỉ, tính đến {format_date(day)}"
    unknown, spoken = _unknown(calendar, start, day)
    return DueDate(_with_calendar(grounds, calendar, start, day), day, start, said + spoken, not unknown)


def yearly_due_date(law: Law, code: str, year: int) -> DueDate:
    """The day of the year that a code of shape "month_day" names, as the law stood on that very day. NoValue out of reach."""
    value = law.value_on(code, date(year, 12, 31))
    day = _day_of(value, year)
    if day < value.start:
        value = law.value_on(code, day)
        day = _day_of(value, year)
    return DueDate((law.legal_basis(value),), day, day, f"trước ngày {format_date(day)}", True)


def _day_of(value: DatedValue, year: int) -> date:
    month, day = (int(part) for part in str(value.content).split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def count_back(
    law: Law, calendar: WorkCalendar, before: date, legs: Sequence[BackwardStep] = PROPOSAL_STEPS
) -> list[Milestone]:
    """The latest day of every step when the first of `legs` must be done before the day `before`; earliest step first.

    Every day is worked, none is later than that of the step which it makes possible. NoValue out of reach.
    """
    done: dict[str, Milestone] = {}
    last: Milestone | None = None
    for leg in legs:
        if last is None:
            last = _first(calendar, leg, before)
        else:
            last = _earlier(law, calendar, leg, done[leg.counted_from] if leg.counted_from else last, last.day)
        done[leg.code] = last
    return list(reversed(done.values()))


def _first(calendar: WorkCalendar, leg: BackwardStep, before: date) -> Milestone:
    day = calendar.add(before, -1)
    unknown, spoken = _unknown(calendar, day, before)
    arithmetic = (
        f"ngày làm việc cuối trước {format_date(before)}{_excluded_days(calendar, day, before - timedelta(days=1))}"
    )
    grounds = _with_calendar([], calendar, day, before)
    return Milestone(grounds, leg.code, leg.label, day, f"{arithmetic}: {format_date(day)}{spoken}", not unknown)


def _earlier(law: Law, calendar: WorkCalendar, leg: BackwardStep, base: Milestone, latest: date) -> Milestone:
    value, day = _counted_back(law, calendar, leg.gap, base.day)
    said = f"lùi {_length(value)} từ {format_date(base.day)}"
    if value.content["working"]:
        said += _excluded_days(calendar, day, base.day)
    said += f": {format_date(day)}"
    if day > latest:
        day = latest
        said += f", không sau bước kế tiếp: {format_date(day)}"
    unknown, spoken = _unknown(calendar, day, base.day)
    grounds = _with_calendar([law.legal_basis(value)], calendar, day, base.day)
    return Milestone(grounds, leg.code, leg.label, day, said + spoken, not unknown)


def _counted_back(law: Law, calendar: WorkCalendar, code: str, day: date) -> tuple[DatedValue, date]:
    """The limit that ends on `day` and the day on which it must begin: the limit of the day it begins on, where that fits."""
    value = law.value_on(code, day)
    start = _begin(calendar, value, day)
    try:
        older = law.value_on(code, start)
    except NoValue:
        return value, start
    begin = _begin(calendar, older, day)
    return (older, begin) if older.end is None or begin <= older.end else (value, start)


def _begin(calendar: WorkCalendar, value: DatedValue, day: date) -> date:
    days = int(value.content["days"])
    if value.content["working"]:
        return calendar.add(day, -days)
    return calendar.last_working(day - timedelta(days=days))


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _length(value: DatedValue) -> str:
    return f"{value.content['days']} ngày{' làm việc' if value.content['working'] else ''}"


def _excluded_days(calendar: WorkCalendar, first: date, last: date) -> str:
    """` (trừ 24/11/2026 Ngày Văn hóa Việt Nam; kể cả 22/08/2026 làm bù)`: what a plain week would not tell."""
    said = [f"trừ {', '.join(_run(run) for run in found)}"] if (found := holiday_runs(calendar, first, last)) else []
    worked = sorted(day for day in calendar.work if first < day <= last and calendar.is_working(day))
    if worked:
        said.append(f"kể cả {', '.join(format_date(day) for day in worked)} làm bù")
    return f" ({'; '.join(said)})" if said else ""


def _run(run: HolidayRun) -> str:
    days = format_date(run.first) if run.first == run.last else f"{format_date(run.first)} đến {format_date(run.last)}"
    return f"{days} {', '.join(run.names)}"


def _unknown(calendar: WorkCalendar, first: date, last: date) -> tuple[list[int], str]:
    years = calendar.unknown_years(first, last)
    listed = ", ".join(str(year) for year in years)
    return years, f"; lịch nghỉ năm {listed} chưa có, mới trừ thứ bảy, chủ nhật" if years else ""


def _with_calendar(
    grounds: list[LegalBasis], calendar: WorkCalendar, first: date, last: date
) -> tuple[LegalBasis, ...]:
    """The grounds, and the calendar as one more where lines that nobody has confirmed decided the day."""
    used = (day for day in calendar.unconfirmed if first < day <= last)
    unsure = any(is_weekend(day) == calendar.is_working(day) for day in used)
    if not unsure and not calendar.unknown_years(first, last):
        return tuple(grounds)
    note = "Ngày nghỉ, ngày làm bù trong thời gian này chưa đối chiếu thông báo của năm."
    return (*grounds, LegalBasis("calendar", "Lịch làm việc", "Lịch làm việc của xã", False, False, note, ""))
