"""Two days of the law side by side, and the days on which it changed. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from emulation.legal import catalogue, rules
from emulation.legal.display import Scope, describe, question, scopes
from emulation.legal.law import Code, Law, Value

Mark = Literal["changed", "added", "dropped", "cited", "same"]
MARKS: dict[Mark, tuple[str, str, str]] = {
    "changed": ("đổi nội dung", "arrow-left-right", "bad"),
    "added": ("mới có", "plus-circle", "good"),
    "dropped": ("không còn", "dash-circle", "wait"),
    "cited": ("đổi căn cứ", "book", "news"),
    "same": ("giống nhau", "check-circle", "neutral"),
}
"""The word, icon and tone of each mark, in the order in which they matter."""


@dataclass(frozen=True)
class Side:
    """What one of the two days says; `lines` is empty where it says nothing."""

    lines: tuple[str, ...]
    value: Value | None

    @property
    def confirmed(self) -> bool:
        return self.value is None or self.value.confirmed

    @property
    def needs_review(self) -> bool:
        return self.value is not None and self.value.needs_review


@dataclass(frozen=True)
class Difference:
    """One question on both days: for which awards and cases, what it said, what it says, what became of it."""

    label: str
    scopes: tuple[Scope, ...]
    old: Side
    new: Side
    mark: Mark

    @property
    def word(self) -> str:
        return MARKS[self.mark][0]

    @property
    def icon(self) -> str:
        return MARKS[self.mark][1]

    @property
    def tone(self) -> str:
        return MARKS[self.mark][2]

    @property
    def cases(self) -> str:
        """The scope without awards, for a page about one of them."""
        return " | ".join(scope.cases for scope in self.scopes if scope.cases)


@dataclass(frozen=True)
class Chapter:
    """The rows of one group, the weightiest first; `loud` say something else, `quiet` the same by another article."""

    title: str
    rows: tuple[Difference, ...]

    @property
    def loud(self) -> list[Difference]:
        return [row for row in self.rows if row.mark not in ("cited", "same")]

    @property
    def quiet(self) -> list[Difference]:
        return [row for row in self.rows if row.mark == "cited"]

    @property
    def same(self) -> list[Difference]:
        return [row for row in self.rows if row.mark == "same"]


def compare(law: Law, first: date, second: date, award: str = "") -> list[Chapter]:
    """Every question about the award (or all of them) on both days, alike ones in one row, in the groups of the law.

    That a copied value waits for review is no difference: the note on the regime says so for all of them.
    """
    alike: dict[tuple[Any, ...], list[tuple[Value, Side, Side]]] = {}
    for code in catalogue.concerned(law, award):
        for subject, kind in code.combinations():
            old, new = (_side(law, code, subject, kind, day) for day in (first, second))
            if value := new.value or old.value:
                key = (code.group, _label(law, old, new), *_written(old), *_written(new))
                alike.setdefault(key, []).append((value, old, new))
    chapters: dict[str, list[Difference]] = {}
    for (group, label, *_), rows in alike.items():
        _, old, new = rows[0]
        day = second if new.value else first
        row = Difference(label, scopes(law, [value for value, *_ in rows], day), old, new, _mark(old, new))
        chapters.setdefault(group, []).append(row)
    return [Chapter(title, tuple(sorted(rows, key=_weight))) for title, rows in chapters.items()]


def counted(chapters: list[Chapter]) -> dict[Mark, int]:
    """How many rows of each mark."""
    marks = [row.mark for chapter in chapters for row in chapter.rows]
    return {mark: marks.count(mark) for mark in MARKS}


@dataclass(frozen=True)
class Turn:
    """A day on which something about an award changed, and what."""

    day: date
    changes: tuple[Difference, ...]


def turns(law: Law, award: str) -> list[Turn]:
    """What changed of one award, newest first; the first day of the catalogue is no change."""
    found = []
    for day in catalogue.turns(law, award)[1:]:
        chapters = compare(law, day - timedelta(days=1), day, award)
        changes = tuple(row for chapter in chapters for row in chapter.rows if row.mark != "same")
        if changes:
            found.append(Turn(day, tuple(sorted(changes, key=_weight))))
    return found[::-1]


def _weight(row: Difference) -> int:
    return list(MARKS).index(row.mark)


def _side(law: Law, code: Code, subject: str, kind: str, day: date) -> Side:
    value = law.find(code.code, day, subject, kind)
    return Side(tuple(_lines(law, value, day)) if value else (), value)


def _lines(law: Law, value: Value, day: date) -> Iterator[str]:
    """The value in words; a coefficient with the money that it makes that day."""
    yield from describe(value, law, day)
    if value.code.endswith(".coefficient") and value.decimal:
        yield rules.price(law, value.code.partition(".")[0], value.subject, day).money.arithmetic


def _label(law: Law, old: Side, new: Side) -> str:
    """The question; a condition that got another label shows both."""
    labels = dict.fromkeys(question(law, side.value) for side in (old, new) if side.value)
    return " → ".join(labels)


def _written(side: Side) -> tuple[Any, ...]:
    value = side.value
    if value is None:
        return (None,)
    return (side.lines, repr(value.content), value.citation, value.confirmed, value.needs_review)


def _mark(old: Side, new: Side) -> Mark:
    if old.value is None or new.value is None:
        return "added" if old.value is None else "dropped"
    if (old.lines, old.value.content) != (new.lines, new.value.content):
        return "changed"
    same = (old.value.citation, old.value.confirmed) == (new.value.citation, new.value.confirmed)
    return "same" if same else "cited"
