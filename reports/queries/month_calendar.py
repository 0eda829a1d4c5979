"""The month of a person: what he may see of it, on the screen and on paper."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune
from emulation.documents.blocks.planner import MonthPlanner, PlannerDay
from emulation.documents.engines import planner
from emulation.documents.engines.html import stylesheet
from emulation.documents.models import DocumentFile, RenderedDraft
from emulation.jobs.models import Job
from emulation.legal.calendar.commune_calendar import special_days_of, work_calendar_of
from emulation.workflow import calendar_registry
from emulation.workflow.calendar_registry import DeadlineKind
from reports.queries.rendered_file import RenderedFileState
from reports.rules.month_grid import (
    WEEKDAY_SHORT_LABELS,
    CalendarItem,
    MonthDay,
    last_day_of_month,
    month_days,
    month_title,
)

MONTH_SHEET_JOB = "reports.month"
HOLIDAYS_UNKNOWN = "Lịch nghỉ năm {} chưa có: mốc tính bằng ngày làm việc mới trừ thứ bảy, chủ nhật."


@dataclass(frozen=True)
class PersonalMonth:
    """One month of one person: all kinds that concern him with how many fall into it, the days with what was asked for."""

    first: date
    kinds: list[DeadlineKind]
    counts: Counter[str]
    squares: list[MonthDay]
    known: bool

    @property
    def empty(self) -> bool:
        return not any(square.items for square in self.squares)


def calendar_items(user: Any, first: date, last: date, today: date) -> tuple[list[CalendarItem], list[DeadlineKind]]:
    """What the person has between two days, and the kinds that concern him."""
    kinds = calendar_registry.deadline_kinds_for(user)
    by_code = {kind.code: kind for kind in kinds}
    found = calendar_registry.deadlines_between(user, first, last)
    return [
        CalendarItem(one, by_code[one.kind].icon, by_code[one.kind].label, one.is_late(today)) for one in found
    ], kinds


def personal_month(user: Any, first: date, only: str, today: date) -> PersonalMonth:
    """The month with the things of the kind `only` (all when it is no kind of his)."""
    commune_id = capacity_of(user).commune_id
    items, kinds = calendar_items(user, first, last_day_of_month(first), today)
    wanted = [item for item in items if item.deadline.kind == only] if only in {kind.code for kind in kinds} else items
    calendar, days = work_calendar_of(commune_id or 0), special_days_of(commune_id or 0)
    return PersonalMonth(
        first,
        kinds,
        Counter(item.deadline.kind for item in items),
        month_days(first, wanted, days, calendar, today),
        first.year in calendar.years,
    )


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────


def month_sheet(commune: Commune, shown: PersonalMonth, only: str, today: date) -> MonthPlanner:
    """The month for the wall: without the names that a case carries."""
    about = [kind.label for kind in shown.kinds if only in ("", kind.code)]
    return MonthPlanner(
        commune.identity_on(today).issuer,
        f"Lịch công tác {month_title(shown.first)}",
        f"Thi đua - khen thưởng: {', '.join(about)}".strip(),
        WEEKDAY_SHORT_LABELS,
        tuple(_weeks(shown.squares)),
        () if shown.known else (HOLIDAYS_UNKNOWN.format(shown.first.year),),
        "In từ phần mềm Sổ Vàng; ô xám là ngày nghỉ, ô viền đậm là ngày lễ, tết hoặc làm bù, dấu ✓ là việc đã xong.",
    )


def _weeks(days: Sequence[MonthDay]) -> list[tuple[PlannerDay, ...]]:
    boxes = [PlannerDay()] * (days[0].column - 1) + [_box(square) for square in days]
    boxes += [PlannerDay()] * (-len(boxes) % 7)
    return [tuple(boxes[start : start + 7]) for start in range(0, len(boxes), 7)]


def _box(square: MonthDay) -> PlannerDay:
    mark = square.line.kind if square.line else "rest" if square.rest else ""
    word = square.line.name if square.line else ""
    lines: Counter[tuple[str, bool]] = Counter()
    for item in square.items:
        if item.deadline.kind != "holiday":
            lines[item.deadline.public_title, item.deadline.done is True] += 1
    told = [(f"{text} (x{count})" if count > 1 else text, done) for (text, done), count in lines.items()]
    more = [(f"còn {square.more} việc khác", False)] if square.more else []
    return PlannerDay(str(square.day.day), mark, word, tuple(told + more))


def month_sheet_fingerprint(pages: MonthPlanner) -> str:
    """Of all that the sheet says and of how it looks: another word on it is another file."""
    return sha256((planner.planner_html(pages) + stylesheet(planner.PLANNER_STYLE)).encode()).hexdigest()


def month_sheet_state(commune: Commune, mark: str) -> RenderedFileState:
    """How far the sheet of this content is."""
    file = RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).first()
    return RenderedFileState(file, Job.objects.filter(kind=MONTH_SHEET_JOB, key=f"{commune.pk}:{mark}").first())
