"""Two days of the law side by side, and the days on which it changed. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from emulation.legal.catalogue import listing
from emulation.legal.catalogue.value_lines import LineScope, line_scopes, question_text
from emulation.legal.engine.law import DatedValue, Law, LegalQuestion
from emulation.legal.engine.rules.money import prize_money
from emulation.legal.engine.value_text import describe_value

ComparisonMark = Literal["changed", "added", "dropped", "cited", "same"]
COMPARISON_MARKS: dict[ComparisonMark, tuple[str, str, str]] = {
    "changed": ("đổi nội dung", "arrow-left-right", "bad"),
    "added": ("mới có", "plus-circle", "good"),
    "dropped": ("không còn", "dash-circle", "wait"),
    "cited": ("đổi căn cứ", "book", "news"),
    "same": ("giống nhau", "check-circle", "neutral"),
}
"""The word, icon and tone of each mark, in the order in which they matter."""


@dataclass(frozen=True)
class ComparisonSide:
    """What one of the two days says; `lines` is empty where it says nothing."""

    lines: tuple[str, ...]
    value: DatedValue | None

    @property
    def confirmed(self) -> bool:
        return self.value is None or self.value.confirmed

    @property
    def needs_review(self) -> bool:
        return self.value is not None and self.value.needs_review


@dataclass(frozen=True)
class ComparisonRow:
    """One question on both days: for which awards and cases, what it said, what it says, what became of it."""

    label: str
    scopes: tuple[LineScope, ...]
    old: ComparisonSide
    new: ComparisonSide
    mark: ComparisonMark

    @property
    def is_only_cited(self) -> bool:
        """Whether only the article or the confirmation changed."""
        return self.mark == "cited"

    @property
    def word(self) -> str:
        return COMPARISON_MARKS[self.mark][0]

    @property
    def icon(self) -> str:
        return COMPARISON_MARKS[self.mark][1]

    @property
    def tone(self) -> str:
        return COMPARISON_MARKS[self.mark][2]

    @property
    def cases(self) -> str:
        """The scope without awards, for a page about one of them."""
        return " | ".join(scope.cases for scope in self.scopes if scope.cases)


@dataclass(frozen=True)
class ComparisonChapter:
    """The rows of one group, the weightiest first; `loud` say something else, `quiet` the same by another article."""

    title: str
    rows: tuple[ComparisonRow, ...]

    @property
    def loud(self) -> list[ComparisonRow]:
        return [row for row in self.rows if row.mark not in ("cited", "same")]

    @property
    def quiet(self) -> list[ComparisonRow]:
        return [row for row in self.rows if row.is_only_cited]

    @property
    def same(self) -> list[ComparisonRow]:
        return [row for row in self.rows if row.mark == "same"]


def compare_days(law: Law, first: date, second: date, award: str = "") -> list[ComparisonChapter]:
    """Every question about the award (or all of them) on both days, alike ones in one row, in the groups of the law.

    That a copied value waits for review is no difference: the note on the regime says so for all of them.
    """
    alike: dict[tuple[Any, ...], list[tuple[DatedValue, ComparisonSide, ComparisonSide]]] = {}
    for code in listing.questions_about(law, award):
        for subject, kind in code.combinations():
            old, new = (_side(law, code, subject, kind, day) for day in (first, second))
            if value := new.value or old.value:
                key = (code.group, _label(law, old, new), *_written(old), *_written(new))
                alike.setdefault(key, []).append((value, old, new))
    chapters: dict[str, list[ComparisonRow]] = {}
    for (group, label, *_), rows in alike.items():
        _, old, new = rows[0]
        day = second if new.value else first
        row = ComparisonRow(label, line_scopes(law, [value for value, *_ in rows], day), old, new, _mark(old, new))
        chapters.setdefault(group, []).append(row)
    return [ComparisonChapter(title, tuple(sorted(rows, key=_weight))) for title, rows in chapters.items()]


def count_marks(chapters: list[ComparisonChapter]) -> dict[ComparisonMark, int]:
    """How many rows of each mark."""
    marks = [row.mark for chapter in chapters for row in chapter.rows]
    return {mark: marks.count(mark) for mark in COMPARISON_MARKS}


@dataclass(frozen=True)
class AwardChange:
    """A day on which something about an award changed, and what."""

    day: date
    changes: tuple[ComparisonRow, ...]


def award_changes(law: Law, award: str) -> list[AwardChange]:
    """What changed of one award, newest first; the first day of the catalogue is no change."""
    found = []
    for day in listing.change_days(law, award)[1:]:
        chapters = compare_days(law, day - timedelta(days=1), day, award)
        changes = tuple(row for chapter in chapters for row in chapter.rows if row.mark != "same")
        if changes:
            found.append(AwardChange(day, tuple(sorted(changes, key=_weight))))
    return found[::-1]


def _weight(row: ComparisonRow) -> int:
    return list(COMPARISON_MARKS).index(row.mark)


def _side(law: Law, code: LegalQuestion, subject: str, kind: str, day: date) -> ComparisonSide:
    value = law.find(code.code, day, subject, kind)
    return ComparisonSide(tuple(_lines(law, value, day)) if value else (), value)


def _lines(law: Law, value: DatedValue, day: date) -> Iterator[str]:
    """The value in words; a coefficient with the money that it makes that day."""
    yield from describe_value(value, law, day)
    if value.code.endswith(".coefficient") and value.decimal:
        yield prize_money(law, value.code.partition(".")[0], value.subject, day).money.arithmetic


def _label(law: Law, old: ComparisonSide, new: ComparisonSide) -> str:
    """The question; a condition that got another label shows both."""
    labels = dict.fromkeys(question_text(law, side.value) for side in (old, new) if side.value)
    return " → ".join(labels)


def _written(side: ComparisonSide) -> tuple[Any, ...]:
    value = side.value
    if value is None:
        return (None,)
    return (side.lines, repr(value.content), value.citation, value.confirmed, value.needs_review)


def _mark(old: ComparisonSide, new: ComparisonSide) -> ComparisonMark:
    if old.value is None or new.value is None:
        return "added" if old.value is None else "dropped"
    if (old.lines, old.value.content) != (new.lines, new.value.content):
        return "changed"
    same = (old.value.citation, old.value.confirmed) == (new.value.citation, new.value.confirmed)
    return "same" if same else "cited"
