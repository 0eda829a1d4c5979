"""The board of the office: the answers of each unit for a month, and the number of nominations in each state."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from campaigns.exemplars.queries.period import period_board
from campaigns.models import Period
from commendations.models import Nomination
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
    """A unit with its counts under the heads of BOARD_COLUMNS; `word`, `icon` and `tone` describe its status."""

    unit: Any
    counts: list[tuple[str, int]]
    word: str
    icon: str
    tone: str
    since: Any


def unit_board_rows(period: Period) -> list[UnitBoardRow]:
    """Every unit that has to answer; those that have sent nothing come first."""
    rows = [_row(answer) for answer in period_board(period)]
    return sorted(rows, key=lambda row: row.tone != "bad")


def _row(answer: Any) -> UnitBoardRow:
    counts = [(word, answer.counts.get(state, 0)) for state, word in BOARD_COLUMNS.items()]
    return UnitBoardRow(answer.unit, counts, *_status(answer), answer.since)


def _status(row: Any) -> tuple[str, str, str]:
    if row.counts.get("returned"):
        return "Đang sửa", "arrow-return-left", "wait"
    if row.counts.get("submitted"):
        return "Chờ Văn phòng xem", "hourglass-split", "wait"
    if row.accepted:
        return "Đã gửi", "check-circle", "good"
    if row.nothing:
        return "Báo không có", "dash-circle", "neutral"
    if row.counts.get("draft"):
        return "Đang viết", "pencil", "bad"
    return "Chưa gửi", "exclamation-circle", "bad"


def nomination_counts(commune_id: int) -> list[tuple[str, State, int]]:
    """(state code, state, number of nominations) in workflow order, without empty states."""
    counts = dict(
        Nomination.objects.filter(commune_id=commune_id).order_by().values_list("state").annotate(Count("pk"))
    )
    flow = flow_of(Nomination)
    assert flow is not None
    return [(code, state, counts[code]) for code, state in flow.states.items() if counts.get(code)]
