"""Quota of an award and preference among candidates of equal merit. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_percent
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.cited_result import CitedResult


@dataclass(frozen=True)
class AwardQuota(CitedResult):
    """How many may be given at most (None: the law sets no number), and how many of them are left."""

    most: int | None
    left: int | None
    arithmetic: str


def award_quota(law: Law, award: str, received: date, *, base: int, given: int) -> AwardQuota:
    """The quota of an award: `base` counts those of whom it is a part (people with LĐTT), `given` those chosen already.

    Luật 2003 with NĐ 91/2017 Điều 9 khoản 3: at most 15 %, so a fraction of a person is cut off.
    RuleBroken for a count below zero.
    """
    if base < 0 or given < 0:
        raise RuleBroken("Số người không thể nhỏ hơn 0.")
    rule = law.find(f"{award}.quota", received)
    if rule is None or not rule.content:
        grounds = (law.legal_basis(rule),) if rule else ()
        return AwardQuota(grounds, None, None, "Không có tỷ lệ khống chế.")
    share = Fraction(rule.content["percent"], 100)
    most = math.floor(share * base)
    of = law.codes[rule.code].choices[rule.content["of"]]
    percent, left = format_percent(rule.content["percent"]), max(most - given, 0)
    arithmetic = f"không quá {percent} của {base} {of} là {most}; đã xét {given}, còn {left}"
    return AwardQuota((law.legal_basis(rule),), most, left, arithmetic)


@dataclass(frozen=True)
class RankingCandidate:
    """What the preference among equals looks at; `key` is the caller's own."""

    key: int
    woman: bool = False
    members: int | None = None
    women: int | None = None


@dataclass(frozen=True)
class PreferenceRanking(CitedResult):
    """The candidates, the preferred ones first, otherwise in the order given; and the reason for each preferred one."""

    order: tuple[int, ...]
    reasons: dict[int, str]


def rank_by_preference(law: Law, received: date, equals: Sequence[RankingCandidate]) -> PreferenceRanking:
    """Who comes first among candidates of equal merit: women, or collectives with at least 70 % women (NĐ 152/2025 Điều 4)."""
    rule = law.value_on("award.preference", received)
    least = Fraction(rule.content["women_percent"], 100)
    reasons = {}
    for one in equals:
        if one.woman and rule.content["women"]:
            reasons[one.key] = "Ưu tiên nữ khi đủ điều kiện ngang nhau."
        elif one.members and one.women is not None and Fraction(one.women, one.members) >= least:
            share = format_percent(Fraction(100 * one.women, one.members))
            reasons[one.key] = f"Ưu tiên tập thể có {share} là nữ (từ {format_percent(rule.content['women_percent'])})."
    order = sorted(equals, key=lambda one: one.key not in reasons)
    return PreferenceRanking((law.legal_basis(rule),), tuple(one.key for one in order), reasons)
