"""Votes of the council, counted on the total membership, and its quorum. Pure."""

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_percent
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.cited_result import CitedResult


@dataclass(frozen=True)
class VoteVerdict(CitedResult):
    """Result of the vote on one candidate: `share` in percent of all members, `needed` the least number of votes."""

    passed: bool
    needed: int
    agree: int
    members: int
    absent_from_vote: int
    share: Fraction
    arithmetic: str


def needed_votes(members: int, threshold: Fraction, strict: bool) -> int:
    """The least number of votes out of `members` that reaches `threshold` percent (exceeds it, if strict)."""
    exact = threshold * members / 100
    return math.floor(exact) + 1 if strict else math.ceil(exact)


def vote_verdict(
    law: Law, award: str, on: date, *, members: int, agree: int, against: int, other: int = 0
) -> VoteVerdict:
    """Result of the vote on one candidate; the denominator is the total membership, members who do not vote included.

    `other` counts other opinions and invalid ballots. RuleBroken when the counts are impossible.
    """
    rule = law.value_on(f"{award}.vote", on)
    legal_bases = (law.legal_basis(rule), law.legal_basis(law.value_on("council.denominator", on)))
    _check_counts(members, {"đồng ý": agree, "không đồng ý": against, "ý kiến khác": other})
    threshold = Fraction(str(rule.content["percent"]))
    strict = bool(rule.content["strict"])
    needed = needed_votes(members, threshold, strict)
    share = Fraction(100 * agree, members)
    passed = agree >= needed
    bound = f"quá {format_percent(threshold)}" if strict else f"từ {format_percent(threshold)} trở lên"
    arithmetic = (
        f"{agree}/{members} đồng ý = {format_percent(share)} tổng số thành viên; "
        f"cần {bound}, tức ít nhất {needed}/{members}: {'đạt' if passed else 'không đạt'}"
    )
    absent_from_vote = members - agree - against - other
    return VoteVerdict(legal_bases, passed, needed, agree, members, absent_from_vote, share, arithmetic)


def votes_by_ballot(law: Law, award: str, on: date) -> bool:
    """Whether the council votes on the award by secret ballot; otherwise by show of hands."""
    return str(law.value_on(f"{award}.vote", on).content["mode"]) == "ballot"


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
class QuorumVerdict(CitedResult):
    """Whether enough members are present for a session."""

    met: bool
    needed: int
    present: int
    members: int
    arithmetic: str


def quorum_verdict(law: Law, on: date, *, members: int, present: int) -> QuorumVerdict:
    """Whether the session has a quorum. RuleBroken when `present` exceeds `members`."""
    rule = law.value_on("council.quorum", on)
    _check_counts(members, {"có mặt": present})
    part = Fraction(int(rule.content["numerator"]), int(rule.content["denominator"]))
    needed = math.ceil(part * members)
    met = present >= needed
    arithmetic = (
        f"có mặt {present}/{members}; cần ít nhất {part.numerator}/{part.denominator} tổng số thành viên, "
        f"tức {needed}/{members}: {'đủ' if met else 'chưa đủ'}"
    )
    return QuorumVerdict((law.legal_basis(rule),), met, needed, present, members, arithmetic)
