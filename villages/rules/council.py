"""Rules on the council: which seats it needs, from which day a new one can begin."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from emulation.core.formatting import format_date

CHAIR = "chair"
STANDING = "standing"
FEWEST = 3
MAX_AHEAD_DAYS = 366


@dataclass(frozen=True)
class NewSeat:
    """A seat of a council that is to begin: the person's id, the role, the post."""

    person: int
    role: str
    position: str


def seat_faults(seats: Sequence[NewSeat]) -> Iterator[str]:
    """What is wrong with the seats: too few, a person twice, no or several chairs, no standing member, a post missing."""
    roles = Counter(seat.role for seat in seats)
    faults = (
        (len(seats) < FEWEST, f"Hội đồng có ít nhất {FEWEST} thành viên."),
        (len({seat.person for seat in seats}) < len(seats), "Một người chỉ ghi một lần."),
        (roles[CHAIR] != 1, "Hội đồng có đúng một Chủ tịch Hội đồng."),
        (not roles[STANDING], "Hội đồng cần Ủy viên thường trực."),
        ("" in {seat.position for seat in seats}, "Hãy ghi chức vụ của mọi thành viên."),
    )
    yield from (message for is_wrong, message in faults if is_wrong)


def council_day_fault(starts_on: date, decided_on: date, present_since: date | None, today: date) -> str:
    """Why a new council cannot begin on that day, or ""."""
    if starts_on < decided_on:
        return f"Không trước ngày quyết định, {format_date(decided_on)}."
    if present_since and starts_on <= present_since:
        return f"Phải sau ngày {format_date(present_since)} của Hội đồng gần nhất; chưa đến ngày đó thì rút lại rồi ghi lại."
    if starts_on > today + timedelta(days=MAX_AHEAD_DAYS):
        return "Ngày bắt đầu xa quá một năm. Hãy xem lại năm."
    return ""
