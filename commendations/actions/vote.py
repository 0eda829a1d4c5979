"""Record the votes on the cases of a council session."""

from collections.abc import Iterator, Set
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from commendations.actions import recusal
from commendations.actions.case import touch_subject
from commendations.flow.own_case import own_case_of_office, own_cases
from commendations.flow.session import COUNCIL_CHANGED
from commendations.models import CouncilSession, SessionItem
from commendations.queries.block_vote import block_vote
from commendations.queries.session import session_items
from commendations.rules.vote_tally import NO_VOTES, BallotCount, SessionPresence, VoteTally, vote_faults
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.legal import current
from emulation.legal.engine.rules.council import votes_by_ballot
from emulation.workflow.transitions import act
from villages.models import Seat


@dataclass(frozen=True)
class ItemVoteCount:
    """The votes on one case at the meeting and in writing, the ids of the recused seats, and a note.

    `by_hand`: None leaves the case without votes. `recused`: None leaves the recusals unchanged. `lift_reason` is the
    reason for lifting those that are dropped. `ballots`: the ballot papers, for a case that is voted on by secret ballot.
    """

    by_hand: VoteTally | None
    recused: frozenset[int] | None = None
    note: str = ""
    lift_reason: str = ""
    in_writing: VoteTally = NO_VOTES
    ballots: BallotCount | None = None


def record_vote_counts(
    *, by: User, session: CouncilSession, counts: dict[int, ItemVoteCount], seen: int | None = None
) -> CouncilSession:
    """Save the votes on all cases ({item id: count}); a case without an entry stays as it is.

    Raises RuleBroken for a case of the user's own, when attendance is missing, and with every fault, each at its field and
    naming its case, when votes do not fit the attendance or the ballot papers, an absent member is marked as recused, or a
    recusal is dropped without a reason.
    """
    with act("commendations.count", session, by=by, seen=seen) as locked:
        seats = {seat.pk: seat for seat in locked.version_of_council.seats.select_related("person")}
        presence = _presence_of(locked, seats.keys())
        law = current.law_for(locked.commune_id)
        items = [item for item in session_items(locked) if item.pk in counts]
        faults = _own_case_faults(by, items)
        for item in items if not faults else ():
            by_ballot = votes_by_ballot(law, item.nomination.award_code, locked.held_on)
            faults += _save_vote_count(by, item, counts[item.pk], presence, seats, by_ballot)
        RuleBroken.raise_all(faults)
        touch_subject(locked)
    return session


def record_block_vote(
    *,
    by: User,
    session: CouncilSession,
    by_hand: VoteTally,
    in_writing: VoteTally = NO_VOTES,
    again: bool = False,
    seen: int | None = None,
) -> int:
    """Save the same votes with each case that the council votes on together and that has none yet; returns how many.

    `again`: also with those that have votes, which are replaced. Raises RuleBroken when attendance is missing, when there
    is no such case, and with every fault of the figures at its field.
    """
    figures: dict[str, Any] = {"by_hand": asdict(by_hand), "in_writing": asdict(in_writing)}
    changed: list[int] = []
    with act("commendations.count_together", session, by=by, seen=seen, cases=changed, **figures) as locked:
        _presence_of(locked, set(locked.version_of_council.seats.values_list("pk", flat=True)))
        block = block_vote(locked, by)
        items = [*block.uncounted, *(block.counted if again else ())]
        if not items:
            raise RuleBroken("Không còn hồ sơ nào biểu quyết chung được mà chưa ghi kết quả.")
        faults = vote_faults(by_hand, in_writing, block.turnout)
        RuleBroken.raise_all([RuleBroken(f"Số phiếu {fault.message}", fault.field) for fault in faults])
        for item in items:
            item.set_votes(by_hand, in_writing)
        SessionItem.objects.bulk_update(items, SessionItem.VOTE_COLUMNS)
        changed += [item.nomination_id for item in items]
        touch_subject(locked)
    return len(changed)


def _own_case_faults(by: User, items: list[SessionItem]) -> list[RuleBroken]:
    """One for each case of the user's own, naming who enters its votes instead."""
    cases = own_cases([item.nomination for item in items], [by.pk], timezone.localdate())
    return [
        RuleBroken(own_case_of_office(item.nomination, by) or "", field=f"agree_{item.pk}")
        for item in items
        if item.nomination in cases
    ]


def _presence_of(session: CouncilSession, seats: Set[int]) -> SessionPresence:
    """Who is present. Raises RuleBroken when attendance is missing or was taken of another council."""
    if not session.attendance.exists():
        raise RuleBroken("Hãy điểm danh trước khi ghi kết quả biểu quyết.")
    presence = session.presence()
    if presence.seats != seats:
        raise RuleBroken(COUNCIL_CHANGED)
    return presence


def _save_vote_count(
    by: User,
    item: SessionItem,
    counted: ItemVoteCount,
    presence: SessionPresence,
    seats: dict[int, Seat],
    by_ballot: bool,
) -> list[RuleBroken]:
    """Save the votes on one case. Returns its faults; the caller then raises them, which undoes the saving."""
    recused = {seat.pk for seat in item.recused.all()} if counted.recused is None else counted.recused
    here = item.presence(presence)
    faults = list(_recusal_faults(item, recused, here, seats))
    if faults:
        return faults
    try:
        recusal.change(by=by, item=item, seats=[seats[pk] for pk in recused], reason=counted.lift_reason)
    except RuleBroken as broken:
        faults.append(broken)
    if counted.by_hand:
        figures = (counted.by_hand, counted.in_writing, here.turnout(recused), counted.ballots, by_ballot)
        for fault in vote_faults(*figures):
            message = f"Hồ sơ {item.nomination.nominee_alone}: {fault.message}"
            faults.append(RuleBroken(message, field=f"{fault.field}_{item.pk}"))
    if not faults:
        item.set_votes(counted.by_hand, counted.in_writing, counted.ballots if by_ballot else None)
        item.note = clean(counted.note)
        item.save()
    return faults


def _recusal_faults(
    item: SessionItem, recused: set[int] | frozenset[int], here: SessionPresence, seats: dict[int, Seat]
) -> Iterator[RuleBroken]:
    """Recused seats are seats of the council; one that is absent without an opinion is absent and cannot be added."""
    case = f"Hồ sơ {item.nomination.nominee_alone}"
    field = f"recused_{item.pk}"
    if recused - seats.keys():
        yield RuleBroken(f"{case}: người không tham gia biểu quyết phải là thành viên Hội đồng.", field=field)
    before = {seat.pk for seat in item.recused.all()}
    for seat_id in sorted((recused & here.absent) - before):
        yield RuleBroken(
            f"{case}: {seats[seat_id].person.full_name} vắng, không có ý kiến bằng văn bản nên tính là vắng, không đánh dấu "
            "không tham gia biểu quyết.",
            field=field,
        )
