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
    """The answer on one of the two days; `lines` is empty when there is none."""

    lines: tuple[str, ...]
    value: DatedValue | None

    @property
    def confirmed(self) -> bool:
        return self.value is None or self.value.confirmed


@dataclass(frozen=True)
class ComparisonRow:
    """One question on both days: its scope, the two answers and the mark of the difference."""

    label: str
    scopes: tuple[LineScope, ...]
    old: ComparisonSide
    new: ComparisonSide
    mark: ComparisonMark

    @property
    def confirmed(self) -> bool:
        return self.old.confirmed and self.new.confirmed

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
        """The scope without awards, for a page about one award."""
        return " | ".join(scope.cases for scope in self.scopes if scope.cases)


@dataclass(frozen=True)
class ComparisonChapter:
    """The rows of one group, the most important first; `loud` differ in content, `quiet` only in the article."""

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
    """Every question about the award (or about all of them) on both days, equal ones in one row, in the groups of the law.

    That a copied value needs review is not a difference: the note of the regime already covers all of them.
    """
    equal: dict[tuple[Any, ...], list[tuple[DatedValue, ComparisonSide, ComparisonSide]]] = {}
    for code in listing.questions_about(law, award):
        for subject, kind in code.combinations():
            old = _side(law, code, subject, kind, first)
            new = _side(law, code, subject, kind, second)
            if value := new.value or old.value:
                key = (code.group, _label(law, old, new), *_side_key(old), *_side_key(new))
                equal.setdefault(key, []).append((value, old, new))
    chapters: dict[str, list[ComparisonRow]] = {}
    for (group, label, *_), rows in equal.items():
        _, old, new = rows[0]
        day = second if new.value else first
        scopes = line_scopes(law, [value for value, *_ in rows], day)
        chapters.setdefault(group, []).append(ComparisonRow(label, scopes, old, new, _mark(old, new)))
    return [ComparisonChapter(title, tuple(sorted(rows, key=_order))) for title, rows in chapters.items()]


def all_rows(chapters: list[ComparisonChapter]) -> list[ComparisonRow]:
    """The rows of all chapters."""
    rows: list[ComparisonRow] = []
    for chapter in chapters:
        rows += chapter.rows
    return rows


def count_marks(chapters: list[ComparisonChapter]) -> dict[ComparisonMark, int]:
    """Number of rows of each mark."""
    marks = [row.mark for row in all_rows(chapters)]
    return {mark: marks.count(mark) for mark in COMPARISON_MARKS}


@dataclass(frozen=True)
class AwardChange:
    """A day on which something about an award changed, with the rows that changed."""

    day: date
    changes: tuple[ComparisonRow, ...]


def award_changes(law: Law, award: str) -> list[AwardChange]:
    """The changes of one award, newest first; the first day of the catalogue is not a change."""
    found = []
    for day in listing.change_days(law, award)[1:]:
        chapters = compare_days(law, day - timedelta(days=1), day, award)
        changes = [row for row in all_rows(chapters) if row.mark != "same"]
        if changes:
            found.append(AwardChange(day, tuple(sorted(changes, key=_order))))
    return found[::-1]


def _order(row: ComparisonRow) -> int:
    return list(COMPARISON_MARKS).index(row.mark)


def _side(law: Law, code: LegalQuestion, subject: str, kind: str, day: date) -> ComparisonSide:
    value = law.find(code.code, day, subject, kind)
    return ComparisonSide(tuple(_lines(law, value, day)) if value else (), value)


def _lines(law: Law, value: DatedValue, day: date) -> Iterator[str]:
    """The value in words; a coefficient with the prize money of that day."""
    yield from describe_value(value, law, day)
    if value.code.endswith(".coefficient") and value.decimal:
        yield prize_money(law, value.code.partition(".")[0], value.subject, day).money.arithmetic


def _label(law: Law, old: ComparisonSide, new: ComparisonSide) -> str:
    """The question; both labels when the label of a condition changed."""
    labels = dict.fromkeys(question_text(law, side.value) for side in (old, new) if side.value)
    return " → ".join(labels)


def _side_key(side: ComparisonSide) -> tuple[Any, ...]:
    """What two sides must have in common to be shown in one row."""
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
