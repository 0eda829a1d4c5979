"""Money: coefficient x base salary of the day of the decision, rounded by the rule; what several awards at once pay. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from emulation.core.formatting import format_vnd, money_in_words
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.cited_result import CitedResult

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class PrizeCalculation:
    """A sum by coefficient: exact (`raw`), as paid (`rounded`, whole đồng), in words, and how it came about."""

    coefficient: Decimal
    base: int
    rule: str
    raw: Decimal
    rounded: int
    words: str
    arithmetic: str


def round_prize(raw: Decimal, rule: str) -> int:
    """Whole đồng by `ceil_10k`, `nearest_10k` (half up) or `none` (to the đồng, half up)."""
    if rule == "none":
        return int(raw.to_integral_value(ROUND_HALF_UP))
    mode = {"ceil_10k": ROUND_CEILING, "nearest_10k": ROUND_HALF_UP}[rule]
    return int((raw / TEN_THOUSAND).to_integral_value(mode) * TEN_THOUSAND)


def calculate_prize(coefficient: Decimal, base: int, rule: str) -> PrizeCalculation:
    """Coefficient x base salary, exact, then rounded by the rule."""
    raw = coefficient * base
    rounded = round_prize(raw, rule)
    shown = f"{coefficient.normalize():f}".replace(".", ",")
    arithmetic = f"{shown} × {format_vnd(base)} = {format_vnd(raw)}"
    if rounded != raw:
        arithmetic += f" → {format_vnd(rounded)}"
    return PrizeCalculation(coefficient, base, rule, raw, rounded, money_in_words(rounded), arithmetic + " đồng")


@dataclass(frozen=True)
class PrizeMoney(CitedResult):
    """The money that goes with an award, and its three grounds: coefficient, base salary, rounding."""

    money: PrizeCalculation


def prize_money(law: Law, award: str, subject: str, decided: date) -> PrizeMoney:
    """The money for an award to a person, household or collective; the date of the decision selects all three."""
    coefficient = law.value_on(f"{award}.coefficient", decided, subject)
    base = law.value_on("base_salary", decided)
    rounding = law.value_on("award.rounding", decided)
    grounds = tuple(law.legal_basis(value) for value in (coefficient, base, rounding))
    return PrizeMoney(grounds, calculate_prize(coefficient.decimal, int(base.content), str(rounding.content)))


def has_prize_money(law: Law, award: str) -> bool:
    """Whether the law kept here knows any sum for the award."""
    return f"{award}.coefficient" in law.codes


@dataclass(frozen=True)
class PricedAward:
    """An award with its price, as one of several that the same recipient gets: `period` says what it is given for."""

    award: str
    period: str
    price: PrizeMoney


@dataclass(frozen=True)
class PayableAwards(CitedResult):
    """Which grants are paid (`paid`, in the order given) and, for each that is not, why."""

    paid: tuple[bool, ...]
    reasons: tuple[str, ...]
    total: int


def payable_awards(law: Law, grants: Sequence[PricedAward], decided: date) -> PayableAwards:
    """Of several titles for one period only the highest is paid; other periods, and forms, are paid each.

    NĐ 152/2025 Điều 49 khoản 5, 6 and what went before it. Among equal sums the first is paid.
    """
    rule = law.value_on("award.several", decided)
    best: dict[str, int] = {}
    for place, grant in enumerate(grants):
        if law.award(grant.award).genus == "title":
            first = best.setdefault(grant.period, place)
            if grant.price.money.rounded > grants[first].price.money.rounded:
                best[grant.period] = place
    paid, reasons = [], []
    for place, grant in enumerate(grants):
        outdone = law.award(grant.award).genus == "title" and best[grant.period] != place
        paid.append(not outdone)
        higher = law.award_name(grants[best[grant.period]].award, decided) if outdone else ""
        reasons.append(f"Cùng thời gian đã nhận mức cao hơn của danh hiệu {higher}." if outdone else "")
    total = sum(grant.price.money.rounded for grant, pays in zip(grants, paid, strict=True) if pays)
    return PayableAwards((law.legal_basis(rule),), tuple(paid), tuple(reasons), total)
