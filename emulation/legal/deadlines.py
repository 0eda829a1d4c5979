"""When something is due, and by when what comes before it must be done. Pure: no Django, no clock.

due(law, calendar, "limit.appraise", received)            -> Due: the last day, with its arithmetic and its article
yearly(law, "superior.yearly", 2026)                      -> Due: the day before which the superior wants the files
count_back(law, calendar, day, UPWARD)                    -> the latest day of every step on the way to it
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.core.words import vn_date
from emulation.legal.law import Ground, Law, NoValue, Value
from emulation.legal.rules import Grounded
from emulation.legal.workdays import Run, WorkCalendar, is_weekend, runs

ROLLOVER = "limit.rollover"


@dataclass(frozen=True)
class Due(Grounded):
    """The last day of a limit. `arithmetic` says how it came about; not `known` when the table lacks a year of it."""

    day: date
    start: date
    arithmetic: str
    known: bool


@dataclass(frozen=True)
class Milestone(Grounded):
    """One step on the way to a day, and the latest day on which it must be done."""

    code: str
    label: str
    day: date
    arithmetic: str
    known: bool


@dataclass(frozen=True)
class Leg:
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
    Leg("council", "Hội đồng họp", "habit.council_to_chair"),
    Leg("appraised", "Văn phòng thẩm định xong", "habit.office_to_council"),
    Leg("submit", "Đơn vị nộp hồ sơ", "limit.appraise", counted_from="sign"),
)
UPWARD = (
    Leg("send", "Gửi hồ sơ lên cấp trên"),
    Leg("sign", "Chủ tịch ký tờ trình", "limit.number"),
    *_INSIDE,
)
DECIDED_HERE = (
    Leg("issue", "Ban hành quyết định"),
    Leg("sign", "Chủ tịch ký quyết định", "limit.number"),
    *_INSIDE,
)
CULTURAL_FAMILY = (
    Leg("sign", "Chủ tịch ký quyết định tặng danh hiệu"),
    Leg("submit", "Thôn nộp hồ sơ", "limit.decide_gdvh"),
    Leg("post", "Bắt đầu niêm yết công khai", "limit.post"),
    Leg("meet", "Thôn họp bình xét", "habit.meeting_to_post"),
)


def due(law: Law, calendar: WorkCalendar, code: str, start: date) -> Due:
    """The last day of the limit `code` (a code of shape "days") that began on `start`; the law of that day holds.

    A limit in days of the calendar that ends on a day off ends as `limit.rollover` says. NoValue out of reach.
    """
    value = law.value_on(code, start)
    days = int(value.content["days"])
    said = f"{_length(value)} kể từ {vn_date(start)}"
    grounds = [law.ground(value)]
    if value.content["working"]:
        day = calendar.add(start, days)
        said += _left_out(calendar, start, day) + f": {vn_date(day)}"
    else:
        day = start + timedelta(days=days)
        said += f": {vn_date(day)}"
        if not calendar.is_working(day):
            rule = law.value_on(ROLLOVER, start)
            grounds.append(law.ground(rule))
            if rule.content == "next_working":
                day = calendar.next_working(day)
                said += f" là ngày nghỉ, tính đến {vn_date(day)}"
    unknown, spoken = _unknown(calendar, start, day)
    return Due(_with_calendar(grounds, calendar, start, day), day, start, said + spoken, not unknown)


def yearly(law: Law, code: str, year: int) -> Due:
    """The day of the year that a code of shape "month_day" names, as the law stood on that very day. NoValue out of reach."""
    value = law.value_on(code, date(year, 12, 31))
    day = _day_of(value, year)
    if day < value.start:
        value = law.value_on(code, day)
        day = _day_of(value, year)
    return Due((law.ground(value),), day, day, f"trước ngày {vn_date(day)}", True)


def _day_of(value: Value, year: int) -> date:
    month, day = (int(part) for part in str(value.content).split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def count_back(law: Law, calendar: WorkCalendar, before: date, legs: Sequence[Leg] = UPWARD) -> list[Milestone]:
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


def _first(calendar: WorkCalendar, leg: Leg, before: date) -> Milestone:
    day = calendar.add(before, -1)
    unknown, spoken = _unknown(calendar, day, before)
    arithmetic = f"ngày làm việc cuối trước {vn_date(before)}{_left_out(calendar, day, before - timedelta(days=1))}"
    grounds = _with_calendar([], calendar, day, before)
    return Milestone(grounds, leg.code, leg.label, day, f"{arithmetic}: {vn_date(day)}{spoken}", not unknown)


def _earlier(law: Law, calendar: WorkCalendar, leg: Leg, base: Milestone, latest: date) -> Milestone:
    value, day = _back(law, calendar, leg.gap, base.day)
    said = f"lùi {_length(value)} từ {vn_date(base.day)}"
    if value.content["working"]:
        said += _left_out(calendar, day, base.day)
    said += f": {vn_date(day)}"
    if day > latest:
        day = latest
        said += f", không sau bước kế tiếp: {vn_date(day)}"
    unknown, spoken = _unknown(calendar, day, base.day)
    grounds = _with_calendar([law.ground(value)], calendar, day, base.day)
    return Milestone(grounds, leg.code, leg.label, day, said + spoken, not unknown)


def _back(law: Law, calendar: WorkCalendar, code: str, day: date) -> tuple[Value, date]:
    """The limit that ends on `day` and the day on which it must begin: the limit of the day it begins on, where that fits."""
    value = law.value_on(code, day)
    start = _begin(calendar, value, day)
    try:
        older = law.value_on(code, start)
    except NoValue:
        return value, start
    begin = _begin(calendar, older, day)
    return (older, begin) if older.end is None or begin <= older.end else (value, start)


def _begin(calendar: WorkCalendar, value: Value, day: date) -> date:
    days = int(value.content["days"])
    if value.content["working"]:
        return calendar.add(day, -days)
    return calendar.last_working(day - timedelta(days=days))


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _length(value: Value) -> str:
    return f"{value.content['days']} ngày{' làm việc' if value.content['working'] else ''}"


def _left_out(calendar: WorkCalendar, first: date, last: date) -> str:
    """` (trừ 24/11/2026 Ngày Văn hóa Việt Nam; kể cả 22/08/2026 làm bù)`: what a plain week would not tell."""
    said = [f"trừ {', '.join(_run(run) for run in found)}"] if (found := runs(calendar, first, last)) else []
    worked = sorted(day for day in calendar.work if first < day <= last and calendar.is_working(day))
    if worked:
        said.append(f"kể cả {', '.join(vn_date(day) for day in worked)} làm bù")
    return f" ({'; '.join(said)})" if said else ""


def _run(run: Run) -> str:
    days = vn_date(run.first) if run.first == run.last else f"{vn_date(run.first)} đến {vn_date(run.last)}"
    return f"{days} {', '.join(run.names)}"


def _unknown(calendar: WorkCalendar, first: date, last: date) -> tuple[list[int], str]:
    years = calendar.unknown_years(first, last)
    listed = ", ".join(str(year) for year in years)
    return years, f"; lịch nghỉ năm {listed} chưa có, mới trừ thứ bảy, chủ nhật" if years else ""


def _with_calendar(grounds: list[Ground], calendar: WorkCalendar, first: date, last: date) -> tuple[Ground, ...]:
    """The grounds, and the calendar as one more where lines that nobody has confirmed decided the day."""
    used = (day for day in calendar.unconfirmed if first < day <= last)
    unsure = any(is_weekend(day) == calendar.is_working(day) for day in used)
    if not unsure and not calendar.unknown_years(first, last):
        return tuple(grounds)
    note = "Ngày nghỉ, ngày làm bù trong thời gian này chưa đối chiếu thông báo của năm."
    return (*grounds, Ground("calendar", "Lịch làm việc", "Lịch làm việc của xã", False, False, note, ""))
