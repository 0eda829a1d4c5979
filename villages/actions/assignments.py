"""Actions on council liaisons and on absences of unit heads."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.models import Absence, CouncilLiaison, Person, Unit
from villages.queries.people import unit_head_ids

LONGEST_ABSENCE_DAYS = 366
# Who checks, decides, numbers or supervises cannot answer for a unit too.
ROLES_NOT_DEPUTY = frozenset({Role.office, Role.clerk, Role.chair, Role.superior, Role.administrator})


def assign_liaisons(*, by: User, commune: Commune, liaisons: dict[int, Person | None]) -> int:
    """Says from today on which council member is in charge of which unit ({unit id: member or None}).

    Returns how many units changed hands; those who are newly in charge are told. What was before stays with its days.
    """
    today, changed = timezone.localdate(), 0
    with act("villages.assign_charges", commune, by=by) as locked:
        now = {
            row.unit_id: row
            for row in CouncilLiaison.objects.filter(commune=locked, ends_on=None).select_related("person")
        }
        for unit in Unit.objects.filter(commune=locked, pk__in=liaisons):
            person, old = liaisons[unit.pk], now.get(unit.pk)
            if (old.person_id if old else None) == (person.pk if person else None):
                continue
            changed += 1
            if old:
                _end_liaison(old, today)
            if person:
                CouncilLiaison.objects.create(commune=locked, unit=unit, person=person, starts_on=today)
                if person.user_id:
                    notify_users(
                        commune_id=locked.pk,
                        users=[person.user_id],
                        text=f"Anh/chị được phân công phụ trách {unit.name} từ {format_date(today)}.",
                        link=unit.get_absolute_url(),
                        key=f"charge:{unit.pk}:{today}",
                    )
    return changed


def _end_liaison(row: CouncilLiaison, today: date) -> None:
    """Up to yesterday; one that began today was a slip and goes."""
    if row.starts_on >= today:
        row.delete()
        return
    row.ends_on = today - timedelta(days=1)
    row.save(update_fields=["ends_on"])


def record_absence(
    *, by: User, unit: Unit, head: User, starts_on: date, ends_on: date, deputy: User | None = None, note: str = ""
) -> Absence:
    """The head of a unit is away; the deputy may answer for the unit in those days. RuleBroken when the days cannot be."""
    if ends_on < starts_on:
        raise RuleBroken("Ngày về không thể trước ngày đi.", field="ends_on")
    if ends_on < timezone.localdate():
        raise RuleBroken("Đợt vắng này đã qua rồi.", field="ends_on")
    if (ends_on - starts_on).days > LONGEST_ABSENCE_DAYS:
        raise RuleBroken("Vắng quá một năm thì cử người đứng đầu mới.", field="ends_on")
    if deputy and deputy.pk == head.pk:
        raise RuleBroken("Người làm thay phải là người khác.", field="deputy")
    if deputy and not may_deputize(deputy, unit):
        raise RuleBroken(
            "Người này thẩm định, quyết định hoặc giám sát nên không làm thay cho đơn vị được.", field="deputy"
        )
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


def may_deputize(user: User, unit: Unit) -> bool:
    """Whether somebody may answer for a unit while its head is away: a colleague of the commune who checks nothing of it."""
    capacity = capacity_of(user)
    return capacity.commune_id == unit.commune_id and capacity.roles.isdisjoint(ROLES_NOT_DEPUTY)


def _grant_deputy_role(absence: Absence) -> None:
    """The deputy holds the head's role in the unit for those days, and hears of it."""
    assert absence.deputy_id
    held = Membership.objects.filter(
        commune_id=absence.commune_id, user_id=absence.head_id, unit_id=absence.unit_id, role__in=UNIT_HEAD_ROLES
    )
    role = held.order_by("-starts_on").values_list("role", flat=True)[0]
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
        link="/viec-cua-toi/",
        key=f"absence:{absence.pk}",
    )


def end_absence(*, by: User, absence: Absence) -> None:
    """The head is back: what lies ahead of the absence is taken away, and the deputy's role with it."""
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
