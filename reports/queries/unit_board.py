"""The board of the office: the answers of each unit for a month, and the number of nominations in each state."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

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
    answered: bool
    counts: list[tuple[str, int]]
    word: str
    icon: str
    tone: str
    since: Any


def unit_board_rows(period: Period) -> list[UnitBoardRow]:
    """Every unit that has to answer; those that have sent nothing come first."""
    is_late = period.due_on < timezone.localdate()
    rows = [_row(answer, is_late) for answer in period_board(period)]
    return sorted(rows, key=lambda row: row.answered)


def _row(answer: Any, is_late: bool) -> UnitBoardRow:
    counts = [(word, answer.counts.get(state, 0)) for state, word in BOARD_COLUMNS.items()]
    return UnitBoardRow(answer.unit, answer.answered, counts, *_status(answer, is_late), answer.since)


def _status(row: Any, is_late: bool) -> tuple[str, str, str]:
    """Word, icon and tone; what is not sent is bad only after the due day."""
    if row.counts.get("returned"):
        return "Đang sửa", "arrow-return-left", "wait"
    if row.counts.get("submitted"):
        return "Chờ Văn phòng xem", "hourglass-split", "wait"
    if row.accepted:
        return "Đã gửi", "check-circle", "good"
    if row.nothing:
        return "Báo không có", "dash-circle", "neutral"
    if row.counts.get("draft"):
        return "Đang viết nháp", "pencil", "bad" if is_late else "wait"
    return ("Quá hạn, chưa gửi", "exclamation-triangle", "bad") if is_late else ("Chưa gửi", "circle", "wait")


def nomination_counts(commune_id: int) -> list[tuple[str, State, int]]:
    """(state code, state, number of nominations) in workflow order, without empty states."""
    counts = dict(
        Nomination.objects.filter(commune_id=commune_id).order_by().values_list("state").annotate(Count("pk"))
    )
    flow = flow_of(Nomination)
    assert flow is not None
    return [(code, state, counts[code]) for code, state in flow.states.items() if counts.get(code)]
