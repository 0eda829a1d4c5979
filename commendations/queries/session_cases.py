"""The cases of a session in the order of its page, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from commendations.models import CouncilSession, SessionItem
from commendations.queries import catalogue
from commendations.queries.session import session_items
from commendations.queries.vote import VotedAward, vote_summary, voted_awards
from commendations.rules.vote_tally import SessionPresence
from emulation.legal import current
from emulation.legal.engine.law import Law
from villages.models import Seat

CASES_PER_PAGE = 15


def case_order(session: CouncilSession, law: Law | None = None) -> list[int]:
    """The ids of the items that the session considers: by award in catalogue order, within an award in its own order."""
    rows = list(session.items.filter(put_off="").values_list("pk", "nomination__award_code"))
    law = law or current.law_for(session.commune_id)
    order = catalogue.sort_award_codes(law, (code for _, code in rows), session.held_on)
    return [pk for pk, code in sorted(rows, key=lambda row: order.index(row[1]))]


def page_of_cases(session: CouncilSession, number: str | int = 1) -> "Page[int]":
    """The ids of the items on that page; a number that does not exist is the nearest page."""
    return Paginator(case_order(session), CASES_PER_PAGE).get_page(number)


def items_on(session: CouncilSession, page: "Page[int]") -> list[SessionItem]:
    """The items of the page in its order, as `session_items` reads them."""
    shown = list(page)
    return sorted(session_items(session).filter(pk__in=shown), key=lambda item: shown.index(item.pk))


@dataclass(frozen=True)
class SessionLine:
    """One case on the page of a session; `item` is None if the user is recused and the session is not closed.

    `not_voting` and `related_absent`: the recused seats, the latter absent without a written opinion.
    """

    place: int
    item: SessionItem | None
    vote: dict[str, Any] | None = None
    about: VotedAward | None = None
    not_voting: Sequence[Seat] = ()
    related_absent: Sequence[Seat] = ()


def session_lines(session: CouncilSession, user: Any, page: "Page[int] | None" = None) -> list[SessionLine]:
    """The items of a page (default the first) as the user may see them, with the result of each counted one."""
    page = page or page_of_cases(session)
    visible = set(SessionItem.objects.visible_to(user).filter(session=session).values_list("pk", flat=True))
    members = session.members()
    presence = session.presence()
    law = current.law_for(session.commune_id)
    items = items_on(session, page)
    about = voted_awards(session, items, law)
    lines = []
    for place, item in enumerate(items, page.start_index()):
        if item.pk not in visible:
            lines.append(SessionLine(place, None))
        else:
            vote = vote_summary(item, session, members, presence, law)
            lines.append(SessionLine(place, item, vote, about[item.pk], *_recused_seats(item, session, presence)))
    return lines


def _recused_seats(
    item: SessionItem, session: CouncilSession, presence: SessionPresence
) -> tuple[list[Seat], list[Seat]]:
    """The recused seats that count as such, and those that count as absent."""
    recused = item.recused.all()
    absent = _absent_ids(item, session, presence)
    return [seat for seat in recused if seat.pk not in absent], [seat for seat in recused if seat.pk in absent]


def _absent_ids(item: SessionItem, session: CouncilSession, presence: SessionPresence) -> frozenset[int]:
    """The seats that count as absent at the case, by the rule of the day when its session was closed."""
    if not session.is_live and item.absent is None:
        return frozenset()
    here = item.presence(presence)
    recused = {seat.pk for seat in item.recused.all()}
    absent = here.absent_at(recused)
    closed_before = item.not_voting is not None and item.not_voting != len(recused - absent)
    return here.absent if closed_before else absent  # before, a written opinion was enough not to be absent
