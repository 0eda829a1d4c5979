"""Shorthands of the tests: nominations and sessions brought to a state by the acts themselves."""

from datetime import date, time

from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.models import CouncilSession, Nomination
from commendations.rules.hands import Tally
from emulation.accounts.models import User
from emulation.communes.models import Commune
from villages.models import Household, Person, Unit

ON = date(2026, 11, 5)
DEED = "Hiến 120 m² đất và 15 ngày công mở rộng đường vào xóm, vận động ba hộ cùng làm."


def login(name: str) -> User:
    return User.objects.get(username=name)


def draft(name: str = "Lê Thị Lụa", by: str = "thon1") -> Nomination:
    """A nomination with everything that it needs to be submitted."""
    person = Person.objects.get(commune__code="binh-luong", full_name=name)
    case = nominations.start(by=login(by), unit=person.unit, nominee=person)
    return fill(case, by)


def fill(case: Nomination, by: str = "thon1") -> Nomination:
    content = nominations.Content(
        achievement="xuất sắc trong phong trào xây dựng nông thôn mới năm 2026",
        field_name="Xây dựng nông thôn mới",
        deed=DEED,
        past_awards="2024; Gia đình văn hóa; Quyết định số 20/QĐ-UBND ngày 10/12/2024",
        period_from=date(2026, 1, 1),
        period_to=date(2026, 10, 31),
    )
    return nominations.edit(by=login(by), nomination=case, content=content)


def submitted(name: str = "Lê Thị Lụa", by: str = "thon1") -> Nomination:
    return nominations.submit(by=login(by), nomination=draft(name, by), on=ON)


def all_met(case: Nomination) -> Nomination:
    marks = {entry.pk: nominations.Mark(True) for entry in case.checklist.all()}
    return nominations.check(by=login("vanphong"), nomination=case, marks=marks)


def complete(name: str = "Lê Thị Lụa", by: str = "thon1") -> Nomination:
    return nominations.complete(by=login("vanphong"), nomination=all_met(submitted(name, by)))


def planned(held_on: date = ON) -> CouncilSession:
    commune = Commune.objects.get(code="binh-luong")
    when = sessions.When(held_on=held_on, starts_at=time(14, 0), place="Phòng họp UBND xã")
    return sessions.plan(by=login("vanphong"), commune=commune, when=when)


def on_session(*cases: Nomination, session: CouncilSession | None = None) -> CouncilSession:
    session = session or planned()
    for case in cases:
        sessions.put_on_session(by=login("vanphong"), nomination=case, session=session)
    session.refresh_from_db()
    return session


def opened(*cases: Nomination) -> CouncilSession:
    session = on_session(*cases)
    return sessions.open_session(by=login("vanphong"), session=session)


def attended(session: CouncilSession, absent: int = 1) -> CouncilSession:
    """Everybody came but the last `absent` members."""
    seats = list(session.version_of_council.seats.all())
    away = {seat.pk for seat in seats[len(seats) - absent :]} if absent else set()
    found = {seat.pk: sessions.Seen(seat.pk not in away, "Đi tập huấn" if seat.pk in away else "") for seat in seats}
    by_role = {seat.role: seat.pk for seat in reversed(seats)}
    return sessions.attend(
        by=login("vanphong"),
        session=session,
        seats=found,
        presider_id=by_role["chair"],
        secretary_id=by_role["standing"],
    )


def counted(session: CouncilSession, agree: int | None = None, against: int = 0) -> CouncilSession:
    """All who may vote agree, or `agree` of them; who neither agrees nor is against is of another opinion."""
    counts = {}
    for item in session.items.all():
        recused = frozenset(item.recused.values_list("pk", flat=True))
        voters = session.presence().may_vote(recused)
        yes = voters - against if agree is None else agree
        counts[item.pk] = sessions.Counted(Tally(yes, against, max(0, voters - yes - against)), recused)
    return sessions.count(by=login("vanphong"), session=session, counts=counts)


def ended(session: CouncilSession) -> CouncilSession:
    return sessions.write_minutes(
        by=login("vanphong"),
        session=session,
        discussion="Các ý kiến đều nhất trí với báo cáo thẩm định.",
        conclusion="Đề nghị Văn phòng trình Chủ tịch trong ngày.",
        ends_at=time(15, 30),
    )


def closed(*cases: Nomination, agree: int | None = None) -> CouncilSession:
    session = ended(counted(attended(opened(*cases)), agree=agree))
    return sessions.close(by=login("vanphong"), session=session)


def unit(code: str) -> Unit:
    return Unit.objects.get(commune__code="binh-luong", code=code)


def household(head: str = "Lê Văn Bảy") -> Household:
    return Household.objects.get(commune__code="binh-luong", head_name=head)
