"""The yearly evaluation of bodies and public service units: what a table of results breaks, by the law of its year. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from emulation.core.formatting import format_percent
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.cited_result import CitedResult
from emulation.legal.engine.rules.evaluation import EXCELLENT, GOOD, LEVELS, EvaluationFault, round_share

BODY = "body"
SERVICE = "service"
UNIT_KINDS = {BODY: "cơ quan", SERVICE: "đơn vị sự nghiệp"}
FEW_UNITS = {"under_five_one": (5, 1)}
"""Fewer than so many units, and how many of them may be xuất sắc at most."""


@dataclass(frozen=True)
class RatedUnit:
    """One line of the table. `kind` is a key of UNIT_KINDS, "" when neither decree is about the unit.

    `head_level`: the level of its head, "" while not rated; `upper`: the other rated units are under it.
    """

    key: int
    name: str
    level: str
    kind: str
    head_level: str = ""
    upper: bool = False


@dataclass(frozen=True)
class UnitShare(CitedResult):
    """How many units of a kind are rated xuất sắc, and how many the law allows at most; `base` is how that is found."""

    kind: str
    excellent: int
    most: int
    base: str

    @property
    def exceeded(self) -> bool:
        return self.excellent > self.most

    @property
    def text(self) -> str:
        """ "xuất sắc 2 / tối đa 1 (dưới 5 đơn vị)"."""
        return f"xuất sắc {self.excellent} / tối đa {self.most} ({self.base})"


def unit_shares(law: Law, year: int, units: Sequence[RatedUnit]) -> list[UnitShare]:
    """The share of "xuất sắc" of each kind of unit that the law of 31/12 limits, in the order of the units."""
    kinds = dict.fromkeys(unit.kind for unit in units if unit.kind)
    shares = (_share(law, date(year, 12, 31), kind, [unit for unit in units if unit.kind == kind]) for kind in kinds)
    return [share for share in shares if share]


def _share(law: Law, last_day: date, kind: str, units: Sequence[RatedUnit]) -> UnitShare | None:
    levels = Counter(unit.level for unit in units)
    few = law.find("evaluation.unit_few", last_day, kind=kind)
    if few and len(units) < (limit := FEW_UNITS[few.content])[0]:
        base = f"dưới {limit[0]} đơn vị cùng cấp có thẩm quyền"
        return UnitShare((law.legal_basis(few),), UNIT_KINDS[kind], levels[EXCELLENT], limit[1], base)
    share = law.find("evaluation.unit_share", last_day, kind=kind)
    if share is None:
        return None
    counted = law.value_on("evaluation.share_base", last_day)
    rounding = law.value_on("evaluation.share_rounding", last_day)
    total = levels[GOOD] + (levels[EXCELLENT] if counted.content == "good_and_excellent" else 0)
    most = round_share(Fraction(share.content * total, 100), rounding.content)
    words = law.codes[rounding.code].choices[rounding.content]
    legal_bases = tuple(law.legal_basis(value) for value in (share, counted, rounding))
    base = f"{format_percent(share.content)} của {total} xếp loại tốt trở lên, {words}"
    return UnitShare(legal_bases, UNIT_KINDS[kind], levels[EXCELLENT], most, base)


def unit_evaluation_faults(law: Law, year: int, units: Sequence[RatedUnit]) -> list[EvaluationFault]:
    """What the table breaks by the law of 31/12: lines in their order, then kinds. Without a level a line breaks nothing."""
    rated = [unit for unit in units if unit.level and unit.kind]
    faults = [*_heads_above(law, year, rated), *_upper_before_lower(law, year, rated, units)]
    faults.sort(key=lambda fault: [unit.key for unit in units].index(fault.key))
    return faults + [
        EvaluationFault(share.grounds, 0, f"{share.kind.capitalize()}: {share.text}.")
        for share in unit_shares(law, year, units)
        if share.exceeded
    ]


def _heads_above(law: Law, year: int, rated: Sequence[RatedUnit]) -> Iterator[EvaluationFault]:
    """The units whose head is already rated above them."""
    order = list(LEVELS)
    for unit in rated:
        rule = law.find("evaluation.head", date(year, 12, 31), kind="official" if unit.kind == BODY else "employee")
        if rule and unit.head_level and order.index(unit.head_level) < order.index(unit.level):
            text = f"Người đứng đầu đã xếp loại {LEVELS[unit.head_level]}, cao hơn tập thể ({LEVELS[unit.level]})."
            yield EvaluationFault((law.legal_basis(rule),), unit.key, text)


def _upper_before_lower(
    law: Law, year: int, rated: Sequence[RatedUnit], units: Sequence[RatedUnit]
) -> Iterator[EvaluationFault]:
    """The upper units that are rated before those under them."""
    waiting = [one.name for one in units if one.kind and not (one.level or one.upper)]
    for unit in filter(lambda one: one.upper, rated if waiting else ()):
        if rule := law.find("evaluation.unit_order", date(year, 12, 31), kind=unit.kind):
            text = f"Cấp dưới xếp loại trước: còn {len(waiting)} đơn vị chưa xếp loại ({', '.join(waiting)})."
            yield EvaluationFault((law.legal_basis(rule),), unit.key, text)
