"""Record who attends a council session, and who of them missed single cases."""

from collections.abc import Iterator
from dataclasses import dataclass

from commendations.actions.case import touch_subject
from commendations.flow.session import COUNCIL_CHANGED
from commendations.models import Attendance, CouncilSession, ItemAbsence, SessionItem
from commendations.queries.session import session_items, sort_items_by_award
from commendations.rules.attendance import absence_kind
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.workflow.transitions import act


@dataclass(frozen=True)
class SeatAttendance:
    """Attendance of one seat: present, or absent with a reason and perhaps a written opinion.

    `missed`: the numbers of the cases that a present member missed, in the order of the session's page; `wrote` is then
    whether there is a written opinion on those cases.
    """

    present: bool
    reason: str = ""
    wrote: bool = False
    missed: frozenset[int] = frozenset()


def record_attendance(
    *,
    by: User,
    session: CouncilSession,
    seats: dict[int, SeatAttendance],
    presider_id: int | None,
    secretary_id: int | None,
    seen: int | None = None,
) -> CouncilSession:
    """Save the attendance of every seat ({seat id: attendance}), the presider and the secretary.

    Raises RuleBroken with every fault, each at its field.
    """
    present = sum(row.present for row in seats.values())
    with act("commendations.attend", session, by=by, seen=seen, present=present) as locked:
        if set(locked.version_of_council.seats.values_list("pk", flat=True)) != seats.keys():
            raise RuleBroken(COUNCIL_CHANGED)
        items = sort_items_by_award(locked, session_items(locked))
        RuleBroken.raise_all([*_seat_faults(seats, len(items)), *_officer_faults(seats, presider_id, secretary_id)])
        for seat_id, row in seats.items():
            Attendance.objects.update_or_create(
                session=locked,
                seat_id=seat_id,
                defaults={
                    "commune_id": locked.commune_id,
                    "present": row.present,
                    "absence_reason": "" if row.present else clean(row.reason),
                    "wrote_opinion": row.wrote and not row.present,
                },
            )
        _save_missed_cases(locked, items, seats)
        locked.presider_id = presider_id
        locked.secretary_id = secretary_id
        touch_subject(locked)
    return session


def _seat_faults(seats: dict[int, SeatAttendance], cases: int) -> Iterator[RuleBroken]:
    """Absences without a reason and impossible numbers of missed cases."""
    for seat_id, row in seats.items():
        if not row.present and not clean(row.reason):
            yield RuleBroken("Hãy ghi lý do vắng mặt.", field=f"reason_{seat_id}")
        missed = row.missed if row.present else frozenset()
        if not missed <= set(range(1, cases + 1)):
            yield RuleBroken(f"Phiên họp chỉ có {cases} hồ sơ.", field=f"missed_{seat_id}")
        elif missed and len(missed) == cases:
            yield RuleBroken("Không có mặt khi xét hồ sơ nào thì chọn “Vắng”.", field=f"missed_{seat_id}")


def _officer_faults(
    seats: dict[int, SeatAttendance], presider_id: int | None, secretary_id: int | None
) -> Iterator[RuleBroken]:
    """The presider and the secretary are two different seats that are present."""
    for name, seat_id in (("presider", presider_id), ("secretary", secretary_id)):
        if seat_id is None or seat_id not in seats or not seats[seat_id].present:
            yield RuleBroken("Hãy chọn một thành viên có mặt.", field=name)
    if presider_id is not None and presider_id == secretary_id:
        yield RuleBroken("Chủ trì và thư ký phải là hai người.", field="secretary")


def _save_missed_cases(session: CouncilSession, items: list[SessionItem], seats: dict[int, SeatAttendance]) -> None:
    """Replace who missed which of the `items`, which are numbered from 1."""
    ItemAbsence.objects.filter(item__session=session).delete()
    rows = []
    for seat_id, row in seats.items():
        for number in sorted(row.missed) if row.present else ():
            rows.append(
                ItemAbsence(
                    commune_id=session.commune_id,
                    item=items[number - 1],
                    seat_id=seat_id,
                    kind=absence_kind(number, row.missed, len(items)),
                    wrote_opinion=row.wrote,
                )
            )
    ItemAbsence.objects.bulk_create(rows)
