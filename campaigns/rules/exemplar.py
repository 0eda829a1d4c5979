"""Rules of the monthly exemplar. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DUE_DAY = 25
SHORTEST_DEED = 20
MAX_PHOTOS = 3
QUARTER_NAMES = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Span:
    """A month or a quarter: its first and last day, and the day by which units answer."""

    opens_on: date
    ends_on: date
    due_on: date


def month_span(year: int, month: int, due_day: int = DUE_DAY) -> Span:
    """The month, answered by its 25th day."""
    last = monthrange(year, month)[1]
    return Span(date(year, month, 1), date(year, month, last), date(year, month, min(due_day, last)))


def quarter_span(year: int, quarter: int, due_day: int = DUE_DAY) -> Span:
    """The quarter: asked for from the first day of its last month, answered by the 25th of it."""
    return month_span(year, quarter * 3, due_day)


def period_title(kind: str, year: int, number: int) -> str:
    """`Tháng 11/2026`, `Quý IV/2026`."""
    return f"Quý {QUARTER_NAMES[number - 1]}/{year}" if kind == "quarter" else f"Tháng {number}/{year}"


@dataclass(frozen=True)
class Answer:
    """What a unit has written down so far."""

    nothing: bool = False
    nothing_reason: str = ""
    kind: str = ""
    has_nominee: bool = False
    has_field: bool = False
    deed: str = ""


def missing(answer: Answer) -> dict[str, str]:
    """What is still missing before it can be sent: {field: what to do}. Drafts may lack anything."""
    if answer.nothing:
        return {} if answer.nothing_reason else {"nothing_reason": "Hãy ghi lý do tháng này đơn vị không có điển hình."}
    found = {}
    if not answer.kind:
        found["kind"] = "Hãy chọn điển hình là cá nhân, hộ gia đình hay tập thể."
    elif not answer.has_nominee:
        found["name"] = "Hãy gõ tên rồi chọn đúng người trong danh sách, hoặc chọn “Thêm mới”."
    if not answer.has_field:
        found["field"] = "Hãy chọn lĩnh vực."
    if len(answer.deed) < SHORTEST_DEED:
        found["deed"] = "Hãy kể việc đã làm, ít nhất một câu."
    return found


def is_late(submitted_on: date | None, due_on: date) -> bool:
    """Whether it was sent after the day it was due; sending late is allowed, and marked."""
    return submitted_on is not None and submitted_on > due_on
