"""Joins and figures of a council session: who sits, who is related to a case, what is judged, what the votes say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from commendations.models import CouncilSession, Nomination, Recusal, SessionItem
from commendations.queries import catalogue
from commendations.rules.award_names import AwardName
from emulation.core.formatting import format_percent
from emulation.legal import current as law
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules.council import vote_verdict
from villages.models import Appointment, CouncilVersion, Seat


def council_on(commune_id: int, on: date) -> CouncilVersion | None:
    """The council in force that day."""
    return CouncilVersion.objects.filter(commune_id=commune_id).in_force(on).order_by("-starts_on").first()


def council_seats(session: CouncilSession) -> list[Seat]:
    """The seats of the council that meets, in their order."""
    return list(session.version_of_council.seats.select_related("person"))


def related_seats(session: CouncilSession, nomination: Nomination) -> list[Seat]:
    """Seats that should not vote on this case: the nominee, his household, the head of the collective that is proposed."""
    related = Q(person_id=nomination.person_id) if nomination.person_id else Q(pk__in=[])
    household_id = nomination.household_id or (nomination.person.household_id if nomination.person else None)
    if household_id:
        related |= Q(person__household_id=household_id)
    if nomination.collective_id:
        day = session.held_on
        heads = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), unit_id=nomination.collective_id)
        related |= Q(person_id__in=heads.filter(starts_on__lte=day).values("person_id"))
    return list(session.version_of_council.seats.filter(related))


def council_member_users(session: CouncilSession) -> set[int]:
    """Ids of the users who sit in the council that meets."""
    return set(session.version_of_council.seats.exclude(person__user=None).values_list("person__user_id", flat=True))


def session_items(session: CouncilSession) -> QuerySet[SessionItem]:
    """The cases of a session with everything that its page and its minutes name."""
    return session.items.select_related(
        "nomination__unit", "nomination__person__unit", "nomination__household__unit", "nomination__collective"
    ).prefetch_related(
        Prefetch("recused", Seat.objects.select_related("person")),
        Prefetch(
            "nomination__recusals",
            Recusal.objects.lifted().select_related("person", "lifted_by", "lifted_in"),
            to_attr="lifted_recusals",
        ),
    )


@dataclass(frozen=True)
class VotedAward:
    """The award on which a case is voted: its words, whether by secret ballot; `heading` opens a group of several."""

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


def sort_items_by_award(
    session: CouncilSession, items: Iterable[SessionItem], book: Law | None = None
) -> list[SessionItem]:
    """The cases of one award together, in the order of the catalogue; inside it in the session's own order."""
    items = list(items)
    codes = (item.nomination.award_code for item in items)
    order = catalogue.sort_award_codes(book or law.law_for(session.commune_id), codes, session.held_on)
    return sorted(items, key=lambda item: order.index(item.nomination.award_code))


def voted_awards(
    session: CouncilSession, items: Sequence[SessionItem], book: Law | None = None
) -> dict[int, VotedAward]:
    """What each case (by id of the item) is about; `items` stand as `by_award` puts them."""
    book, on = book or law.law_for(session.commune_id), session.held_on
    several = len({item.nomination.award_code for item in items}) > 1
    found: dict[int, VotedAward] = {}
    last = ""
    for item in items:
        case = item.nomination
        award = catalogue.award_name_on(book, case.award_code, on)
        kept = (item.verdict or {}).get("mode")  # what was decided keeps the way in which it was voted on
        ballot = (kept or _mode(book, case.award_code, on)) == "ballot"
        opens = several and case.award_code != last
        heading = f"{award.in_full()[:1].upper()}{award.in_full()[1:]}" if opens else ""
        found[item.pk] = VotedAward(award, case.award_year, ballot, heading)
        last = case.award_code
    return found


def _mode(book: Law, award: str, on: date) -> str:
    """ "hands" or "ballot"."""
    return str(book.value_on(f"{award}.vote", on).content["mode"])


@dataclass(frozen=True)
class SessionLine:
    """One case on the page of a session; `item` is None where the reader is recused and the session not over."""

    place: int
    item: SessionItem | None
    vote: dict[str, Any] | None = None
    about: VotedAward | None = None


def session_lines(session: CouncilSession, user: Any) -> list[SessionLine]:
    """The cases in their order as this reader may see them, with the result of each that is counted."""
    visible = set(SessionItem.objects.visible_to(user).filter(session=session).values_list("pk", flat=True))
    members, present, book = session.members(), session.presence(), law.law_for(session.commune_id)
    lines = []
    items = sort_items_by_award(session, session_items(session), book)
    about = voted_awards(session, items, book)
    for place, item in enumerate(items, 1):
        if item.pk not in visible:
            lines.append(SessionLine(place, None))
        else:
            vote = vote_summary(item, session, members, len(present.absent), book)
            lines.append(SessionLine(place, item, vote, about[item.pk]))
    return lines


def item_vote_result(
    item: SessionItem, session: CouncilSession, members: int, book: Law | None = None
) -> dict[str, Any]:
    """The result of a counted case by the rule of the session's day, as it is kept with the case."""
    assert item.tally is not None
    book = book or law.law_for(session.commune_id)
    verdict = vote_verdict(
        book,
        item.nomination.award_code,
        session.held_on,
        members=members,
        agree=item.tally.agree,
        against=item.tally.against,
        other=item.tally.other,
    )
    mode = _mode(book, item.nomination.award_code, session.held_on)
    return {**verdict.facts(), "percent": format_percent(verdict.share), "mode": mode}


def vote_summary(
    item: SessionItem, session: CouncilSession, members: int, absent: int, book: Law | None = None
) -> dict[str, Any] | None:
    """What templates/components/_vote.html draws; a closed session shows what was frozen. `book`: the law, when already read."""
    if item.tally is None:
        return None
    verdict = item.verdict or item_vote_result(item, session, members, book)
    share = Fraction(verdict["share"])
    return {
        "total": verdict["members"],
        "agree": item.tally.agree,
        "against": item.tally.against,
        "other": item.tally.other,
        "recused": len(item.recused.all()),
        "absent": absent,
        "percent": format_percent(share).removesuffix("%"),
        "need": f"ít nhất {verdict['needed']}/{verdict['members']}",
        "passed": verdict["passed"],
        "arithmetic": verdict["arithmetic"],
        "citation": verdict["citation"],
        "confirmed": verdict["confirmed"],
    }


def session_quorum(session: CouncilSession) -> dict[str, Any] | None:
    """Whether enough members came, in words with its source; None before attendance is entered. A closed session keeps
    what it was closed with, whatever the law became since."""
    if session.quorum:
        kept: dict[str, Any] = session.quorum
        return kept
    if not session.attendance.exists():
        return None
    verdict = law.quorum_verdict_for(
        session.commune_id, session.held_on, members=session.members(), present=len(session.presence().present)
    )
    return verdict.facts()


def nominations_awaiting_session(session: CouncilSession) -> QuerySet[Nomination]:
    """Complete files that could be put on this session."""
    return (
        Nomination.objects.filter(commune_id=session.commune_id, state="complete")
        .for_lists()
        .order_by("received_on", "pk")
    )


def planned_sessions(commune_id: int) -> QuerySet[CouncilSession]:
    """Sessions that still take cases."""
    return CouncilSession.objects.filter(commune_id=commune_id, state="planned").order_by("held_on", "pk")


def with_case_counts(rows: QuerySet[CouncilSession]) -> QuerySet[CouncilSession]:
    """Sessions with the number of their cases, and how many passed."""
    return rows.annotate(cases=Count("items"), passed=Count("items", filter=Q(items__passed=True)))
