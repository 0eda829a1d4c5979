"""What a unit still has to do, as the pages of "Đôn đốc" show it."""

from dataclasses import dataclass
from datetime import date

from campaigns.obligations.queries import Obligation
from emulation.accounts.models import User
from emulation.core.formatting import format_date, upper_first
from villages.models import Unit
from villages.queries.contacts import Reachability


def object_key(obligation: Obligation) -> str:
    return f"{obligation.kind}:{obligation.object_id}"


@dataclass(frozen=True)
class OutstandingItem:
    """One obligation with its unit (`unit_name`: with the one that took over), the time left in words, whom to contact, the
    day and stage of the last reminder.

    `is_reminded_today`: the office reminded of it on that day, which it can do once a day.
    """

    ask: Obligation
    unit: Unit
    unit_name: str
    status_text: str
    late: bool
    reached: Reachability
    people: list[User]
    charge: User | None
    last: tuple[date, str] | None = None
    is_reminded_today: bool = False
    is_this_year: bool = True

    @property
    def value(self) -> str:
        """The value of the item's check box."""
        return f"{self.ask.kind}:{self.ask.object_id}:{self.ask.unit_id}"

    @property
    def object_key(self) -> str:
        """The obligation that it shares with other units: "period:12"."""
        return object_key(self.ask)

    @property
    def last_in_words(self) -> str:
        """The stage and day of the last reminder; "" if there was none."""
        return f"{self.last[1]} {format_date(self.last[0])}" if self.last else ""

    @property
    def title(self) -> str:
        """ "Gửi điển hình tháng 11/2026, hạn 25/11/2026"."""
        return f"{upper_first(self.ask.title)}, hạn {format_date(self.ask.due_on)}"

    @property
    def in_short(self) -> str:
        """ "Tháng 11/2026, quá hạn 25/11", without the year of the due day if it is that of the board."""
        day = f"{self.ask.due_on:%d/%m}" if self.is_this_year else format_date(self.ask.due_on)
        return f"{self.ask.short_title}, {'quá hạn' if self.late else 'hạn'} {day}"


@dataclass(frozen=True)
class UnitItems:
    """The outstanding items of one unit, the most urgent first; contacts and liaison are the same in all."""

    items: list[OutstandingItem]

    @property
    def first(self) -> OutstandingItem:
        return self.items[0]

    @property
    def last(self) -> str:
        """The last reminder of any of them: its stage and day."""
        reminded = [item for item in self.items if item.last]
        return max(reminded, key=lambda item: item.last or ()).last_in_words if reminded else ""

    @property
    def late_items(self) -> list[OutstandingItem]:
        return [item for item in self.items if item.late]

    @property
    def later_words(self) -> str:
        """What is not yet due: "Quý IV/2026, hạn 25/12; Tháng 12/2026, hạn 25/12"."""
        return "; ".join(item.in_short for item in self.items if not item.late)

    @property
    def is_reminded_today(self) -> bool:
        """Whether the office reminded of all that are late on that day; of all, if none is late."""
        asked = self.late_items or self.items
        return all(item.is_reminded_today for item in asked)
