"""The law as dated values: what is asked, since when which answer holds, by which article. Pure: no Django, no clock."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from emulation.core.errors import RuleBroken
from emulation.core.words import vn_date

Selector = Literal["period", "received", "decided", "issued"]

# Kinds of instruments that papers name by their number alone, without their title.
KINDS_BY_NUMBER = ("Nghị định", "Thông tư", "Quyết định", "Công văn", "Thông báo", "Nghị quyết", "Thủ tục hành chính")


class UnknownCode(LookupError):
    """No such question, or asked for a subject or kind that it does not know: a mistake of the program."""


class NoValue(RuleBroken):
    """The law kept here does not reach that day."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The four dates of a case; each code says which of them selects its value."""

    period: date
    received: date
    decided: date
    issued: date

    @classmethod
    def all_on(cls, day: date) -> "Dates":
        return cls(day, day, day, day)

    def selected_by(self, selector: Selector) -> date:
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

    @property
    def text(self) -> str:
        """`điểm e khoản 1 Điều 54 Nghị định số 152/2025/NĐ-CP`."""
        places = []
        if self.point:
            places.append(f"điểm {self.point}")
        if self.clause:
            places.append(f"khoản {self.clause}")
        if self.article:
            places.append(f"Điều {self.article}" if self.article[0].isdigit() else self.article)
        return " ".join([*places, self.whole])

    @property
    def whole(self) -> str:
        """The instrument as papers name it: `Nghị định số 152/2025/NĐ-CP`."""
        if not self.number:
            return self.name
        kind = next((kind for kind in KINDS_BY_NUMBER if self.name.startswith(kind)), self.name)
        return f"{kind} số {self.number}"


@dataclass(frozen=True, slots=True)
class Code:
    """One question put to the law."""

    code: str
    label: str
    group: str
    shape: str
    selected_by: Selector
    since: date
    subjects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)

    def combinations(self) -> Iterator[tuple[str, str]]:
        """Every (subject, kind) for which the code must have values."""
        for subject in self.subjects or ("",):
            for kind in self.kinds or ("",):
                yield subject, kind


@dataclass(frozen=True, slots=True)
class Value:
    """One answer: from `start` to `end` (both included, None: open), with its article. `version` is its fingerprint."""

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

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.content)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a verdict rests on, in the words that people see beside it."""

    code: str
    label: str
    citation: str
    confirmed: bool
    needs_review: bool
    note: str
    version: str


class Law:
    """All values, found by code and day in microseconds."""

    def __init__(self, codes: Iterable[Code], values: Iterable[Value]) -> None:
        self.codes = {code.code: code for code in codes}
        self._values: dict[tuple[str, str, str], list[Value]] = {}
        for value in sorted(values, key=lambda value: value.start):
            self._values.setdefault((value.code, value.subject, value.kind), []).append(value)
        self._starts = {key: [value.start for value in row] for key, row in self._values.items()}

    def value_on(self, code: str, on: date, subject: str | None = None, kind: str | None = None) -> Value:
        """The value in force that day. UnknownCode for a wrong question, NoValue for a day out of reach."""
        key = (code, subject or "", kind or "")
        row = self._values.get(key)
        if row is None:
            raise UnknownCode(f"{code} for subject {subject!r}, kind {kind!r}")
        place = bisect_right(self._starts[key], on)
        if place:
            value = row[place - 1]
            if value.end is None or on <= value.end:
                return value
        label = self.codes[code].label
        raise NoValue(f"Phần mềm chưa có quy định “{label}” cho ngày {vn_date(on)}.")

    def for_case(self, code: str, dates: Dates, subject: str | None = None, kind: str | None = None) -> Value:
        """The value for a case with four dates: the code knows which of them counts."""
        try:
            selector = self.codes[code].selected_by
        except KeyError:
            raise UnknownCode(code) from None
        return self.value_on(code, dates.selected_by(selector), subject, kind)

    def history(self, code: str, subject: str | None = None, kind: str | None = None) -> list[Value]:
        """Every value of this question, oldest first."""
        return list(self._values.get((code, subject or "", kind or ""), []))

    def all_on(self, on: date) -> list[Value]:
        """Every value in force that day, in the order of the codes."""
        found = []
        for code in self.codes.values():
            for subject, kind in code.combinations():
                try:
                    found.append(self.value_on(code.code, on, subject, kind))
                except NoValue:
                    continue
        return found

    def ground(self, value: Value) -> Ground:
        label = self.codes[value.code].label
        return Ground(
            value.code, label, value.citation.text, value.confirmed, value.needs_review, value.note, value.version
        )
