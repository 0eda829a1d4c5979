"""Which cases of a session the council votes on together, and which one by one."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from commendations.flow.own_case import own_cases
from commendations.models import CouncilSession, SessionItem
from commendations.queries.cancelled_earlier import cancelled_earlier_of
from commendations.queries.other_deeds import cases_in_doubt
from commendations.queries.session import ITEM_RELATIONS
from commendations.queries.session_cases import CASES_PER_PAGE, case_order
from commendations.rules.vote_tally import CaseTurnout, SessionPresence
from emulation.legal import current
from emulation.legal.engine.rules.council import votes_by_ballot

BALLOT = "bỏ phiếu kín"
RECUSED = "có người không tham gia biểu quyết"
MISSED = "có thành viên không có mặt khi xét"
WARNING = "có cảnh báo phải xem riêng"
OWN = "của chính bạn, người khác của Văn phòng ghi"


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


def block_vote(session: CouncilSession, user: Any) -> BlockVote:
    """The cases of an open session, for the user who enters the votes; a constant number of queries."""
    rows = session.items.filter(put_off="").select_related("nomination__person", "nomination__household")
    items = {item.pk: item for item in rows.prefetch_related("recused", "absences")}
    reasons = _reasons_apart(session, list(items.values()), user)
    order = case_order(session)
    counted = set(session.items.exclude(agree=None).values_list("pk", flat=True))
    together = [items[pk] for pk in order if pk not in reasons]
    uncounted = [item for item in together if item.pk not in counted]
    voted = [item for item in together if item.pk in counted]
    return BlockVote(uncounted, voted, _cases_apart(order, reasons, counted), session.presence())


def _cases_apart(order: list[int], reasons: dict[int, str], counted: set[int]) -> list[CaseApart]:
    """The items with a reason that have no votes yet, with the names of their nominees, in the order of the page."""
    shown = reasons.keys() - counted
    named = SessionItem.objects.select_related(*ITEM_RELATIONS).in_bulk(shown)
    places = [(place, pk) for place, pk in enumerate(order) if pk in shown]
    return [CaseApart(named[pk], reasons[pk], place // CASES_PER_PAGE + 1) for place, pk in places]


def _reasons_apart(session: CouncilSession, items: list[SessionItem], user: Any) -> dict[int, str]:
    """Of the items that are voted on by themselves the reason, by id."""
    cases = [item.nomination for item in items]
    own = own_cases(cases, [user.pk], timezone.localdate())
    reasons = {item.pk: OWN if item.nomination in own else "" for item in items}
    reasons |= _reasons_of_cases(session, [item for item in items if not reasons[item.pk]])
    return {pk: reason for pk, reason in reasons.items() if reason}


def _reasons_of_cases(session: CouncilSession, items: list[SessionItem]) -> dict[int, str]:
    """Those that do not depend on who enters the votes; "" for the items that are voted on together."""
    law = current.law_for(session.commune_id)
    cases = [item.nomination for item in items]
    warned = cancelled_earlier_of(cases).keys() | cases_in_doubt(cases)
    codes = {item.nomination.award_code for item in items}
    by_ballot = {code for code in codes if votes_by_ballot(law, code, session.held_on)}
    return {item.pk: _reason_apart(item, by_ballot, warned) for item in items}


def _reason_apart(item: SessionItem, by_ballot: set[str], warned: Container[int]) -> str:
    case = item.nomination
    found = {
        BALLOT: case.award_code in by_ballot,
        RECUSED: bool(item.recused.all()),
        MISSED: bool(item.absences.all()),
        WARNING: bool(case.override_reason) or case.pk in warned,
    }
    return next((reason for reason, applies in found.items() if applies), "")
