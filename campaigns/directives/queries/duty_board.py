"""The table of units by tasks of one letter: its cells with their marks, its figures, its legend."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse

from campaigns.directives.models.duty import Duty, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.queries.duty import duty_facts
from campaigns.directives.rules.duty import MARK_WORDS, TALLY_WORDS, DutyMark, mark_duty
from emulation.core.formatting import format_date
from villages.models import Unit


@dataclass(frozen=True)
class DutyCell:
    """One task of one unit on the board: its mark and link."""

    duty: Duty
    mark: DutyMark
    url: str

    @property
    def word(self) -> str:
        return MARK_WORDS[self.mark][0]

    @property
    def meaning(self) -> str:
        return MARK_WORDS[self.mark][1]

    @property
    def is_given(self) -> bool:
        """Whether the task is this unit's at all."""
        return self.mark is not DutyMark.none

    @property
    def icon(self) -> str:
        return MARK_WORDS[self.mark][2]

    @property
    def tone(self) -> str:
        return MARK_WORDS[self.mark][3]


@dataclass(frozen=True)
class DutyBoardRow:
    """A unit with its receipt and its cells, one per task."""

    unit: Unit
    receipt: LetterReceipt | None
    cells: list[DutyCell]

    @property
    def counts(self) -> Counter[DutyMark]:
        return Counter(cell.mark for cell in self.cells)

    @property
    def assigned(self) -> int:
        return sum(cell.mark is not DutyMark.none for cell in self.cells)

    @property
    def done(self) -> int:
        return self.counts[DutyMark.on_time] + self.counts[DutyMark.late]

    @property
    def tallies(self) -> list[tuple[int, str, str, str]]:
        """(count, word, icon, tone) of each mark that needs attention, for the compact view."""
        counts = self.counts
        return [(counts[one], word, *MARK_WORDS[one][2:]) for one, word in TALLY_WORDS.items() if counts[one]]


def duty_board(letter: Letter, on: date) -> list[DutyBoardRow]:
    """Every unit that received the letter, and the office, with each task; four queries."""
    if letter.directive_id is None:
        return []
    duties = list(Duty.objects.filter(directive_id=letter.directive_id, is_aim=False))
    rows = letter.unit_duties.select_related("report")
    assigned: dict[tuple[int, int], UnitDuty] = {(one.unit_id, one.duty_id): one for one in rows}
    receipts = {receipt.unit_id: receipt for receipt in letter.receipts.all()}
    ids = {*receipts, *(unit_id for unit_id, _ in assigned)}
    units = Unit.objects.filter(pk__in=ids).order_by("sort", "name")
    return [
        DutyBoardRow(unit, receipts.get(unit.pk), [_cell(letter, unit, duty, assigned, on) for duty in duties])
        for unit in units
    ]


def _cell(letter: Letter, unit: Unit, duty: Duty, assigned: dict[tuple[int, int], UnitDuty], on: date) -> DutyCell:
    one = assigned.get((unit.pk, duty.pk))
    if one is None:
        return DutyCell(duty, DutyMark.none, reverse("campaigns:no_duty", args=[letter.pk, unit.pk, duty.pk]))
    return DutyCell(duty, mark_duty(duty_facts(one), on), one.get_absolute_url())


def rows_by_duty(board: list[DutyBoardRow]) -> list[tuple[Duty, list[tuple[Unit, DutyCell]]]]:
    """Each task with its cell of every unit: a task is named at the head of its row."""
    columns = zip(*(row.cells for row in board), strict=True)
    return [(cells[0].duty, [(row.unit, cell) for row, cell in zip(board, cells, strict=True)]) for cells in columns]


def moved_due_days(letter: Letter) -> dict[int, str]:
    """{id of a task: "là ngày nghỉ, tính đến 01/03/2027"} of those whose due day is another than the letter names; one query."""
    moved = letter.unit_duties.exclude(due_day=F("duty__due_on")).filter(due_day__isnull=False)
    days = moved.order_by().values_list("duty_id", "due_day").distinct()
    return {duty_id: f"là ngày nghỉ, tính đến {format_date(day)}" for duty_id, day in days if day}


def duty_tiles(rows: Iterable[DutyBoardRow]) -> list[dict[str, Any]]:
    """The figures shown above the board."""
    counts: Counter[DutyMark] = sum((row.counts for row in rows), Counter())
    assigned = sum(counts.values()) - counts[DutyMark.none]
    return [
        {"number": f"{counts[DutyMark.on_time] + counts[DutyMark.late]}/{assigned}", "label": "việc đã làm"},
        {"number": counts[DutyMark.late], "label": "báo muộn"},
        {"number": counts[DutyMark.sent], "label": "chờ xem"},
        {"number": counts[DutyMark.silent], "label": "im lặng, quá hạn", "bad": bool(counts[DutyMark.silent])},
    ]


def duty_legend() -> list[tuple[str, str, str, str]]:
    """Each mark of the board: short word, meaning, icon, tone. A cancelled letter, whose tasks are withdrawn, has no board."""
    return [MARK_WORDS[one] for one in DutyMark if one is not DutyMark.withdrawn]
