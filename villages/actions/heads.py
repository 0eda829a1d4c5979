"""Action on the head of a unit: somebody elected or appointed, or an acting head until a day."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.actions.unit_moves import may_head, set_head
from villages.models import Appointment, Person, Unit
from villages.queries.acting_heads import acting_head_months
from villages.rules.unit_changes import acting_fault, last_acting_day


@transaction.atomic
def set_unit_head(
    *, by: User, unit: Unit, person: Person, starts_on: date, acting_until: date | None = None, paper: str = ""
) -> None:
    """The person heads the unit from that day; those before do so until the day before. `acting_until`: an acting head.

    RuleBroken for somebody who checks units, a day before today, or more than the law's months as acting head of the
    unit, earlier days of the same person counted (NĐ 185/2026/NĐ-CP Điều 4).
    """
    with act("villages.set_unit_head", unit, by=by, head=person.full_name, day=starts_on, paper=paper) as locked:
        if starts_on < timezone.localdate():
            raise RuleBroken("Chỉ cử từ hôm nay trở đi: những ngày trước người cũ đã làm việc.", field="starts_on")
        if locked.dissolved_on and locked.dissolved_on <= starts_on:
            raise RuleBroken("Đơn vị đã kết thúc vào ngày đó.", field="starts_on")
        if person.commune_id != locked.commune_id or not may_head(person, locked):
            raise RuleBroken(
                "Người này thẩm định, quyết định hoặc giám sát, hoặc không có tài khoản, nên không đứng đầu đơn vị được.",
                field="head",
            )
        if acting_until is not None:
            _check_acting(locked, person, starts_on, acting_until)
        set_head(locked, person, starts_on, acting_until=acting_until)
    notify_users(
        commune_id=unit.commune_id,
        users=[person.user_id] if person.user_id else [],
        text=f"Anh/chị đứng đầu {unit.name} từ {format_date(starts_on)}.",
        link=unit.get_absolute_url(),
        key=f"head:{unit.pk}:{starts_on}",
    )


def _check_acting(unit: Unit, person: Person, starts_on: date, until: date) -> None:
    months = acting_head_months(unit.commune_id, starts_on)
    if fault := acting_fault(starts_on, until, months):
        raise RuleBroken(fault, field="acting_until")
    earlier = Appointment.objects.filter(unit=unit, person=person, acting=True, starts_on__lt=starts_on)
    first = earlier.order_by("starts_on").first()
    if first is not None and until > last_acting_day(first.starts_on, months):
        raise RuleBroken(
            f"{person.full_name} đã phụ trách {unit.name} từ ngày {format_date(first.starts_on)}: không quá hạn chung "
            f"đến hết ngày {format_date(last_acting_day(first.starts_on, months))}.",
            field="acting_until",
        )
