"""The board of the office: the answers of each unit for a month, and the number of nominations in each state."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone

from campaigns.exemplars.queries.period import PeriodBoardRow, period_board
from campaigns.models import Period
from commendations.models import Nomination
from emulation.core.status_pills import StatusPill
from emulation.workflow.workflow import State, flow_of

BOARD_COLUMNS = {
    "draft": "Nháp",
    "submitted": "Chờ xem",
    "returned": "Trả lại",
    "accepted": "Chấp nhận",
    "nominated": "Đã đề nghị",
}


@dataclass(frozen=True)
class UnitBoardRow:
    """A unit with its counts under the heads of BOARD_COLUMNS."""

    unit: Any
    answered: bool
    counts: list[tuple[str, int]]
    status: StatusPill
    since: Any


def unit_board_rows(period: Period) -> list[UnitBoardRow]:
    """Every unit that has to answer; those that have sent nothing come first."""
    today = timezone.localdate()
    rows = [_row(answer, period, today) for answer in period_board(period)]
    return sorted(rows, key=lambda row: row.answered)


def _row(answer: PeriodBoardRow, period: Period, on: date) -> UnitBoardRow:
    counts = [(word, answer.counts.get(state, 0)) for state, word in BOARD_COLUMNS.items()]
    return UnitBoardRow(answer.unit, answer.answered, counts, answer.status(period, on), answer.since)


def nomination_counts(commune_id: int) -> list[tuple[str, State, int]]:
    """(state code, state, number of nominations) in workflow order, without empty states."""
    counts = dict(
        Nomination.objects.filter(commune_id=commune_id).order_by().values_list("state").annotate(Count("pk"))
    )
    flow = flow_of(Nomination)
    assert flow is not None
    return [(code, state, counts[code]) for code, state in flow.states.items() if counts.get(code)]
