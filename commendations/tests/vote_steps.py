"""Shortcuts for tests of votes: attendance and votes of an open session by the place of the seat and of the case."""

from commendations.actions.attendance import SeatAttendance, record_attendance
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.models import CouncilSession
from commendations.tests import case_steps
from villages.models import Seat

NHI = "Lê Thị Ý Nhi"


def session_of_three() -> CouncilSession:
    """An open session on three cases; the nominee of the first is a member of the council."""
    return case_steps.opened_session(
        case_steps.complete_nomination(NHI, by="phunu"),
        case_steps.complete_nomination(),
        case_steps.complete_nomination("Lữ Thị Ơn", by="thon3"),
    )


def seats_of(session: CouncilSession) -> list[Seat]:
    return list(session.version_of_council.seats.select_related("person"))


def attend(session: CouncilSession, **states: SeatAttendance) -> list[Seat]:
    """Everybody is present but these seats, named by place ("s7"). Returns the seats."""
    seats = seats_of(session)
    attendance = {seat.pk: states.get(f"s{place}", SeatAttendance(True)) for place, seat in enumerate(seats, 1)}
    record_attendance(
        by=case_steps.user_named("vanphong"),
        session=session,
        seats=attendance,
        presider_id=seats[0].pk,
        secretary_id=seats[3].pk,
    )
    return seats


def vote(session: CouncilSession, *votes: ItemVoteCount) -> None:
    items = session.items.order_by("sort")
    counts = dict(zip((item.pk for item in items), votes, strict=False))
    record_vote_counts(by=case_steps.user_named("vanphong"), session=session, counts=counts)
