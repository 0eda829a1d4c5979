"""A user's month: the deadlines that they may see, for the page and for the printed sheet."""

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
    """A user's month: all kinds of deadlines that concern them, the number of each kind, and the days.

    `squares` contain the deadlines of the requested kind only. `known` is whether the public holidays of the year are known.
    """

    first: date
    kinds: list[DeadlineKind]
    counts: Counter[str]
    squares: list[MonthDay]
    known: bool

    @property
    def empty(self) -> bool:
        return not any(square.items for square in self.squares)


def calendar_items(user: Any, first: date, last: date, today: date) -> tuple[list[CalendarItem], list[DeadlineKind]]:
    """The user's deadlines between two days, and the kinds that concern them."""
    kinds = calendar_registry.deadline_kinds_for(user)
    by_code = {kind.code: kind for kind in kinds}
    items = []
    for deadline in calendar_registry.deadlines_between(user, first, last):
        kind = by_code[deadline.kind]
        items.append(CalendarItem(deadline, kind.icon, kind.label, deadline.is_late(today)))
    return items, kinds


def personal_month(user: Any, first: date, only: str, today: date) -> PersonalMonth:
    """The month with the deadlines of the kind `only`; with all when that is not a kind of this user."""
    commune_id = capacity_of(user).commune_id or 0
    items, kinds = calendar_items(user, first, last_day_of_month(first), today)
    counts = Counter(item.deadline.kind for item in items)
    if only in {kind.code for kind in kinds}:
        items = [item for item in items if item.deadline.kind == only]
    calendar = work_calendar_of(commune_id)
    squares = month_days(first, items, special_days_of(commune_id), calendar, today)
    return PersonalMonth(first, kinds, counts, squares, first.year in calendar.years)


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────


def month_sheet(commune: Commune, shown: PersonalMonth, only: str, today: date) -> MonthPlanner:
    """The month to print and hang up: without names of people and cases."""
    kinds = [kind.label for kind in shown.kinds if only in ("", kind.code)]
    return MonthPlanner(
        commune.identity_on(today).issuer,
        f"Lịch công tác {month_title(shown.first)}",
        f"Thi đua - khen thưởng: {', '.join(kinds)}".strip(),
        WEEKDAY_SHORT_LABELS,
        tuple(_weeks(shown.squares)),
        () if shown.known else (HOLIDAYS_UNKNOWN.format(shown.first.year),),
        "In từ phần mềm Sổ Vàng; ô xám là ngày nghỉ, ô viền đậm là ngày lễ, tết hoặc làm bù, dấu ✓ là việc đã xong.",
    )


def _weeks(days: Sequence[MonthDay]) -> list[tuple[PlannerDay, ...]]:
    """The days in rows of seven, with empty days before the first and after the last."""
    boxes = [PlannerDay()] * (days[0].column - 1) + [_box(square) for square in days]
    boxes += [PlannerDay()] * (-len(boxes) % 7)
    return [tuple(boxes[start : start + 7]) for start in range(0, len(boxes), 7)]


def _box(square: MonthDay) -> PlannerDay:
    label = square.line.name if square.line else ""
    lines: Counter[tuple[str, bool]] = Counter()
    for item in square.items:
        if item.deadline.kind != "holiday":
            lines[item.deadline.public_title, item.deadline.done is True] += 1
    texts = [(f"{text} (x{count})" if count > 1 else text, done) for (text, done), count in lines.items()]
    if square.more:
        texts.append((f"còn {square.more} việc khác", False))
    return PlannerDay(str(square.day.day), square.day_kind, label, tuple(texts))


def month_sheet_fingerprint(pages: MonthPlanner) -> str:
    """SHA-256 of the content and the style sheet; any change gives another file."""
    return sha256((planner.planner_html(pages) + stylesheet(planner.PLANNER_STYLE)).encode()).hexdigest()


def month_sheet_state(commune: Commune, mark: str) -> RenderedFileState:
    """Progress of the sheet with this fingerprint."""
    file = RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).first()
    return RenderedFileState(file, Job.objects.filter(kind=MONTH_SHEET_JOB, key=f"{commune.pk}:{mark}").first())
