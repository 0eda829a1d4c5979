"""Every dated thing of the house in one list: the calendar, its paper and its feed read it.

A room registers where its dates come from in `AppConfig.ready()`; nothing here knows any room:

    calendar_registry.register_deadline_kind(DeadlineKind("session", "Phiên họp", "people", permissions.council), session_dates)

provider(commune_id, user, first, last) -> the dated things of these days that this user may see (`visible_to`), in a
number of queries that does not depend on how many there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from emulation.communes.capacity import capacity_of
from emulation.workflow import permissions as people
from emulation.workflow.permissions import Permission


@dataclass(frozen=True)
class Deadline:
    """One thing on one day.

    `key` is the same as long as it is the same thing, also when it moves to another day; it is unique within its kind.
    `done`: True done, False not yet (late after its day), None nothing to be done, or nothing that can be late.
    `outside` is its title where others may read it (a paper on the wall, a calendar on a telephone): without names of
    people or cases; empty when the title names none. `note` stays in the house, as the title does where `outside` is given.
    """

    day: date
    title: str
    key: str
    url: str = ""
    done: bool | None = None
    note: str = ""
    outside: str = ""
    kind: str = ""

    @property
    def public_title(self) -> str:
        """The title for others to read."""
        return self.outside or self.title

    def is_late(self, on: date) -> bool:
        """Not done, and its day is over."""
        return self.done is False and self.day < on

    @property
    def ident(self) -> str:
        """The same thing in the whole house: "session:12"."""
        return f"{self.kind}:{self.key}"


DeadlineProvider = Callable[[int, Any, date, date], Iterable[Deadline]]


@dataclass(frozen=True)
class DeadlineKind:
    """A kind of dated thing: its word and icon, whom it concerns (others do not see it at all), its place among kinds."""

    code: str
    label: str
    icon: str
    permission: Permission = people.signed_in
    order: int = 50


_kinds: dict[str, tuple[DeadlineKind, DeadlineProvider]] = {}


def register_deadline_kind(kind: DeadlineKind, provider: DeadlineProvider) -> None:
    """Makes a kind known; the same code replaces."""
    _kinds[kind.code] = kind, provider


def deadline_kinds_for(user: Any) -> list[DeadlineKind]:
    """The kinds that concern this person, in their order."""
    capacity = capacity_of(user)
    return sorted(
        (kind for kind, _ in _kinds.values() if capacity.commune_id and kind.permission.allows(capacity, None)),
        key=lambda kind: (kind.order, kind.code),
    )


def deadlines_between(user: Any, first: date, last: date, only: str = "") -> list[Deadline]:
    """What this person has between two days, both included, by day and kind; `only` the kind of that code."""
    commune_id, found = capacity_of(user).commune_id, []
    if commune_id is None:
        return []
    for place, kind in enumerate(deadline_kinds_for(user)):
        if only in ("", kind.code):
            rows = _kinds[kind.code][1](commune_id, user, first, last)
            found += [
                (row.day, place, row.title, replace(row, kind=kind.code)) for row in rows if first <= row.day <= last
            ]
    return [row[-1] for row in sorted(found, key=lambda row: (*row[:3], row[3].key))]
