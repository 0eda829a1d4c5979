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
    """How many awards may be given at most (None: no limit in the law), and how many of them are left."""

    most: int | None
    left: int | None
    arithmetic: str


def award_quota(law: Law, award: str, received: date, *, base: int, given: int) -> AwardQuota:
    """The quota of an award: `base` is the number that the percentage refers to (people with LĐTT), `given` the number used.

    Luật 2003 with NĐ 91/2017 Điều 9 khoản 3: at most 15 %, so the number is rounded down.
    RuleBroken for a negative count.
    """
    if base < 0 or given < 0:
        raise RuleBroken("Số người không thể nhỏ hơn 0.")
    rule = law.find(f"{award}.quota", received)
    if rule is None or not rule.content:
        legal_bases = (law.legal_basis(rule),) if rule else ()
        return AwardQuota(legal_bases, None, None, "Không có tỷ lệ khống chế.")
    share = Fraction(rule.content["percent"], 100)
    most = math.floor(share * base)
    of = law.codes[rule.code].choices[rule.content["of"]]
    left = max(most - given, 0)
    percent = format_percent(rule.content["percent"])
    arithmetic = f"không quá {percent} của {base} {of} là {most}; đã xét {given}, còn {left}"
    return AwardQuota((law.legal_basis(rule),), most, left, arithmetic)


@dataclass(frozen=True)
class RankingCandidate:
    """The facts that the preference uses; `key` is an identifier of the caller."""

    key: int
    woman: bool = False
    members: int | None = None
    women: int | None = None


@dataclass(frozen=True)
class PreferenceRanking(CitedResult):
    """Keys of the candidates, the preferred ones first, otherwise in the given order; the reason for each preferred one."""

    order: tuple[int, ...]
    reasons: dict[int, str]


def rank_by_preference(law: Law, received: date, equals: Sequence[RankingCandidate]) -> PreferenceRanking:
    """Of candidates of equal merit, women and collectives with at least 70 % women come first (NĐ 152/2025 Điều 4)."""
    rule = law.value_on("award.preference", received)
    least = Fraction(rule.content["women_percent"], 100)
    reasons = {}
    for one in equals:
        if one.woman and rule.content["women"]:
            reasons[one.key] = "Ưu tiên nữ khi đủ điều kiện ngang nhau."
        elif one.members and one.women is not None and Fraction(one.women, one.members) >= least:
            share = format_percent(Fraction(100 * one.women, one.members))
            reasons[one.key] = f"Ưu tiên tập thể có {share} là nữ (từ {format_percent(rule.content['women_percent'])})."
    order = sorted(equals, key=lambda one: one.key not in reasons)  # stable: the given order within both groups
    return PreferenceRanking((law.legal_basis(rule),), tuple(one.key for one in order), reasons)
