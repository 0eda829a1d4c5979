"""The law as dated values: questions, their answers by date, the articles they come from. Pure: no Django, no clock."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date

ONE_DAY = timedelta(days=1)
DateSelector = Literal["period", "received", "decided", "issued"]

# Kinds of instruments that papers cite by number alone, without the title.
KINDS_BY_NUMBER = ("Nghị định", "Thông tư", "Quyết định", "Công văn", "Thông báo", "Nghị quyết", "Thủ tục hành chính")


class UnknownCode(LookupError):
    """No such question, or it does not exist for this subject or kind: a programming error."""


class NoValue(RuleBroken):
    """The statutes do not cover that day."""


@dataclass(frozen=True, slots=True)
class CaseDates:
    """The four dates of a case; `LegalQuestion.selected_by` names the one that selects the value."""

    period: date
    received: date
    decided: date
    issued: date

    @classmethod
    def all_on(cls, day: date) -> "CaseDates":
        return cls(day, day, day, day)

    def selected_by(self, selector: DateSelector) -> date:
        return {
            "period": self.period,
            "received": self.received,
            "decided": self.decided,
            "issued": self.issued,
        }[selector]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a value is written: an instrument and the place in it, as far as known."""

    instrument: str
    name: str
    number: str = ""
    article: str = ""
    clause: str = ""
    point: str = ""
    tail: str = ""  # "ngày 05/02/2026 của Ủy ban nhân dân tỉnh …", for papers that the number alone does not identify

    @property
    def text(self) -> str:
        """`điểm e khoản 1 Điều 54 Nghị định số 152/2025/NĐ-CP`."""
        return f"{self.place} {self.whole}".lstrip()

    @property
    def place(self) -> str:
        """The place in the instrument: `điểm e khoản 1 Điều 54`; "" when only the instrument is known."""
        places = []
        if self.point:
            places.append(f"điểm {self.point}")
        if self.clause:
            places.append(f"khoản {self.clause}")
        if self.article:
            places.append(f"Điều {self.article}" if self.article[0].isdigit() else self.article)
        return " ".join(places)

    @property
    def whole(self) -> str:
        """The instrument as papers cite it: `Nghị định số 152/2025/NĐ-CP`."""
        if not self.number:
            return self.name
        kind = next((kind for kind in KINDS_BY_NUMBER if self.name.startswith(kind)), self.name)
        return f"{kind} số {self.number} {self.tail}".rstrip()


@dataclass(frozen=True, slots=True)
class AwardType:
    """A title (danh hiệu), a form (hình thức khen thưởng) or a commendation outside the law, as in the catalogue."""

    code: str
    name: str
    genus: Literal["title", "form", "praise"]
    subjects: tuple[str, ...]
    level: str  # level that gives the award: commune, district, province, state, army, sector
    yearly: bool = True  # given for a year, once a year
    statistics: str = ""  # form of the state statistics that counts it: 0602.N, 0603.N, "" for none
    collective_is: str = ""  # "village" or "commune" when only such a collective may receive it


@dataclass(frozen=True, slots=True)
class LegalQuestion:
    """One legal question. A sparse question has an answer on some days only (a condition, a name that changed)."""

    code: str
    label: str
    group: str
    shape: str
    selected_by: DateSelector
    since: date
    subjects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    sparse: bool = False
    award: str = ""

    def combinations(self) -> Iterator[tuple[str, str]]:
        """Every (subject, kind) for which the code must have values."""
        for subject in self.subjects or ("",):
            for kind in self.kinds or ("",):
                yield subject, kind


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One answer from `start` to `end` (both included, None: open), with its article. `version` is its SHA-256."""

    code: str
    subject: str
    kind: str
    start: date
    end: date | None
    content: Any
    citation: Citation
    source: str
    note: str
    confirmed: bool
    needs_review: bool
    version: str
    local: bool = False  # a local value of a commune

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.content)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Legal basis of a verdict, in the words shown with it."""

    code: str
    label: str
    citation: str
    confirmed: bool
    needs_review: bool
    note: str
    version: str
    local: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        return (self.note,) if self.note else ()


