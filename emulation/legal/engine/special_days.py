"""Special days of the working calendar (days off, make-up days) as the statutes list them. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from emulation.legal.engine.law import Citation

SpecialDayKind = Literal["off", "work"]
SATURDAY = 5
TET_DAYS = 5


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One line of the table: a day off, or a weekend day that is worked, with its citation."""

    day: date
    kind: SpecialDayKind
    name: str
    citation: Citation
    source: str
    confirmed: bool = False

    @property
    def is_off(self) -> bool:
        """A day off; else a weekend day that is worked."""
        return self.kind == "off"


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY


def has_tet(off: Collection[date], year: int) -> bool:
    """Whether the days off include Tết of that year, the only long holiday between 20 January and the end of February."""
    return sum(date(year, 1, 20) <= day <= date(year, 2, 28) for day in off) >= TET_DAYS
