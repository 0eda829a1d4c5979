"""Prize money: coefficient x base salary on the day of the decision, rounded; which of several awards are paid. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from emulation.core.formatting import format_dong, format_vnd, money_in_words
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.cited_result import CitedResult

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class PrizeCalculation:
    """Prize money: exact (`raw`), as paid (`rounded`, whole đồng), in words, and its calculation."""

    coefficient: Decimal
    base: int
    rule: str
    raw: Decimal
    rounded: int
    words: str
    arithmetic: str

    @property
    def written(self) -> str:
        """The calculation as papers write it, with the rounding that was used."""
        return written_calculation(self.coefficient, self.base, self.rule)


def round_prize(raw: Decimal, rule: str) -> int:
    """Rounds to whole đồng by `ceil_10k`, `nearest_10k` (half up) or `none` (to the đồng, half up)."""
    if rule == "none":
        return int(raw.to_integral_value(ROUND_HALF_UP))
    mode = {"ceil_10k": ROUND_CEILING, "nearest_10k": ROUND_HALF_UP}[rule]
    return int((raw / TEN_THOUSAND).to_integral_value(mode) * TEN_THOUSAND)


ROUNDING_WORDS = {
    "ceil_10k": "làm tròn lên hàng chục nghìn đồng",
    "nearest_10k": "làm tròn đến hàng chục nghìn đồng",
    "none": "làm tròn đến đồng",
}


def written_calculation(coefficient: Decimal, base: int, rule: str) -> str:
    """ "0,3 × 2.530.000 = 759.000 đồng, làm tròn lên hàng chục nghìn đồng là 760.000 đồng"."""
    raw = coefficient * base
    rounded = round_prize(raw, rule)
    written = exact_calculation(coefficient, base)
    return written if rounded == raw else f"{written}, {rounding_in_words(rule)} là {format_dong(rounded)}"


def exact_calculation(coefficient: Decimal, base: int) -> str:
    """ "0,3 × 2.530.000 = 759.000 đồng": before rounding."""
    return f"{_coefficient_text(coefficient)} × {format_vnd(base)} = {format_dong(coefficient * base)}"


def rounding_in_words(rule: str) -> str:
    """ "làm tròn lên hàng chục nghìn đồng"."""
    return ROUNDING_WORDS[rule]


def _coefficient_text(coefficient: Decimal) -> str:
    return f"{coefficient.normalize():f}".replace(".", ",")


def calculate_prize(coefficient: Decimal, base: int, rule: str) -> PrizeCalculation:
    """Coefficient x base salary, exact, then rounded by the rule."""
    raw = coefficient * base
    rounded = round_prize(raw, rule)
    arithmetic = f"{_coefficient_text(coefficient)} × {format_vnd(base)} = {format_vnd(raw)}"
    if rounded != raw:
        arithmetic += f" → {format_vnd(rounded)}"
    return PrizeCalculation(coefficient, base, rule, raw, rounded, money_in_words(rounded), arithmetic + " đồng")


@dataclass(frozen=True)
class PrizeMoney(CitedResult):
    """The prize money of an award, with its three legal bases: coefficient, base salary, rounding."""

    money: PrizeCalculation


def prize_money(law: Law, award: str, subject: str, decided: date) -> PrizeMoney:
    """Prize money of an award for a person, household or collective; the day of the decision selects all three values."""
    coefficient = law.value_on(f"{award}.coefficient", decided, subject)
    base = law.value_on("base_salary", decided)
    rounding = law.value_on("award.rounding", decided)
    legal_bases = tuple(law.legal_basis(value) for value in (coefficient, base, rounding))
    return PrizeMoney(legal_bases, calculate_prize(coefficient.decimal, int(base.content), str(rounding.content)))


def has_prize_money(law: Law, award: str) -> bool:
    """Whether the statutes have a coefficient for the award."""
    return f"{award}.coefficient" in law.codes


@dataclass(frozen=True)
class PricedAward:
    """One of several awards for the same recipient, with its prize money and the period that it is given for."""

    award: str
    period: str
    price: PrizeMoney


@dataclass(frozen=True)
class PayableAwards(CitedResult):
    """For each award, in the given order, whether it is paid and the reason when it is not; the total in đồng."""

    paid: tuple[bool, ...]
    reasons: tuple[str, ...]
    total: int


def payable_awards(law: Law, grants: Sequence[PricedAward], decided: date) -> PayableAwards:
    """Of several titles for one period only the highest is paid; titles of other periods, and forms, are all paid.

    NĐ 152/2025 Điều 49 khoản 5, 6 and the earlier rules. Of equal sums the first is paid.
    """
    rule = law.value_on("award.several", decided)
    highest: dict[str, int] = {}  # index of the title with the highest sum, by period
    for index, grant in enumerate(grants):
        if law.award(grant.award).genus == "title":
            best = grants[highest.setdefault(grant.period, index)]
            if grant.price.money.rounded > best.price.money.rounded:
                highest[grant.period] = index
    paid: list[bool] = []
    reasons: list[str] = []
    total = 0
    for index, grant in enumerate(grants):
        if law.award(grant.award).genus == "title" and highest[grant.period] != index:
            higher = law.award_name(grants[highest[grant.period]].award, decided)
            paid.append(False)
            reasons.append(f"Cùng thời gian được hưởng mức thưởng cao hơn của danh hiệu “{higher}”.")
        else:
            paid.append(True)
            reasons.append("")
            total += grant.price.money.rounded
    return PayableAwards((law.legal_basis(rule),), tuple(paid), tuple(reasons), total)
