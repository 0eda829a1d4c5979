"""Actions on the leader of a collective that is no unit, by date: recorded, ended, taken back.

A leader is an `Appointment`, as the head of a unit is: who leads it on that day is recused for its case.
"""

from datetime import date, timedelta

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import not_future
from emulation.workflow.transitions import act
from villages.models import Appointment, Collective, Person
from villages.queries.collectives import leaders_of

ONE_DAY = timedelta(days=1)


def set_collective_leader(
    *, by: User, collective: Collective, person: Person, post: str, starts_on: date
) -> Collective:
    """The person leads the collective from that day, and the one before until the day before.

    RuleBroken for a day after today or not after the first day of the last leader, for no post, and for the same again.
    """
    with act("villages.set_collective_leader", collective, by=by, about=person.full_name, day=starts_on) as locked:
        not_future(starts_on, "Ngày đứng đầu", "starts_on")
        post = clean(post)
        if not post:
            raise RuleBroken("Hãy ghi chức vụ, ví dụ Tổ trưởng.", field="post")
        last = leaders_of(locked).first()
        if last is not None:
            _check_follows(last, person, post, starts_on)
            _end_before(last, starts_on)
        Appointment.objects.create(
            commune_id=locked.commune_id, unit_id=locked.pk, person=person, post=post, starts_on=starts_on
        )
    return collective


def _check_follows(last: Appointment, person: Person, post: str, starts_on: date) -> None:
    if starts_on <= last.starts_on:
        raise RuleBroken(
            f"{last.person.full_name} đứng đầu từ {format_date(last.starts_on)}: ngày này phải sau đó. Lần ấy ghi nhầm thì rút đi.",
            field="starts_on",
        )
    if last.ends_on is None and (last.person_id, last.post) == (person.pk, post):
        raise RuleBroken(f"{person.full_name} đang đứng đầu rồi.", field="name")


def _end_before(last: Appointment, day: date) -> None:
    if last.ends_on is None or last.ends_on >= day:
        last.ends_on = day - ONE_DAY
        last.save(update_fields=["ends_on"])


def end_collective_leader(*, by: User, collective: Collective, ends_on: date) -> Collective:
    """From that day nobody leads the collective. RuleBroken for a day after today or not after the leader's first day."""
    with act("villages.end_collective_leader", collective, by=by, day=ends_on) as locked:
        not_future(ends_on, "Ngày thôi", "ends_on")
        last = leaders_of(locked).get(ends_on=None)  # the step's guard: somebody leads it
        if ends_on <= last.starts_on:
            message = f"{last.person.full_name} đứng đầu từ {format_date(last.starts_on)}: ngày thôi phải sau đó."
            raise RuleBroken(message, field="ends_on")
        _end_before(last, ends_on)
    return collective


def take_back_collective_leader(*, by: User, collective: Collective) -> Collective:
    """What was recorded last was a mistake: that somebody leads it, who is then succeeded by nobody, or that they no longer do.

    RuleBroken when that makes somebody the leader who left.
    """
    with act("villages.take_back_collective_leader", collective, by=by) as locked:
        last, *earlier = leaders_of(locked)
        if last.ends_on is not None:
            _continue(last)
            return collective
        last.delete()
        if earlier and earlier[0].ends_on == last.starts_on - ONE_DAY:
            _continue(earlier[0])
    return collective


def _continue(leader: Appointment) -> None:
    if not leader.person.is_active:
        raise RuleBroken(
            f"{leader.person.full_name} không còn ở đơn vị: rút thay đổi đó trên trang của người này trước."
        )
    leader.ends_on = None
    leader.save(update_fields=["ends_on"])