class Law:
    """All values, with a fast look-up by code and day (binary search)."""

    def __init__(
        self, codes: Iterable[LegalQuestion], values: Iterable[DatedValue], awards: Iterable[AwardType] = ()
    ) -> None:
        self.codes = {code.code: code for code in codes}
        self.awards = {award.code: award for award in awards}
        self._conditions: dict[str, list[str]] = {}
        for code in self.codes.values():
            if code.shape == "condition":
                self._conditions.setdefault(code.award, []).append(code.code)
        self._values: dict[tuple[str, str, str], list[DatedValue]] = {}
        for value in sorted(values, key=lambda value: value.start):
            self._values.setdefault((value.code, value.subject, value.kind), []).append(value)
        self._starts = {key: [value.start for value in row] for key, row in self._values.items()}
        self._legal_bases: dict[str, LegalBasis] = {}

    def value_on(self, code: str, on: date, subject: str | None = None, kind: str | None = None) -> DatedValue:
        """The value in force that day. UnknownCode for a wrong question, NoValue when the statutes do not cover the day."""
        key = (code, subject or "", kind or "")
        if key not in self._values and not self._is_sparse(code):
            raise UnknownCode(f"{code} for subject {subject!r}, kind {kind!r}")
        if value := self.find(code, on, subject, kind):
            return value
        label = self.codes[code].label
        raise NoValue(f"Phần mềm chưa có quy định “{label}” cho ngày {format_date(on)}.")

    def _is_sparse(self, code: str) -> bool:
        question = self.codes.get(code)
        return question is not None and question.sparse

    def find(self, code: str, on: date, subject: str | None = None, kind: str | None = None) -> DatedValue | None:
        """The value in force that day, or None when there is none (a sparse question, a day that is not covered)."""
        key = (code, subject or "", kind or "")
        started = bisect_right(self._starts.get(key, ()), on)
        value = self._values[key][started - 1] if started else None
        return value if value and (value.end is None or on <= value.end) else None

    def award(self, code: str) -> AwardType:
        """The award of the catalogue. UnknownCode when the catalogue does not list the code."""
        try:
            return self.awards[code]
        except KeyError:
            raise UnknownCode(code) from None

    def award_name(self, code: str, on: date) -> str:
        """The name of the award on that day."""
        dated = self.find(f"{code}.name", on)
        return str(dated.content) if dated else self.award(code).name

    def conditions(self, award: str, subject: str, on: date) -> list[DatedValue]:
        """The conditions of the award in force that day for that kind of subject, in the order of the files."""
        found = (self.find(code, on, subject) for code in self._conditions.get(award, ()))
        return [value for value in found if value is not None]

    def for_case(self, code: str, dates: CaseDates, subject: str | None = None, kind: str | None = None) -> DatedValue:
        """The value for a case, selected by the date that the question names. UnknownCode, NoValue as in `value_on`."""
        try:
            selector = self.codes[code].selected_by
        except KeyError:
            raise UnknownCode(code) from None
        return self.value_on(code, dates.selected_by(selector), subject, kind)

    def history(self, code: str, subject: str | None = None, kind: str | None = None) -> list[DatedValue]:
        """Every value of this question, oldest first."""
        return list(self._values.get((code, subject or "", kind or ""), []))

    def all_on(self, on: date) -> list[DatedValue]:
        """Every value in force that day, in the order of the codes."""
        found = []
        for code in self.codes.values():
            for subject, kind in code.combinations():
                if value := self.find(code.code, on, subject, kind):
                    found.append(value)
        return found

    def legal_basis(self, value: DatedValue) -> LegalBasis:
        """The legal basis for verdicts; cached, because thousands of verdicts use the same few values."""
        basis = self._legal_bases.get(value.version)
        if basis is None:
            basis = self._legal_bases[value.version] = self._make_legal_basis(value)
        return basis

    def _make_legal_basis(self, value: DatedValue) -> LegalBasis:
        return LegalBasis(
            code=value.code,
            label=self.codes[value.code].label,
            citation=value.citation.text,
            confirmed=value.confirmed,
            needs_review=value.needs_review,
            note=value.note,
            version=value.version,
            local=value.local,
        )

    def with_local_values(self, local: Iterable[DatedValue]) -> "Law":
        """A copy of this law in which local values override the general ones.

        A local value is in force from its first day to its own last day, or to the day before the next local value. On
        all other days the general versions stay in force. When two begin on the same day, the later in `local` wins.
        Values for unknown questions are ignored.
        """
        by_key: dict[tuple[str, str, str], list[DatedValue]] = {}
        for value in local:
            by_key.setdefault((value.code, value.subject, value.kind), []).append(value)
        law = copy(self)
        law._values = dict(self._values)
        law._starts = dict(self._starts)
        law._legal_bases = {}
        for key, values in by_key.items():
            if key[0] in self.codes:
                law._values[key] = _overlay(self._values.get(key, []), values)
                law._starts[key] = [value.start for value in law._values[key]]
        return law


def _overlay(base: list[DatedValue], local: list[DatedValue]) -> list[DatedValue]:
    """The values of one question, oldest first: local values, and general values on the days between them."""
    found: list[DatedValue] = []
    free: date | None = date.min  # first day after the local values handled so far; None when the last one is open
    ordered = sorted(local, key=lambda value: value.start)
    for value, after in zip(ordered, [*ordered[1:], None], strict=True):
        cut = clip_value(value, value.start, day_before(after.start) if after else None)
        if cut is not None and free is not None:
            found += _clip_all(base, free, day_before(cut.start))
            found.append(cut)
            free = cut.end + ONE_DAY if cut.end else None
    return found + (_clip_all(base, free, None) if free else [])


def _clip_all(values: list[DatedValue], first: date, last: date | None) -> list[DatedValue]:
    return [cut for value in values if (cut := clip_value(value, first, last))]


def clip_value(value: DatedValue, first: date, last: date | None) -> DatedValue | None:
    """The value cut to the days from `first` to `last`, with the same version; None when no day is left."""
    start = max(value.start, first)
    end = min(filter(None, (value.end, last)), default=None)
    return replace(value, start=start, end=end) if end is None or start <= end else None


def day_before(day: date) -> date:
    return day - ONE_DAY
