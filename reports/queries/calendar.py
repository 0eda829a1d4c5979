"""The month of a person: what he may see of it, on the screen and on paper."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from emulation.acts import deadlines
from emulation.acts.deadlines import Kind
from emulation.communes.models import Commune
from emulation.communes.standing import standing_of
from emulation.documents.blocks.planner import DayBox, Planner
from emulation.documents.engines import planner
from emulation.documents.engines.html import stylesheet
from emulation.documents.models import DocumentFile, RenderedDraft
from emulation.jobs.models import Job
from emulation.legal.days import calendar_of, days_of
from reports.month import SHORT, Item, Square, last_of, squares, title_of
from reports.queries.leaflets import LeafletState

PAPER_JOB = "reports.month"
UNKNOWN = "Lịch nghỉ năm {} chưa có: mốc tính bằng ngày làm việc mới trừ thứ bảy, chủ nhật."


@dataclass(frozen=True)
class Month:
    """One month of one person: all kinds that concern him with how many fall into it, the days with what was asked for."""

    first: date
    kinds: list[Kind]
    counts: Counter[str]
    squares: list[Square]
    known: bool

    @property
    def empty(self) -> bool:
        return not any(square.items for square in self.squares)


def items_of(user: Any, first: date, last: date, today: date) -> tuple[list[Item], list[Kind]]:
    """What the person has between two days, and the kinds that concern him."""
    kinds = deadlines.kinds_for(user)
    by_code = {kind.code: kind for kind in kinds}
    found = deadlines.within(user, first, last)
    return [Item(one, by_code[one.kind].icon, by_code[one.kind].label, one.is_late(today)) for one in found], kinds


def month(user: Any, first: date, only: str, today: date) -> Month:
    """The month with the things of the kind `only` (all when it is no kind of his)."""
    commune_id = standing_of(user).commune_id
    items, kinds = items_of(user, first, last_of(first), today)
    wanted = [item for item in items if item.deadline.kind == only] if only in {kind.code for kind in kinds} else items
    calendar, days = calendar_of(commune_id or 0), days_of(commune_id or 0)
    return Month(
        first,
        kinds,
        Counter(item.deadline.kind for item in items),
        squares(first, wanted, days, calendar, today),
        first.year in calendar.years,
    )


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────


def sheet(commune: Commune, shown: Month, only: str, today: date) -> Planner:
    """The month for the wall: without the names that a case carries."""
    about = [kind.label for kind in shown.kinds if only in ("", kind.code)]
    return Planner(
        commune.identity_on(today).issuer,
        f"Lịch công tác {title_of(shown.first)}",
        f"Thi đua - khen thưởng: {', '.join(about)}".strip(),
        SHORT,
        tuple(_weeks(shown.squares)),
        () if shown.known else (UNKNOWN.format(shown.first.year),),
        "In từ phần mềm Sổ Vàng; ô xám là ngày nghỉ, ô viền đậm là ngày lễ, tết hoặc làm bù, dấu ✓ là việc đã xong.",
    )


def _weeks(days: Sequence[Square]) -> list[tuple[DayBox, ...]]:
    boxes = [DayBox()] * (days[0].column - 1) + [_box(square) for square in days]
    boxes += [DayBox()] * (-len(boxes) % 7)
    return [tuple(boxes[start : start + 7]) for start in range(0, len(boxes), 7)]


def _box(square: Square) -> DayBox:
    mark = square.line.kind if square.line else "rest" if square.rest else ""
    word = square.line.name if square.line else ""
    lines: Counter[tuple[str, bool]] = Counter()
    for item in square.items:
        if item.deadline.kind != "holiday":
            lines[item.deadline.public_title, item.deadline.done is True] += 1
    told = [(f"{text} (x{count})" if count > 1 else text, done) for (text, done), count in lines.items()]
    more = [(f"còn {square.more} việc khác", False)] if square.more else []
    return DayBox(str(square.day.day), mark, word, tuple(told + more))


def fingerprint(pages: Planner) -> str:
    """Of all that the sheet says and of how it looks: another word on it is another file."""
    return sha256((planner.body(pages) + stylesheet(planner.STYLE)).encode()).hexdigest()


def paper_state(commune: Commune, mark: str) -> LeafletState:
    """How far the sheet of this content is."""
    file = RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).first()
    return LeafletState(file, Job.objects.filter(kind=PAPER_JOB, key=f"{commune.pk}:{mark}").first())
