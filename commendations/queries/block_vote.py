"""Which cases of a session the council votes on together, and which one by one."""

from collections.abc import Iterator
from dataclasses import dataclass

from commendations.models import CouncilSession, SessionItem
from commendations.queries.cancelled_earlier import cancelled_earlier_of
from commendations.queries.session import ITEM_RELATIONS
from commendations.queries.session_cases import CASES_PER_PAGE, case_order
from commendations.rules.vote_tally import CaseTurnout, SessionPresence
from emulation.legal import current
from emulation.legal.engine.rules.council import votes_by_ballot

BALLOT = "bỏ phiếu kín"
RECUSED = "có người không tham gia biểu quyết"
MISSED = "có thành viên không có mặt khi xét"
WARNING = "có cảnh báo phải xem riêng"


@dataclass(frozen=True)
class CaseApart:
    """A case that is voted on by itself. `page`: its page of the session."""

    item: SessionItem
    reason: str
    page: int


@dataclass(frozen=True)
class BlockVote:
    """The cases voted on together: those without votes, those with votes; `here`: who is present at each of them.

    `apart`: the other cases that have no votes yet.
    """

    uncounted: list[SessionItem]
    counted: list[SessionItem]
    apart: list[CaseApart]
    here: SessionPresence

    @property
    def turnout(self) -> CaseTurnout:
        return self.here.turnout(())

    @property
    def offered(self) -> bool:
        """One case alone has its own form."""
        return len(self.uncounted) > 1 or len(self.counted) > 1

    @property
    def reasons(self) -> dict[str, list[CaseApart]]:
        """The cases voted on one by one, by reason."""
        found: dict[str, list[CaseApart]] = {}
        for case in self.apart:
            found.setdefault(case.reason, []).append(case)
        return found


def block_vote(session: CouncilSession) -> BlockVote:
    """The cases of an open session; a constant number of queries."""
    rows = session.items.filter(put_off="").select_related("nomination__person").prefetch_related("recused", "absences")
    items = {item.pk: item for item in rows}
    reasons = dict(_reasons_apart(session, list(items.values())))
    order = case_order(session)
    together = [items[pk] for pk in order if pk in items and pk not in reasons]
    pages = {pk: place // CASES_PER_PAGE + 1 for place, pk in enumerate(order)}
    uncounted = [pk for pk in order if pk in reasons and not items[pk].is_counted]
    named = SessionItem.objects.select_related(*ITEM_RELATIONS).in_bulk(uncounted)
    apart = [CaseApart(named[pk], reasons[pk], pages[pk]) for pk in uncounted]
    return BlockVote(
        [item for item in together if not item.is_counted],
        [item for item in together if item.is_counted],
        apart,
        session.presence(),
    )


def _reasons_apart(session: CouncilSession, items: list[SessionItem]) -> Iterator[tuple[int, str]]:
    """The id of each item that is voted on by itself, with the reason."""
    law = current.law_for(session.commune_id)
    cancelled = cancelled_earlier_of(item.nomination for item in items)
    by_ballot = {code: votes_by_ballot(law, code, session.held_on) for code in {i.nomination.award_code for i in items}}
    for item in items:
        case = item.nomination
        if by_ballot[case.award_code]:
            yield item.pk, BALLOT
        elif item.recused.all():
            yield item.pk, RECUSED
        elif item.absences.all():
            yield item.pk, MISSED
        elif case.override_reason or case.pk in cancelled:
            yield item.pk, WARNING
