"""What follows from the law: votes, quorum, money, what a file must hold, who decides. Pure: no Django, no clock.

Every verdict says by which article (`citation`), whether that is confirmed, and which versions of the values it used.
"""

import math
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from emulation.core.errors import RuleBroken
from emulation.core.words import money_words, percent, vnd
from emulation.legal.law import Dates, Ground, Law, Value

__all__ = [
    "Checklist",
    "ChecklistItem",
    "Dates",
    "Decider",
    "Money",
    "Price",
    "QuorumVerdict",
    "VoteVerdict",
    "award_money",
    "basis",
    "checklist",
    "decider",
    "price",
    "quorum",
    "round_money",
    "vote",
]

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class Grounded:
    """A verdict and what it rests on."""

    grounds: tuple[Ground, ...]

    @property
    def citation(self) -> str:
        return "; ".join(dict.fromkeys(ground.citation for ground in self.grounds))

    @property
    def confirmed(self) -> bool:
        return all(ground.confirmed for ground in self.grounds)

    @property
    def needs_review(self) -> bool:
        return any(ground.needs_review for ground in self.grounds)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ground.note for ground in self.grounds if ground.note))

    def facts(self) -> dict[str, Any]:
        """The verdict as JSON, to be kept with the case that it decided."""
        return {
            **{name: _plain(value) for name, value in asdict(self).items()},
            "citation": self.citation,
            "confirmed": self.confirmed,
            "needs_review": self.needs_review,
        }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | Fraction | date):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


# ── votes ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class VoteVerdict(Grounded):
    """The result for one candidate: `share` in percent of all members, `needed` the least number of votes."""

    passed: bool
    needed: int
    agree: int
    members: int
    absent_from_vote: int
    share: Fraction
    arithmetic: str


def needed_votes(members: int, threshold: Fraction, strict: bool) -> int:
    """The least number of votes out of `members` that reaches `threshold` percent (passes it, if strict)."""
    exact = threshold * members / 100
    return math.floor(exact) + 1 if strict else math.ceil(exact)


def vote(law: Law, award: str, on: date, *, members: int, agree: int, against: int, other: int = 0) -> VoteVerdict:
    """The council's result for one candidate, on the total membership; who does not vote stays in the denominator.

    `other` are other opinions and invalid ballots. RuleBroken when the counts are impossible.
    """
    rule = law.value_on(f"{award}.vote", on)
    grounds = (law.ground(rule), law.ground(law.value_on("council.denominator", on)))
    _check_counts(members, {"đồng ý": agree, "không đồng ý": against, "ý kiến khác": other})
    threshold, strict = Fraction(str(rule.content["percent"])), bool(rule.content["strict"])
    needed = needed_votes(members, threshold, strict)
    share = Fraction(100 * agree, members)
    passed = agree >= needed
    bound = f"quá {percent(threshold)}" if strict else f"từ {percent(threshold)} trở lên"
    arithmetic = (
        f"{agree}/{members} đồng ý = {percent(share)} tổng số thành viên; "
        f"cần {bound}, tức ít nhất {needed}/{members}: {'đạt' if passed else 'không đạt'}"
    )
    silent = members - agree - against - other
    return VoteVerdict(grounds, passed, needed, agree, members, silent, share, arithmetic)


def _check_counts(members: int, counts: dict[str, int]) -> None:
    if members < 1:
        raise RuleBroken("Hội đồng chưa có thành viên nào.")
    for name, count in counts.items():
        if count < 0:
            raise RuleBroken(f"Số phiếu {name} không thể nhỏ hơn 0.")
    total = sum(counts.values())
    if total > members:
        raise RuleBroken(f"Tổng số phiếu là {total}, nhiều hơn {members} thành viên Hội đồng.")


@dataclass(frozen=True)
class QuorumVerdict(Grounded):
    """Whether enough members are present for a session."""

    met: bool
    needed: int
    present: int
    members: int
    arithmetic: str


def quorum(law: Law, on: date, *, members: int, present: int) -> QuorumVerdict:
    """Whether the session may be held. RuleBroken when more are present than there are members."""
    rule = law.value_on("council.quorum", on)
    _check_counts(members, {"có mặt": present})
    part = Fraction(int(rule.content["numerator"]), int(rule.content["denominator"]))
    needed = math.ceil(part * members)
    met = present >= needed
    arithmetic = (
        f"có mặt {present}/{members}; cần ít nhất {part.numerator}/{part.denominator} tổng số thành viên, "
        f"tức {needed}/{members}: {'đủ' if met else 'chưa đủ'}"
    )
    return QuorumVerdict((law.ground(rule),), met, needed, present, members, arithmetic)


# ── money ────────────────────────────────────────────────────────────────────────────────────────


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


# ── files, deciders, căn cứ ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ChecklistItem:
    """One paper that a file must hold; `form` is the number of the prescribed form, where one is known."""

    code: str
    label: str
    required: bool
    form: str


@dataclass(frozen=True)
class Checklist(Grounded):
    """What the file must hold."""

    items: tuple[ChecklistItem, ...]

    def missing(self, present: set[str]) -> list[ChecklistItem]:
        return [item for item in self.items if item.required and item.code not in present]


def checklist(law: Law, award: str, kind: str, subject: str, received: date) -> Checklist:
    """The papers asked for by the day on which the file was received; kind is CT, DX or PT."""
    rule = law.value_on(f"{award}.checklist", received, subject, kind)
    form = str(law.value_on(f"{award}.report_form", received, subject, kind).content)
    items = tuple(
        ChecklistItem(item["code"], item["label"], item.get("required", True), form if _is_report(item["code"]) else "")
        for item in rule.content
    )
    return Checklist((law.ground(rule),), items)


def _is_report(code: str) -> bool:
    return code in {"report", "summary"}


@dataclass(frozen=True)
class Decider(Grounded):
    """Who decides: `code` chair_commune, chair_district or chair_province."""

    code: str
    label: str


def decider(law: Law, award: str, decided: date) -> Decider:
    """Who decides the award on the day of the decision."""
    rule = law.value_on(f"{award}.decider", decided)
    return Decider((law.ground(rule),), str(rule.content), law.codes[rule.code].choices[str(rule.content)])


def basis(law: Law, paper: str, issued: date) -> list[str]:
    """The căn cứ lines of a paper (`quyet_dinh`, `to_trinh`, `giay_de_nghi`) of that day, each "Căn cứ …;"."""
    rule: Value = law.value_on("basis", issued, kind=paper)
    return [f"Căn cứ {line['text']};" for line in rule.content]
