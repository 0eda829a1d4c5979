"""Money: coefficient x base salary of the day of the decision, rounded by the rule; what several awards at once pay. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from emulation.core.words import money_words, vnd
from emulation.legal.law import Law
from emulation.legal.rules.grounds import Grounded

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class Money:
    """A sum by coefficient: exact (`raw`), as paid (`rounded`, whole đồng), in words, and how it came about."""

    coefficient: Decimal
    base: int
    rule: str
    raw: Decimal
    rounded: int
    words: str
    arithmetic: str


def round_money(raw: Decimal, rule: str) -> int:
    """Whole đồng by `ceil_10k`, `nearest_10k` (half up) or `none` (to the đồng, half up)."""
    if rule == "none":
        return int(raw.to_integral_value(ROUND_HALF_UP))
    mode = {"ceil_10k": ROUND_CEILING, "nearest_10k": ROUND_HALF_UP}[rule]
    return int((raw / TEN_THOUSAND).to_integral_value(mode) * TEN_THOUSAND)


def award_money(coefficient: Decimal, base: int, rule: str) -> Money:
    """Coefficient x base salary, exact, then rounded by the rule."""
    raw = coefficient * base
    rounded = round_money(raw, rule)
    shown = f"{coefficient.normalize():f}".replace(".", ",")
    arithmetic = f"{shown} × {vnd(base)} = {vnd(raw)}"
    if rounded != raw:
        arithmetic += f" → {vnd(rounded)}"
    return Money(coefficient, base, rule, raw, rounded, money_words(rounded), arithmetic + " đồng")


@dataclass(frozen=True)
class Price(Grounded):
    """The money that goes with an award, and its three grounds: coefficient, base salary, rounding."""

    money: Money


def price(law: Law, award: str, subject: str, decided: date) -> Price:
    """The money for an award to a person, household or collective; the date of the decision selects all three."""
    coefficient = law.value_on(f"{award}.coefficient", decided, subject)
    base = law.value_on("base_salary", decided)
    rounding = law.value_on("award.rounding", decided)
    grounds = tuple(law.ground(value) for value in (coefficient, base, rounding))
    return Price(grounds, award_money(coefficient.decimal, int(base.content), str(rounding.content)))


def pays(law: Law, award: str) -> bool:
    """Whether the law kept here knows any sum for the award."""
    return f"{award}.coefficient" in law.codes


@dataclass(frozen=True)
class Grant:
    """An award with its price, as one of several that the same recipient gets: `period` says what it is given for."""

    award: str
    period: str
    price: Price


@dataclass(frozen=True)
class Payable(Grounded):
    """Which grants are paid (`paid`, in the order given) and, for each that is not, why."""

    paid: tuple[bool, ...]
    reasons: tuple[str, ...]
    total: int


def payable(law: Law, grants: Sequence[Grant], decided: date) -> Payable:
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
    return Payable((law.ground(rule),), tuple(paid), tuple(reasons), total)
