"""Registry of everything that has a date: the source of the calendar page, its printed version and its feed.

An app registers a kind and the function that provides its deadlines in `AppConfig.ready()`:

    calendar_registry.register_deadline_kind(DeadlineKind("session", "Phiên họp", "people", permissions.council), session_dates)

provider(commune_id, user, first, last) -> the deadlines between these dates that this user may see (`visible_to`). The
number of its queries must not depend on the number of deadlines.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from emulation.communes.capacity import capacity_of
from emulation.core.registry import Registry
from emulation.workflow import permissions
from emulation.workflow.permissions import Permission


@dataclass(frozen=True)
class Deadline:
    """One event on one day: something to be done by then, or something that takes place.

    `key` is unique within its kind and stays the same when the event moves to another day.
    `done`: True done, False not yet (late after its day), None if nothing has to be done or it cannot be late.
    `outside` is the title where other people may read it (a printed calendar, a feed on a phone): without names of people
    or cases; empty if `title` contains none. `note` is never shown there.
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
        """The title for places where other people may read it."""
        return self.outside or self.title

    def is_late(self, on: date) -> bool:
        """Whether it is not done and its day has passed."""
        return self.done is False and self.day < on

    @property
    def ident(self) -> str:
        """The key that is unique across all kinds: "session:12"."""
        return f"{self.kind}:{self.key}"


DeadlineProvider = Callable[[int, Any, date, date], Iterable[Deadline]]


@dataclass(frozen=True)
class DeadlineKind:
    """A kind of deadline: its label and icon, who sees it (`permission`), its place among the kinds (`order`)."""

    code: str
    label: str
    icon: str
    permission: Permission = permissions.signed_in
    order: int = 50


deadline_kinds: Registry[tuple[DeadlineKind, DeadlineProvider]] = Registry(
    "Calendar dates", "kind: its label, and the function that provides its deadlines"
)


DueDaySource = Callable[[Sequence[Any], date], Mapping[int, date]]
due_day_sources: Registry[DueDaySource] = Registry(
    "Due days", "subject key: the function that returns the due days of rows which follow from the law, by primary key"
)


def due_days_of_rows(subject_key: str, rows: Sequence[Any], on: date) -> Mapping[int, date]:
    """The due days of rows of one model, by primary key: from its source, otherwise `due_on()`; rows without one are absent."""
    source = due_day_sources.get(subject_key)
    if source is not None:
        return source(rows, on) if rows else {}
    return {row.pk: due for row in rows if (due := row.due_on())}


def register_deadline_kind(kind: DeadlineKind, provider: DeadlineProvider) -> None:
    """Registers a kind with the function that provides its deadlines."""
    deadline_kinds.add(kind.code, (kind, provider))


def deadline_kinds_for(user: Any) -> list[DeadlineKind]:
    """The kinds that this user sees, in order."""
    capacity = capacity_of(user)
    return sorted(
        (kind for kind, _ in deadline_kinds.values() if capacity.commune_id and kind.permission.allows(capacity, None)),
        key=lambda kind: (kind.order, kind.code),
    )


def deadlines_between(user: Any, first: date, last: date, only: str = "") -> list[Deadline]:
    """The deadlines of this user between two dates (both included), by day and kind; `only`: the code of one kind."""
    commune_id = capacity_of(user).commune_id
    if commune_id is None:
        return []
    found = []
    for place, kind in enumerate(deadline_kinds_for(user)):
        if only in ("", kind.code):
            provider = deadline_kinds[kind.code][1]
            rows = provider(commune_id, user, first, last)
            found += [
                (row.day, place, row.title, replace(row, kind=kind.code)) for row in rows if first <= row.day <= last
            ]
    return [row[-1] for row in sorted(found, key=lambda row: (*row[:3], row[3].key))]
