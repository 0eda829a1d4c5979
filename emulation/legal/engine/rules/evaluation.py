"""The yearly evaluation of the people of a unit: what a table of results breaks, by the law of its year. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from emulation.core.formatting import format_percent
from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.rules.cited_result import CitedResult

EXCELLENT = "excellent"
GOOD = "good"
FAILED = "failed"
# The best first.
LEVELS = {EXCELLENT: "xuất sắc", GOOD: "hoàn thành tốt", "done": "hoàn thành", FAILED: "không hoàn thành"}
OFFICIAL = "official"
EMPLOYEE = "employee"
EMPLOYEE_ND90 = "employee_nd90"
KINDS = {OFFICIAL: "công chức", EMPLOYEE: "viên chức"}


@dataclass(frozen=True)
class RatedPerson:
    """One line of the table. `kind` is a key of KINDS, "" when neither decree is about the person.

    `group`: people of like duties share it, in words. `months` worked in the year, None when unknown. `excused`: the rest of
    the year was sick or maternity leave, which is rated on the time worked. `disciplined`: a disciplinary decision of
    the year for a violation in duty that no earlier year has counted; None when it is not known what it was for.
    """

    key: int
    name: str
    level: str
    kind: str
    group: str = ""
    head: bool = False
    months: int | None = None
    excused: bool = False
    disciplined: bool | None = False


@dataclass(frozen=True)
class ExcellentShare(CitedResult):
    """How many of a group are rated xuất sắc, and how many the law allows at most; `percent` of `base` people."""

    group: str
    excellent: int
    most: int
    percent: int
    base: int
    rounding: str

    @property
    def exceeded(self) -> bool:
        return self.excellent > self.most

    @property
    def text(self) -> str:
        """ "xuất sắc 4 / tối đa 3 (20% của 17, làm tròn xuống)"."""
        if not (self.base or self.excellent):
            return f"chưa ai được xếp loại tốt trở lên; tối đa {format_percent(self.percent)} số người ấy"
        share = f"{format_percent(self.percent)} của {self.base}, {self.rounding}"
        return f"xuất sắc {self.excellent} / tối đa {self.most} ({share})"


@dataclass(frozen=True)
class EvaluationFault(CitedResult):
    """What breaks an article: on the line of the person `key`, or of a whole group (`key` 0)."""

    key: int
    text: str


def regime_kind(kind: str, own_rules: bool | None) -> str:
    """The kind by which the law is asked: viên chức of a unit without its own evaluation rules have their own values.

    Unknown (None) counts as without: it is the older, stricter reading.
    """
    return EMPLOYEE_ND90 if kind == EMPLOYEE and not own_rules else kind


def excellent_shares(
    law: Law, year: int, people: Sequence[RatedPerson], *, unit_level: str = "", own_rules: bool | None = None
) -> list[ExcellentShare]:
    """The share of "xuất sắc" of each kind and group that the law of 31/12 limits, in the order of the people.

    `unit_level` is the level of the unit itself: a unit that is xuất sắc may have the larger share where the law has one.
    """
    shares: list[ExcellentShare] = []
    for kind, group in dict.fromkeys((person.kind, person.group) for person in people if person.kind):
        levels = Counter(person.level for person in people if (person.kind, person.group) == (kind, group))
        limit = _share_limit(law, year, regime_kind(kind, own_rules), unit_level)
        if limit:
            label = f"{KINDS[kind]}, {group}" if group else KINDS[kind]
            shares.append(_share(law, year, label, levels, limit))
    return shares


def _share_limit(law: Law, year: int, kind: str, unit_level: str) -> DatedValue | None:
    """The value that limits the share that year, None where no decree limits it."""
    last_day = date(year, 12, 31)
    larger = law.find("evaluation.share_outstanding", last_day, kind=kind) if unit_level == EXCELLENT else None
    return larger or law.find("evaluation.share", last_day, kind=kind)


def _share(law: Law, year: int, label: str, levels: Counter[str], limit: DatedValue) -> ExcellentShare:
    last_day = date(year, 12, 31)
    counted = law.value_on("evaluation.share_base", last_day)
    rounding = law.value_on("evaluation.share_rounding", last_day)
    base = levels[GOOD] + (levels[EXCELLENT] if counted.content == "good_and_excellent" else 0)
    words = law.codes[rounding.code].choices[rounding.content]
    most = round_share(Fraction(limit.content * base, 100), rounding.content)
    legal_bases = tuple(law.legal_basis(value) for value in (limit, counted, rounding))
    return ExcellentShare(legal_bases, label, levels[EXCELLENT], most, limit.content, base, words)


def round_share(exact: Fraction, rounding: str) -> int:
    """A number of people from an exact share: "down", "up" or "nearest" (a half goes up)."""
    if rounding == "down":
        return floor(exact)
    return ceil(exact) if rounding == "up" else floor(exact + Fraction(1, 2))


def evaluation_faults(
    law: Law, year: int, people: Sequence[RatedPerson], *, unit_level: str = "", own_rules: bool | None = None
) -> list[EvaluationFault]:
    """What the table breaks by the law of 31/12: lines in their order, then groups. Without a level a line breaks nothing."""
    faults: list[EvaluationFault] = []
    for person in people:
        if person.level and person.kind:
            faults += _line_faults(law, date(year, 12, 31), person, regime_kind(person.kind, own_rules), unit_level)
    shares = excellent_shares(law, year, people, unit_level=unit_level, own_rules=own_rules)
    return faults + [
        EvaluationFault(share.grounds, 0, f"Nhóm {share.group}: {share.text}.") for share in shares if share.exceeded
    ]


def _line_faults(
    law: Law, last_day: date, person: RatedPerson, kind: str, unit_level: str
) -> Iterator[EvaluationFault]:
    for code, check in LINE_CHECKS.items():
        value = law.find(code, last_day, kind=kind)
        if value and (text := check(person, value, unit_level)):
            yield EvaluationFault((law.legal_basis(value),), person.key, text)


def _above_unit(person: RatedPerson, value: DatedValue, unit_level: str) -> str:
    order = list(LEVELS)
    if not (person.head and unit_level and order.index(person.level) < order.index(unit_level)):
        return ""
    return f"Người đứng đầu xếp loại cao hơn tập thể (tập thể: {LEVELS[unit_level]})."


def _too_short(person: RatedPerson, value: DatedValue, unit_level: str) -> str:
    if person.months is None or person.months >= value.content or person.excused:
        return ""
    return f"Công tác {person.months} tháng trong năm, dưới {value.content} tháng: không xếp loại."


def _disciplined(person: RatedPerson, value: DatedValue, unit_level: str) -> str:
    if person.level == FAILED or person.disciplined is False:
        return ""
    if person.disciplined is None:
        return "Bị kỷ luật trong năm: nếu vì vi phạm liên quan đến nhiệm vụ thì xếp loại không hoàn thành."
    return "Bị kỷ luật trong năm vì vi phạm liên quan đến nhiệm vụ: xếp loại không hoàn thành."


LINE_CHECKS: dict[str, Callable[[RatedPerson, DatedValue, str], str]] = {
    "evaluation.head": _above_unit,
    "evaluation.least_months": _too_short,
    "evaluation.discipline": _disciplined,
}
"""The checks of a line with a level, by the question whose value they take; "" when it breaks nothing."""
