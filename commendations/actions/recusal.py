"""Recusals on a case: proposed from known relations, recorded with the case, lifted only with a reason."""

from collections.abc import Iterable

from django.utils import timezone

from commendations.flow.own_case import concerns_member
from commendations.models import Recusal, SessionItem
from commendations.queries.session import related_seats
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, is_reason
from villages.models import Seat
from villages.queries.same_people import kept_record

LIFT = "commendations.lift_recusal"


def propose(item: SessionItem) -> list[Seat]:
    """Recuse the seats related to the case on the day of the session, and everybody with a recusal in force on the case.

    So a recusal survives when the case is removed from a session, the session is moved or another council meets.
    """
    session = item.session
    case = item.nomination
    people = {seat.person_id for seat in related_seats(session, case)}
    people |= set(Recusal.objects.in_force().filter(nomination=case).values_list("person_id", flat=True))
    seats = list(session.version_of_council.seats.filter(person_id__in=people).select_related("person"))
    item.recused.set(seats)
    _record(item, seats)
    return seats


def change(*, by: User, item: SessionItem, seats: list[Seat], reason: str) -> None:
    """Recuse exactly these seats. Recusals of other seats are lifted with `reason`.

    Raises RuleBroken when that reason is missing, or when the user would lift their own recusal or decide on their own
    case.
    """
    new_ids = {seat.pk for seat in seats}
    before = list(item.recused.all())
    if {seat.pk for seat in before} == new_ids:
        return
    to_lift = [seat for seat in before if seat.pk not in new_ids]
    if to_lift:
        _lift(by, item, to_lift, clean(reason))
    item.recused.set(seats)
    _record(item, seats)


def _lift(by: User, item: SessionItem, seats: list[Seat], reason: str) -> None:
    case = item.nomination
    field = f"lift_reason_{item.pk}"
    names = ", ".join(seat.person.full_name for seat in seats)
    concerned = {seat.person.user_id for seat in seats} | {kept_record(case.person).user_id if case.person else None}
    _check_not_own(item, seats, field)
    if by.pk in concerned:
        raise RuleBroken(
            f"Hồ sơ {case.nominee_alone} liên quan đến chính bạn: người khác của Văn phòng mới được cho {names} tham gia "
            "biểu quyết. Chưa có gì được lưu.",
            field=field,
        )
    if not is_reason(reason):
        raise RuleBroken(
            f"Hồ sơ {case.nominee_alone}: {names} đang được đánh dấu không tham gia biểu quyết. Hãy đánh dấu lại, hoặc ghi lý do "
            "cho tham gia. Chưa có gì được lưu.",
            field=field,
        )
    people = [seat.person_id for seat in seats]
    _record(item, seats)
    Recusal.objects.in_force().filter(nomination=case, person_id__in=people).update(
        lifted_at=timezone.now(), lifted_by=by, lifted_in=item.session, lift_reason=reason[:300]
    )
    record_entry(
        commune_id=item.commune_id,
        actor=by,
        act=LIFT,
        label="Cho tham gia biểu quyết trở lại",
        subject=item.session,
        about=f"{names}, hồ sơ {case.nominee_alone}",
        facts={"nomination": case.pk, "people": people, "reason": reason[:300]},
    )


def _check_not_own(item: SessionItem, seats: list[Seat], field: str) -> None:
    """RuleBroken for a seat whose own case it is: no reason lets that member vote."""
    case = item.nomination
    if own := [seat for seat in seats if concerns_member(case, seat.person, item.session.held_on)]:
        raise RuleBroken(
            f"Hồ sơ {case.nominee_alone} là của chính {', '.join(seat.person.full_name for seat in own)}: người được xét không "
            "tham gia biểu quyết, không lý do nào cho tham gia. Chưa có gì được lưu.",
            field=field,
        )


def _record(item: SessionItem, seats: Iterable[Seat]) -> None:
    """Create a recusal in force for each seat that has none on the case."""
    for seat in seats:
        Recusal.objects.get_or_create(
            commune_id=item.commune_id, nomination_id=item.nomination_id, person_id=seat.person_id, lifted_at=None
        )
