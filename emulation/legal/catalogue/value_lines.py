"""Legal values as lines of a page: values that say the same are one line; search without marks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from emulation.core.text import fold
from emulation.legal.engine.law import DatedValue, Law, LegalQuestion
from emulation.legal.engine.value_text import KIND_LABELS, SUBJECT_LABELS, describe_value


@dataclass(frozen=True)
class LineScope:
    """To whom a line applies: names of awards, and the subjects and kinds where they are not all of theirs."""

    awards: tuple[str, ...]
    cases: str

    @property
    def text(self) -> str:
        """`cá nhân, tập thể; đột xuất: Lao động tiên tiến; Giấy khen …`: the cases in front, so that they hold for every name."""
        return ": ".join(filter(None, [self.cases, "; ".join(self.awards)]))


@dataclass(frozen=True)
class LineQuestion:
    """One question that a line answers: its code, the award's name ("" for none), the pairs (subject, kind)."""

    code: str
    award: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def scopes_query(self) -> str:
        """The pairs as query parameters of the form for local rules."""
        return "".join(f"&pham-vi={subject}.{kind}" for subject, kind in self.pairs)


@dataclass(frozen=True)
class ValueLine:
    """One line of a page: values that say the same of several awards, subjects and kinds are one line."""

    label: str
    scopes: tuple[LineScope, ...]
    lines: list[str]
    value: DatedValue
    note: str
    asked: tuple[LineQuestion, ...] = ()

    @property
    def cases(self) -> str:
        """The scope without awards, for a page about one of them."""
        return " | ".join(scope.cases for scope in self.scopes if scope.cases)


@dataclass(frozen=True)
class ValueGroup:
    title: str
    shown: list[ValueLine]

    @property
    def slug(self) -> str:
        """`dieu-kien`, for addresses."""
        return fold(self.title).replace(" ", "-")


def search_groups(groups: list[ValueGroup], words: str) -> list[ValueGroup]:
    """The lines in which every word stands, marks or not; groups without such a line are left out."""
    asked = fold(words).split()
    found = [ValueGroup(group.title, [one for one in group.shown if _contains_words(one, asked)]) for group in groups]
    return [group for group in found if group.shown]


def _contains_words(shown: ValueLine, asked: list[str]) -> bool:
    said = (shown.label, *(scope.text for scope in shown.scopes), *shown.lines, shown.value.citation.text, shown.note)
    text = fold(" ".join(said))
    return all(word in text for word in asked)


def value_groups(law: Law, on: date, said: str = "") -> list[ValueGroup]:
    """Everything in force that day, in groups, in the order of the codes; a note `said` above is not said again."""
    values = law.all_on(on)
    titles = dict.fromkeys(law.codes[value.code].group for value in values)
    return [
        ValueGroup(
            title, merge_values(law, [value for value in values if law.codes[value.code].group == title], on, said)
        )
        for title in titles
    ]


def merge_values(law: Law, values: Iterable[DatedValue], on: date, said: str = "") -> list[ValueLine]:
    """The values in words, those that say the same by the same article and source in one line."""
    alike: dict[tuple[Any, ...], list[DatedValue]] = {}
    for value in values:
        written = (value.citation, value.source, value.note, value.start, value.end, value.confirmed)
        alike.setdefault((question_text(law, value), repr(value.content), *written), []).append(value)
    return [
        ValueLine(
            question_text(law, same[0]),
            line_scopes(law, same, on),
            describe_value(same[0], law, on),
            same[0],
            same[0].note.removesuffix(said).strip(),
            _questions_of(law, same, on),
        )
        for same in alike.values()
    ]


def _questions_of(law: Law, values: Iterable[DatedValue], on: date) -> tuple[LineQuestion, ...]:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for value in values:
        pairs.setdefault(value.code, []).append((value.subject, value.kind))
    awards = {code: law.codes[code].award for code in pairs}
    names = {code: law.award_name(award, on) if award in law.awards else "" for code, award in awards.items()}
    return tuple(LineQuestion(code, names[code], tuple(found)) for code, found in pairs.items())


def question_text(law: Law, value: DatedValue) -> str:
    """What is asked, without the name of the award: `Hệ số tiền thưởng`; a condition's own label."""
    code = law.codes[value.code]
    if code.shape == "condition":
        return str(value.content["label"])
    return code.label.removesuffix(f": {law.awards[code.award].name}") if code.award in law.awards else code.label


def line_scopes(law: Law, values: Iterable[DatedValue], on: date) -> tuple[LineScope, ...]:
    """Which awards, and of them which subjects and kinds, the values are about; all of an award's are not listed."""
    combinations: dict[str, dict[str, list[str]]] = {}
    for value in values:
        combinations.setdefault(value.code, {}).setdefault(value.subject, []).append(value.kind)
    together: dict[str, dict[str, None]] = {}
    for name, kinds_of in combinations.items():
        award = law.codes[name].award
        named = law.award_name(award, on) if award in law.awards else ""
        for cases in _cases(law.codes[name], kinds_of):
            together.setdefault(cases, {})[named] = None
    found = [
        LineScope(tuple(filter(None, awards)), cases) for cases, awards in together.items() if cases or any(awards)
    ]
    return tuple(sorted(found, key=lambda scope: bool(scope.cases)))


def _cases(code: LegalQuestion, kinds_of: dict[str, list[str]]) -> list[str]:
    """Subjects that have the same kinds stand together; what is all of the code's is left out."""
    subjects_of: dict[tuple[str, ...], list[str]] = {}
    for subject, kinds in kinds_of.items():
        subjects_of.setdefault(tuple(dict.fromkeys(kinds)), []).append(subject)
    found = []
    for same, subjects in subjects_of.items():
        whose = (
            "" if set(subjects) >= set(code.subjects or ("",)) else ", ".join(SUBJECT_LABELS[one] for one in subjects)
        )
        which = "" if set(same) >= set(code.kinds or ("",)) else ", ".join(KIND_LABELS[one] for one in same)
        found.append("; ".join(filter(None, [whose, which])))
    return found
