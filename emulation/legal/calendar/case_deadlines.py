"""The days of each step of one nomination, by who decides the award. Pure: no Django, no clock.

case_deadlines(law, calendar, course, today)  -> the steps that are still to be taken, each with one last day

An award that the commune decides counts from the commune's own limits: from the day of receipt. What a superior decides
is also counted back from the superior's day of the year. Khen thưởng đột xuất counts from the day of the deed in both
cases. Where two limits concern one step, the earlier day is the day of the step.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from emulation.core.formatting import format_date
from emulation.legal.calendar.time_limits import (
    APPRAISAL_STEPS,
    BackwardStep,
    DueDate,
    Milestone,
    count_back,
    count_back_from,
    due_date,
)
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Law

SUBMIT_STEP = "submit"
APPRAISAL_STEP = "sign"
"""The end of the appraisal, when the chair has the file: the step to which the law's limit applies."""
UNIT_STEPS = frozenset({SUBMIT_STEP, "post", "meet"})
"""Steps before submission; a case that was received has taken them."""


@dataclass(frozen=True)
class CaseCourse:
    """What the days of a case depend on.

    `limit` is the code of the limit of the appraisal, `inside` are the steps within it. `received` is None before
    submission. `deed` is the day of the deed for khen thưởng đột xuất, else None. `before` is the day before which the
    case must be over (None: no such day), `backward` the steps counted back from it.
    """

    limit: str = "limit.appraise"
    inside: Sequence[BackwardStep] = APPRAISAL_STEPS
    received: date | None = None
    deed: date | None = None
    before: date | None = None
    backward: Sequence[BackwardStep] = ()


def case_deadlines(law: Law, calendar: WorkCalendar, course: CaseCourse, today: date) -> list[Milestone]:
    """The steps still to be taken, each with its last day. NoValue when the statutes do not cover a day.

    Before submission the appraisal is counted back, or as if the file were submitted today.
    """
    latest = {}
    if course.before is not None:
        latest = {step.code: step for step in count_back(law, calendar, course.before, course.backward)}
    unit_steps = [] if course.received else _unit_steps(law, calendar, course, latest)
    appraisal = _appraisal(law, calendar, course, latest.get(APPRAISAL_STEP), today)
    sending = [latest["send"]] if "send" in latest else []
    return [*unit_steps, *count_back_from(law, calendar, appraisal, course.inside), *sending]


def _unit_steps(law: Law, calendar: WorkCalendar, course: CaseCourse, latest: dict[str, Milestone]) -> list[Milestone]:
    if course.deed is None:
        return [step for code, step in latest.items() if code in UNIT_STEPS]
    limit = due_date(law, calendar, "habit.sudden", course.deed)
    return [_milestone(limit, SUBMIT_STEP, "Đơn vị nộp hồ sơ đột xuất")]


def _appraisal(
    law: Law, calendar: WorkCalendar, course: CaseCourse, counted_back: Milestone | None, today: date
) -> Milestone:
    """The end of the appraisal: by its limit, but not after the day that is counted back, unless the file came after it."""
    if course.received is None and counted_back is not None:
        return counted_back
    label = counted_back.label if counted_back else "Thẩm định xong, trình Chủ tịch"
    by_limit = _milestone(due_date(law, calendar, course.limit, course.received or today), APPRAISAL_STEP, label)
    if course.received is None:
        return replace(by_limit, arithmetic=f"nếu nộp hôm nay: {by_limit.arithmetic}")
    if counted_back is None or by_limit.day <= counted_back.day or counted_back.day < course.received:
        return by_limit
    sooner = f"{counted_back.arithmetic} (trước khi hết hạn thẩm định {format_date(by_limit.day)})"
    return replace(counted_back, arithmetic=sooner)


def _milestone(limit: DueDate, code: str, label: str) -> Milestone:
    return Milestone(limit.grounds, code, label, limit.day, limit.arithmetic, limit.known)
