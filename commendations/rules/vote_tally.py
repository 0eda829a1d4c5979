"""Validate a vote tally against attendance and recusals. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class SessionPresence:
    """Seats of the council (ids): who came, who is absent but wrote an opinion, who is absent and did not."""

    present: frozenset[int] = frozenset()
    wrote_opinion: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()

    @property
    def with_opinion(self) -> frozenset[int]:
        """Those whose opinion counts: present or written."""
        return self.present | self.wrote_opinion

    def count_voters(self, recused: Iterable[int]) -> int:
        """How many can vote on a case from which these seats are kept."""
        return len(self.with_opinion - set(recused))


@dataclass(frozen=True)
class VoteTally:
    """What was counted for one case."""

    agree: int
    against: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.agree + self.against + self.other


def tally_mismatch(tally: VoteTally, presence: SessionPresence, recused: Iterable[int]) -> str | None:
    """Why these numbers cannot be, or None. Everybody is in one of the three: who raises no hand is of another opinion."""
    recused = set(recused)
    if min(tally.agree, tally.against, tally.other) < 0:
        return "Số người không thể nhỏ hơn 0."
    most = presence.count_voters(recused)
    if tally.total == most:
        return None
    kept = len(recused & presence.with_opinion)
    without = f", trừ {kept} người không tham gia biểu quyết" if kept else ""
    more = tally.total > most
    advice = "" if more else " Người không giơ tay ghi vào “Ý kiến khác”."
    return (
        f"Cộng lại là {tally.total}, {'nhiều' if more else 'ít'} hơn {most} người được biểu quyết: "
        f"có mặt {len(presence.present)}, có ý kiến bằng văn bản {len(presence.wrote_opinion)}{without}.{advice}"
    )
