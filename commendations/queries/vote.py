"""The vote on a case of a session: on which award and how, its result, its figures for pages and minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from commendations.models import CouncilSession, SessionItem
from commendations.queries import catalogue
from commendations.rules.award_names import AwardName
from commendations.rules.vote_tally import SessionPresence
from emulation.core.formatting import format_percent
from emulation.legal import current
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.council import vote_verdict, votes_by_ballot


@dataclass(frozen=True)
class VotedAward:
    """The award that a case is voted on, and whether by secret ballot. `heading`: shown above the first of a group."""

    award: AwardName
    year: int
    ballot: bool
    heading: str = ""

    @property
    def in_full(self) -> str:
        return self.award.in_full(self.year)

    @property
    def mode(self) -> str:
        """How the council votes on it."""
        return "bỏ phiếu kín" if self.ballot else "giơ tay"


def voted_awards(
    session: CouncilSession, items: Sequence[SessionItem], law: Law | None = None
) -> dict[int, VotedAward]:
    """The award of each item, by item id. `items` must be in the order of `sort_items_by_award`."""
    law = law or current.law_for(session.commune_id)
    several = len({item.nomination.award_code for item in items}) > 1
    voted: dict[int, VotedAward] = {}
    previous_code = ""
    for item in items:
        case = item.nomination
        award = catalogue.award_name_on(law, case.award_code, session.held_on)
        # A decided item shows the mode of its vote, whatever the law is today.
        stored = (item.verdict or {}).get("mode")
        ballot = stored == "ballot" if stored else votes_by_ballot(law, case.award_code, session.held_on)
        starts_group = several and case.award_code != previous_code
        heading = f"{award.in_full()[:1].upper()}{award.in_full()[1:]}" if starts_group else ""
        voted[item.pk] = VotedAward(award, case.award_year, ballot, heading)
        previous_code = case.award_code
    return voted


def item_vote_result(
    item: SessionItem, session: CouncilSession, members: int, law: Law | None = None
) -> dict[str, Any]:
    """The result of a counted item by the rule of the session's day, as stored with the item."""
    assert item.tally is not None
    law = law or current.law_for(session.commune_id)
    verdict = vote_verdict(
        law,
        item.nomination.award_code,
        session.held_on,
        members=members,
        agree=item.tally.agree,
        against=item.tally.against,
        other=item.tally.other,
    )
    mode = "ballot" if votes_by_ballot(law, item.nomination.award_code, session.held_on) else "hands"
    return {**verdict.facts(), "percent": format_percent(verdict.share), "mode": mode}


def vote_summary(
    item: SessionItem, session: CouncilSession, members: int, presence: SessionPresence, law: Law | None = None
) -> dict[str, Any] | None:
    """Data for templates/components/_vote.html; a closed session shows its stored result.

    `presence` at the session; `law`: the law, if already read. `by_hand` and `in_writing` are None when the votes were
    not counted apart, `ballots` without a secret ballot or when they were not counted.
    """
    if item.tally is None:
        return None
    verdict = item.verdict or item_vote_result(item, session, members, law)
    share = Fraction(verdict["share"])
    not_voting, absent = _not_counted(item, session, presence)
    return {
        "total": verdict["members"],
        "agree": item.tally.agree,
        "against": item.tally.against,
        "other": item.tally.other,
        "by_hand": item.by_hand,
        "in_writing": item.in_writing,
        "ballots": item.ballots,
        "recused": not_voting,
        "absent": absent,
        "percent": format_percent(share).removesuffix("%"),
        "needed": verdict["needed"],
        "need": f"ít nhất {verdict['needed']}/{verdict['members']}",
        "passed": verdict["passed"],
        "arithmetic": verdict["arithmetic"],
        "citation": verdict["citation"],
        "confirmed": verdict["confirmed"],
    }


def _not_counted(item: SessionItem, session: CouncilSession, presence: SessionPresence) -> tuple[int, int]:
    """How many did not vote on a case as recused, and how many as absent."""
    if item.not_voting is not None and item.absent is not None:
        return item.not_voting, item.absent
    if session.is_live:
        turnout = item.turnout(presence)
        return turnout.not_voting, turnout.absent
    return len(item.recused.all()), len(presence.absent)  # closed before these figures were stored
