"""Actions on council liaisons and on absences of unit heads."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.models import Absence, CouncilLiaison, Person, Unit
from villages.queries.people import unit_head_ids
from villages.queries.role_conflicts import head_fault

LONGEST_ABSENCE_DAYS = 366


def assign_liaisons(*, by: User, commune: Commune, liaisons: dict[int, Person | None]) -> int:
    """Assigns the council member in charge of each unit from today ({unit id: member or None}); notifies new members.

    Returns the number of units that changed. Earlier assignments stay, with their last day.
    """
    today = timezone.localdate()
    changed = 0
    with act("villages.assign_charges", commune, by=by) as locked:
        present = {row.unit_id: row for row in CouncilLiaison.objects.filter(commune=locked, ends_on=None)}
        for unit in Unit.objects.filter(commune=locked, pk__in=liaisons):
            person = liaisons[unit.pk]
            old = present.get(unit.pk)
            if (old.person_id if old else None) == (person.pk if person else None):
                continue
            changed += 1
            if old:
                _end_liaison(old, today)
            if person:
                CouncilLiaison.objects.create(commune=locked, unit=unit, person=person, starts_on=today)
                _notify_liaison(person, unit, today)
    return changed


def _notify_liaison(person: Person, unit: Unit, today: date) -> None:
    if person.user_id:
        notify_users(
            commune_id=unit.commune_id,
            users=[person.user_id],
            text=f"Anh/chị được phân công phụ trách {unit.name} từ {format_date(today)}.",
            link=unit.get_absolute_url(),
            key=f"charge:{unit.pk}:{today}",
        )


def _end_liaison(row: CouncilLiaison, today: date) -> None:
    """Ends an assignment yesterday; deletes one that began today, because it was never in force for a full day."""
    if row.starts_on >= today:
        row.delete()
        return
    row.ends_on = today - timedelta(days=1)
    row.save(update_fields=["ends_on"])


def record_absence(
    *, by: User, unit: Unit, head: User, starts_on: date, ends_on: date, deputy: User | None = None, note: str = ""
) -> Absence:
    """Records that the head of a unit is away; the deputy, if any, gets the head's role in the unit for those days.

    RuleBroken for impossible or overlapping days, or for a user who may not be the deputy.
    """
    _check_absence_days(starts_on, ends_on)
    if deputy:
        _check_deputy(deputy, head, unit, starts_on, ends_on)
    with act("villages.record_absence", unit, by=by, head=head.username) as locked:
        if head.pk not in unit_head_ids(locked, max(starts_on, timezone.localdate())):
            raise RuleBroken("Người này không đứng đầu đơn vị vào ngày đó.", field="head")
        overlap = Q(starts_on__lte=ends_on, ends_on__gte=starts_on)
        if Absence.objects.filter(overlap, unit=locked, head=head).exists():
            raise RuleBroken("Đã báo vắng những ngày này rồi. Về sớm thì bấm “Đã về” rồi báo lại.", field="starts_on")
        absence = Absence.objects.create(
            commune_id=locked.commune_id,
            unit=locked,
            head=head,
            deputy=deputy,
            starts_on=starts_on,
            ends_on=ends_on,
            note=clean(note),
        )
        if deputy:
            _grant_deputy_role(absence)
    return absence


def _check_absence_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RuleBroken("Ngày về không thể trước ngày đi.", field="ends_on")
    if ends_on < timezone.localdate():
        raise RuleBroken("Đợt vắng này đã qua rồi.", field="ends_on")
    if (ends_on - starts_on).days > LONGEST_ABSENCE_DAYS:
        raise RuleBroken("Vắng quá một năm thì cử người đứng đầu mới.", field="ends_on")


def _check_deputy(deputy: User, head: User, unit: Unit, starts_on: date, ends_on: date) -> None:
    if deputy.pk == head.pk:
        raise RuleBroken("Người làm thay phải là người khác.", field="deputy")
    if capacity_of(deputy).commune_id != unit.commune_id:
        raise RuleBroken(f"{deputy.full_name} không giữ vai nào ở xã này.", field="deputy")
    if fault := head_fault(deputy.full_name, deputy, unit.commune_id, starts_on, ends_on):
        raise RuleBroken(fault, field="deputy")


def _grant_deputy_role(absence: Absence) -> None:
    """Gives the deputy the head's role in the unit for the days of the absence, and notifies them."""
    assert absence.deputy_id
    head_memberships = Membership.objects.filter(
        commune_id=absence.commune_id, user_id=absence.head_id, unit_id=absence.unit_id, role__in=UNIT_HEAD_ROLES
    )
    role = head_memberships.order_by("-starts_on").values_list("role", flat=True)[0]
    Membership.objects.update_or_create(
        commune_id=absence.commune_id,
        user_id=absence.deputy_id,
        role=role,
        unit_id=absence.unit_id,
        starts_on=absence.starts_on,
        defaults={"ends_on": absence.ends_on},
    )
    notify_users(
        commune_id=absence.commune_id,
        users=[absence.deputy_id],
        text=f"Anh/chị làm thay người đứng đầu {absence.unit.name} từ {format_date(absence.starts_on)} đến {format_date(absence.ends_on)}.",
        link=reverse("reports:todo"),
        key=f"absence:{absence.pk}",
    )


def end_absence(*, by: User, absence: Absence) -> None:
    """Ends an absence yesterday, and the deputy's role with it, because the head is back."""
    today = timezone.localdate()
    with act("villages.end_absence", absence, by=by) as locked:
        deputy = Membership.objects.filter(
            commune_id=locked.commune_id,
            user_id=locked.deputy_id or 0,
            unit_id=locked.unit_id,
            starts_on=locked.starts_on,
        )
        if locked.starts_on >= today:
            deputy.delete()
        else:
            deputy.update(ends_on=today - timedelta(days=1))
        locked.ends_on = max(locked.starts_on, today - timedelta(days=1))
        if locked.starts_on >= today:
            locked.starts_on = locked.ends_on = today - timedelta(days=1)
