"""Legal values as lines of a page: equal values are one line; search ignores diacritics. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from emulation.core.text import fold
from emulation.legal.engine.law import DatedValue, Law, LegalQuestion
from emulation.legal.engine.value_text import KIND_LABELS, SUBJECT_LABELS, describe_value


@dataclass(frozen=True)
class LineScope:
    """The scope of a line: names of awards, and the subjects and kinds unless they are all of the award's."""

    awards: tuple[str, ...]
    cases: str

    @property
    def text(self) -> str:
        """`cá nhân, tập thể; đột xuất: Lao động tiên tiến; Giấy khen …`: the cases first, because they apply to every name."""
        return ": ".join(filter(None, [self.cases, "; ".join(self.awards)]))


@dataclass(frozen=True)
class LineQuestion:
    """One question that a line answers: its code, the award's name ("" for none), the pairs (subject, kind)."""

    code: str
    award: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def scopes_query(self) -> str:
        """The pairs as query parameters of the form for local values."""
        return "".join(f"&pham-vi={subject}.{kind}" for subject, kind in self.pairs)


@dataclass(frozen=True)
class ValueLine:
    """One line of a page: equal values of several awards, subjects and kinds are one line."""

    label: str
    scopes: tuple[LineScope, ...]
    lines: list[str]
    value: DatedValue
    note: str
    questions: tuple[LineQuestion, ...] = ()

    @property
    def cases(self) -> str:
        """The scope without awards, for a page about one award."""
        return " | ".join(scope.cases for scope in self.scopes if scope.cases)

    @property
    def confirmed(self) -> bool:
        return self.value.confirmed

    @property
    def notes(self) -> tuple[str, ...]:
        return (self.note,) if self.note else ()


@dataclass(frozen=True)
class ValueGroup:
    title: str
    shown: list[ValueLine]

    @property
    def slug(self) -> str:
        """`dieu-kien`, for URLs."""
        return fold(self.title).replace(" ", "-")


def search_groups(groups: list[ValueGroup], words: str) -> list[ValueGroup]:
    """The lines that contain every word, with or without diacritics; groups without such a line are left out."""
    folded = fold(words).split()
    found = [ValueGroup(group.title, [line for line in group.shown if _contains(line, folded)]) for group in groups]
    return [group for group in found if group.shown]


def _contains(line: ValueLine, words: list[str]) -> bool:
    scopes = (scope.text for scope in line.scopes)
    text = fold(" ".join((line.label, *scopes, *line.lines, line.value.citation.text, line.note)))
    return all(word in text for word in words)


def value_groups(law: Law, on: date, shown_note: str = "") -> list[ValueGroup]:
    """All values in force that day, in groups, in the order of the codes; `shown_note` as in `merge_values`."""
    groups: dict[str, list[DatedValue]] = {}
    for value in law.all_on(on):
        groups.setdefault(law.codes[value.code].group, []).append(value)
    return [ValueGroup(title, merge_values(law, values, on, shown_note)) for title, values in groups.items()]


def merge_values(law: Law, values: Iterable[DatedValue], on: date, shown_note: str = "") -> list[ValueLine]:
    """The values in words; values with the same content, article and source are one line.

    `shown_note` is a note that the page already shows; it is left out of the lines.
    """
    equal: dict[tuple[Any, ...], list[DatedValue]] = {}
    for value in values:
        source = (value.citation, value.source, value.note, value.start, value.end, value.confirmed)
        equal.setdefault((question_text(law, value), repr(value.content), *source), []).append(value)
    return [_line(law, same, on, shown_note) for same in equal.values()]


def _line(law: Law, same: list[DatedValue], on: date, shown_note: str) -> ValueLine:
    first = same[0]
    return ValueLine(
        label=question_text(law, first),
        scopes=line_scopes(law, same, on),
        lines=describe_value(first, law, on),
        value=first,
        note=first.note.removesuffix(shown_note).strip(),
        questions=_questions_of(law, same, on),
    )


def _questions_of(law: Law, values: Iterable[DatedValue], on: date) -> tuple[LineQuestion, ...]:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for value in values:
        pairs.setdefault(value.code, []).append((value.subject, value.kind))
    awards = {code: law.codes[code].award for code in pairs}
    names = {code: law.award_name(award, on) if award in law.awards else "" for code, award in awards.items()}
    return tuple(LineQuestion(code, names[code], tuple(found)) for code, found in pairs.items())


def question_text(law: Law, value: DatedValue) -> str:
    """The label of the question without the name of the award: `Hệ số tiền thưởng`; for a condition its own label."""
    code = law.codes[value.code]
    if code.shape == "condition":
        return str(value.content["label"])
    return code.label.removesuffix(f": {law.awards[code.award].name}") if code.award in law.awards else code.label


def line_scopes(law: Law, values: Iterable[DatedValue], on: date) -> tuple[LineScope, ...]:
    """The scopes of these values; subjects and kinds are not listed when they are all of the award's."""
    kinds_by_code: dict[str, dict[str, list[str]]] = {}  # code -> subject -> kinds
    for value in values:
        kinds_by_code.setdefault(value.code, {}).setdefault(value.subject, []).append(value.kind)
    awards_by_cases: dict[str, dict[str, None]] = {}  # awards with the same cases share a scope
    for code, kinds_of in kinds_by_code.items():
        award = law.codes[code].award
        award_name = law.award_name(award, on) if award in law.awards else ""
        for cases in _cases(law.codes[code], kinds_of):
            awards_by_cases.setdefault(cases, {})[award_name] = None
    found = [
        LineScope(tuple(filter(None, awards)), cases)
        for cases, awards in awards_by_cases.items()
        if cases or any(awards)
    ]
    return tuple(sorted(found, key=lambda scope: bool(scope.cases)))


def _cases(code: LegalQuestion, kinds_of: dict[str, list[str]]) -> list[str]:
    """The subjects and kinds in words, one text for subjects with the same kinds; "" for all of the question's."""
    subjects_of: dict[tuple[str, ...], list[str]] = {}
    for subject, kinds in kinds_of.items():
        subjects_of.setdefault(tuple(dict.fromkeys(kinds)), []).append(subject)
    return [
        "; ".join(
            filter(None, [_names(subjects, code.subjects, SUBJECT_LABELS), _names(kinds, code.kinds, KIND_LABELS)])
        )
        for kinds, subjects in subjects_of.items()
    ]


def _names(chosen: Iterable[str], every: tuple[str, ...], labels: dict[str, str]) -> str:
    """The labels of the chosen ones; "" when they are all."""
    chosen = list(chosen)
    if set(chosen) >= set(every or ("",)):
        return ""
    return ", ".join(labels[one] for one in chosen)
