"""Validate a vote tally against attendance and recusals. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class SessionPresence:
    """Ids of the council seats that are present, absent with a written opinion, and absent without one."""

    present: frozenset[int] = frozenset()
    wrote_opinion: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()

    @property
    def with_opinion(self) -> frozenset[int]:
        """Seats whose opinion counts: present or in writing."""
        return self.present | self.wrote_opinion

    def count_voters(self, recused: Iterable[int]) -> int:
        """How many seats can vote on a case from which `recused` are excluded."""
        return len(self.with_opinion - set(recused))


@dataclass(frozen=True)
class VoteTally:
    """The votes on one case."""

    agree: int
    against: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.agree + self.against + self.other


def tally_mismatch(tally: VoteTally, presence: SessionPresence, recused: Iterable[int]) -> str | None:
    """Why the numbers do not fit the attendance, or None. Every voter counts once: no raised hand is `other`."""
    recused = set(recused)
    if min(tally.agree, tally.against, tally.other) < 0:
        return "Số người không thể nhỏ hơn 0."
    voters = presence.count_voters(recused)
    if tally.total == voters:
        return None
    excluded = len(recused & presence.with_opinion)
    without = f", trừ {excluded} người không tham gia biểu quyết" if excluded else ""
    too_many = tally.total > voters
    advice = "" if too_many else " Người không giơ tay ghi vào “Ý kiến khác”."
    return (
        f"Cộng lại là {tally.total}, {'nhiều' if too_many else 'ít'} hơn {voters} người được biểu quyết: "
        f"có mặt {len(presence.present)}, có ý kiến bằng văn bản {len(presence.wrote_opinion)}{without}.{advice}"
    )
