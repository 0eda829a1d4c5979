"""A show of hands: do the numbers fit those who could raise one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Presence:
    """Seats of the council (ids): who came, who is absent but wrote an opinion, who is absent and did not."""

    here: frozenset[int] = frozenset()
    wrote: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()

    @property
    def voices(self) -> frozenset[int]:
        """Those whose opinion counts: present or written."""
        return self.here | self.wrote

    def may_vote(self, recused: Iterable[int]) -> int:
        """How many can vote on a case from which these seats are kept."""
        return len(self.voices - set(recused))


@dataclass(frozen=True)
class Tally:
    """What was counted for one case."""

    agree: int
    against: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.agree + self.against + self.other


def misfit(tally: Tally, presence: Presence, recused: Iterable[int]) -> str | None:
    """Why these numbers cannot be, or None. Everybody is in one of the three: who raises no hand is of another opinion."""
    recused = set(recused)
    if min(tally.agree, tally.against, tally.other) < 0:
        return "Số người không thể nhỏ hơn 0."
    most = presence.may_vote(recused)
    if tally.total == most:
        return None
    kept = len(recused & presence.voices)
    without = f", trừ {kept} người không tham gia biểu quyết" if kept else ""
    more = tally.total > most
    advice = "" if more else " Người không giơ tay ghi vào “Ý kiến khác”."
    return (
        f"Cộng lại là {tally.total}, {'nhiều' if more else 'ít'} hơn {most} người được biểu quyết: "
        f"có mặt {len(presence.here)}, có ý kiến bằng văn bản {len(presence.wrote)}{without}.{advice}"
    )
