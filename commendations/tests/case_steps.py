"""Shortcuts for tests: bring nominations and sessions into a state through the actions."""

from datetime import date, time

from commendations.actions import appraisal
from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.actions.attendance import SeatAttendance, record_attendance
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.models import CouncilSession, Nomination
from commendations.rules.vote_tally import BallotCount, VoteTally
from emulation.accounts.models import User
from emulation.communes.models import Commune
from villages.models import Household, Person, Unit

SESSION_DAY = date(2026, 11, 5)
DEED = "Hiến 120 m² đất và 15 ngày công mở rộng đường vào xóm, vận động ba hộ cùng làm."


def user_named(name: str) -> User:
    return User.objects.get(username=name)


def draft_nomination(name: str = "Lê Thị Lụa", by: str = "thon1") -> Nomination:
    """A draft that can be submitted."""
    person = Person.objects.get(commune__code="binh-luong", full_name=name)
    case = nominations.start_nomination(by=user_named(by), unit=person.unit, nominee=person)
    return fill_nomination(case, by)


def fill_nomination(case: Nomination, by: str = "thon1", deed: str = DEED) -> Nomination:
    content = nominations.NominationContent(
        achievement="xuất sắc trong phong trào xây dựng nông thôn mới năm 2026",
        field_name="Xây dựng nông thôn mới",
        deed=deed,
        past_awards="2024; Gia đình văn hóa; Quyết định số 20/QĐ-UBND ngày 10/12/2024",
        period_from=date(2026, 1, 1),
        period_to=date(2026, 10, 31),
    )
    return nominations.save_nomination(by=user_named(by), nomination=case, content=content)


def submitted_nomination(name: str = "Lê Thị Lụa", by: str = "thon1") -> Nomination:
    """Submitted by the head of the unit, or by the office for a head who is the nominee."""
    case = draft_nomination(name, by)
    own = case.person is not None and case.person.user == user_named(by)
    return nominations.submit_nomination(by=user_named("vanphong" if own else by), nomination=case, on=SESSION_DAY)


def with_full_checklist(case: Nomination) -> Nomination:
    marks = {entry.pk: appraisal.ChecklistMark(True) for entry in case.checklist.all()}
    return appraisal.save_checklist(by=user_named("vanphong"), nomination=case, marks=marks)


def complete_nomination(name: str = "Lê Thị Lụa", by: str = "thon1") -> Nomination:
    return appraisal.complete_nomination(
        by=user_named("vanphong"), nomination=with_full_checklist(submitted_nomination(name, by))
    )


def planned_session(held_on: date = SESSION_DAY) -> CouncilSession:
    commune = Commune.objects.get(code="binh-luong")
    schedule = sessions.SessionSchedule(held_on=held_on, starts_at=time(14, 0), place="Phòng họp UBND xã")
    return sessions.plan_session(by=user_named("vanphong"), commune=commune, schedule=schedule)


def session_with(*cases: Nomination, session: CouncilSession | None = None) -> CouncilSession:
    session = session or planned_session()
    for case in cases:
        sessions.add_to_session(by=user_named("vanphong"), nomination=case, session=session)
    session.refresh_from_db()
    return session


def opened_session(*cases: Nomination) -> CouncilSession:
    session = session_with(*cases)
    return sessions.open_session(by=user_named("vanphong"), session=session)


def with_attendance(session: CouncilSession, absent: int = 1) -> CouncilSession:
    """All members are present except the last `absent` ones."""
    seats = list(session.version_of_council.seats.all())
    away = {seat.pk for seat in seats[len(seats) - absent :]} if absent else set()
    attendance = {
        seat.pk: SeatAttendance(seat.pk not in away, "Đi tập huấn" if seat.pk in away else "") for seat in seats
    }
    by_role = {seat.role: seat.pk for seat in reversed(seats)}
    return record_attendance(
        by=user_named("vanphong"),
        session=session,
        seats=attendance,
        presider_id=by_role["chair"],
        secretary_id=by_role["standing"],
    )


def with_vote_counts(session: CouncilSession, agree: int | None = None, against: int = 0) -> CouncilSession:
    """All voters agree, or `agree` of those at the meeting; those neither for nor against have another opinion."""
    counts = {}
    for item in session.items.all():
        recused = frozenset(item.recused.values_list("pk", flat=True))
        turnout = item.turnout(session.presence())
        yes = turnout.by_hand - against if agree is None else agree
        votes = VoteTally(yes, against, max(0, turnout.by_hand - yes - against))
        counts[item.pk] = ItemVoteCount(
            votes,
            recused,
            in_writing=VoteTally(turnout.in_writing),
            ballots=BallotCount.all_returned(votes),
        )
    return record_vote_counts(by=user_named("vanphong"), session=session, counts=counts)


def with_minutes(session: CouncilSession) -> CouncilSession:
    return sessions.write_minutes(
        by=user_named("vanphong"),
        session=session,
        discussion="Các ý kiến đều nhất trí với báo cáo thẩm định.",
        conclusion="Đề nghị Văn phòng trình Chủ tịch trong ngày.",
        ends_at=time(15, 30),
    )


def closed_session(*cases: Nomination, agree: int | None = None) -> CouncilSession:
    session = with_minutes(with_vote_counts(with_attendance(opened_session(*cases)), agree=agree))
    return sessions.close_session(by=user_named("vanphong"), session=session)


def unit_by_code(code: str) -> Unit:
    return Unit.objects.get(commune__code="binh-luong", code=code)


def household_by_head(head: str = "Lê Văn Bảy") -> Household:
    return Household.objects.get(commune__code="binh-luong", head_name=head)
