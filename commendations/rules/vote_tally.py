"""The figures of a vote: who makes up the council at one case, and do the votes entered fit them. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class CaseTurnout:
    """How the council divides at one case: present, with a written opinion, absent; and the recused of the first two.

    A recused seat that is not at the meeting is absent: its written opinion does not count at this case. `by_hand + in_writing
    + not_voting + absent` is the total membership.
    """

    present: int
    wrote: int
    present_recused: int
    wrote_recused: int
    absent: int

    @property
    def by_hand(self) -> int:
        """How many vote at the meeting."""
        return self.present - self.present_recused

    @property
    def in_writing(self) -> int:
        """How many vote by a written opinion."""
        return self.wrote - self.wrote_recused

    @property
    def not_voting(self) -> int:
        return self.present_recused


@dataclass(frozen=True)
class SessionPresence:
    """Ids of the council seats that are present, absent with a written opinion, and absent without one."""

    present: frozenset[int] = frozenset()
    wrote_opinion: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()

    @property
    def seats(self) -> frozenset[int]:
        return self.with_opinion | self.absent

    @property
    def with_opinion(self) -> frozenset[int]:
        """Seats whose opinion counts: present or in writing."""
        return self.present | self.wrote_opinion

    @property
    def present_ids(self) -> str:
        """The ids of the seats present, for the script of a page."""
        return " ".join(str(pk) for pk in sorted(self.present))

    @property
    def wrote_ids(self) -> str:
        """The ids of the seats with a written opinion, for the script of a page."""
        return " ".join(str(pk) for pk in sorted(self.wrote_opinion))

    def at_case(self, missed: Mapping[int, bool]) -> "SessionPresence":
        """The presence at one case. `missed`: seats that came later or had left, with whether they left a written opinion."""
        away = self.present & missed.keys()
        wrote = frozenset(seat for seat in away if missed[seat])
        return SessionPresence(self.present - away, self.wrote_opinion | wrote, self.absent | (away - wrote))

    def turnout(self, recused: Iterable[int]) -> CaseTurnout:
        """The figures of a case from which the `recused` are excluded."""
        excluded = frozenset(recused)
        return CaseTurnout(
            present=len(self.present),
            wrote=len(self.wrote_opinion),
            present_recused=len(self.present & excluded),
            wrote_recused=len(self.wrote_opinion & excluded),
            absent=len(self.absent_at(excluded)),
        )

    def absent_at(self, recused: Iterable[int]) -> frozenset[int]:
        """The seats without an opinion at a case from which the `recused` are excluded."""
        return self.absent | (self.wrote_opinion & frozenset(recused))


@dataclass(frozen=True)
class VoteTally:
    """Votes on one case: those at the meeting, those in writing, or both together."""

    agree: int
    against: int = 0
    other: int = 0

    def __add__(self, more: "VoteTally") -> "VoteTally":
        return VoteTally(self.agree + more.agree, self.against + more.against, self.other + more.other)

    @property
    def total(self) -> int:
        return self.agree + self.against + self.other


NO_VOTES = VoteTally(0)


@dataclass(frozen=True)
class BallotCount:
    """The ballot papers of one case: handed out, collected, and of these valid and invalid (blank ones too)."""

    issued: int
    returned: int
    valid: int
    invalid: int

    @classmethod
    def all_returned(cls, votes: VoteTally) -> "BallotCount":
        """The papers when everybody who is present takes and returns one; other opinions are invalid papers."""
        return cls(votes.total, votes.total, votes.agree + votes.against, votes.other)


@dataclass(frozen=True)
class VoteFault:
    """Why votes do not fit, to be put after the name of the case, and the field of the case where to show it."""

    message: str
    field: str = "agree"


def vote_faults(
    by_hand: VoteTally,
    in_writing: VoteTally,
    turnout: CaseTurnout,
    ballots: BallotCount | None = None,
    by_ballot: bool = False,
) -> Iterator[VoteFault]:
    """Where the votes do not fit the turnout or the ballot papers. Every voter counts once.

    Who raised no hand, and whose ballot paper is invalid or not returned, has another opinion.
    """
    if by_ballot:
        yield from ballot_faults(ballots, by_hand, turnout)
    if message := _mismatch(
        by_hand, turnout.by_hand, f"có mặt {turnout.present}", _without(turnout.present_recused, "không tham gia")
    ):
        advice = (
            " Người không biểu quyết, phiếu trắng ghi vào “Ý kiến khác”." if by_hand.total < turnout.by_hand else ""
        )
        yield VoteFault(f"tại phiên họp {message}{advice}")
    if message := _mismatch(
        in_writing, turnout.in_writing, f"gửi ý kiến {turnout.wrote}", _without(turnout.wrote_recused, "có liên quan")
    ):
        yield VoteFault(f"bằng văn bản {message}", "written_agree")


def ballot_faults(ballots: BallotCount | None, votes: VoteTally, turnout: CaseTurnout) -> Iterator[VoteFault]:
    """Where the ballot papers do not fit those present, each other, or the votes at the meeting."""
    if ballots is None:
        yield VoteFault("hãy nhập kết quả kiểm phiếu: số phiếu phát ra, thu về, hợp lệ, không hợp lệ.", "issued")
        return
    if min(ballots.issued, ballots.returned, ballots.valid, ballots.invalid) < 0:
        yield VoteFault("số phiếu nhỏ hơn 0.", "issued")
        return
    if ballots.issued > turnout.by_hand:
        yield VoteFault(
            f"phát ra {ballots.issued} phiếu, nhiều hơn {turnout.by_hand} người có mặt được bỏ phiếu.", "issued"
        )
    if ballots.returned > ballots.issued:
        yield VoteFault(f"thu về {ballots.returned} phiếu, nhiều hơn {ballots.issued} phiếu phát ra.", "returned")
    if ballots.valid + ballots.invalid != ballots.returned:
        counted = f"{ballots.valid} phiếu hợp lệ và {ballots.invalid} phiếu không hợp lệ"
        yield VoteFault(
            f"{counted} cộng lại là {ballots.valid + ballots.invalid}, khác {ballots.returned} phiếu thu về.", "valid"
        )
    decided = votes.agree + votes.against
    if decided != ballots.valid:
        yield VoteFault(
            f"{votes.agree} phiếu đồng ý và {votes.against} phiếu không đồng ý cộng lại là {decided}, khác {ballots.valid} phiếu "
            "hợp lệ.",
            "valid",
        )


def _without(recused: int, words: str) -> str:
    return f", trừ {recused} người {words}" if recused else ""


def _mismatch(tally: VoteTally, voters: int, base: str, without: str) -> str:
    if min(tally.agree, tally.against, tally.other) < 0:
        return "có số nhỏ hơn 0."
    if tally.total == voters:
        return ""
    compared = "nhiều" if tally.total > voters else "ít"
    return f"cộng lại là {tally.total}, {compared} hơn {voters} người được biểu quyết ({base}{without})."
