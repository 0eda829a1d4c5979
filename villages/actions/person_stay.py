"""Where a person belongs by date: moved to another unit, retired, left, died; with the posts that end then."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.notices.actions import notify_users
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.actions.heads import ONE_DAY
from villages.actions.household_heads import refuse_head
from villages.actions.name_marks import lock_names, refresh_marks
from villages.actions.people import check_twins
from villages.actions.person_changes import check_change_day, new_change
from villages.models import Appointment, CouncilLiaison, Person, PersonChange, Unit, UnitTransfer
from villages.queries.people import head_ids_of_units

EndedRows = dict[str, dict[str, Any]]
"""{kind of row: {id: its last day before}} of what a change ended."""
ENDING_MODELS: dict[str, Any] = {
    "appointments": Appointment,
    "memberships": Membership,
    "liaisons": CouncilLiaison,
}


def record_leaving(
    *, by: User, person: Person, kind: str, effective_on: date, note: str = "", idempotency_key: str = ""
) -> PersonChange:
    """The person retired, left or died (`kind`): from that day not offered for new entries, posts in units end the day
    before. What is open about the person stays. RuleBroken for a day after today or before the person came to the unit
    (unless a change of units brought them), and for somebody with a role in the commune, which is handed over first.
    """

    def make() -> PersonChange:
        facts: dict[str, Any] = {"kind": kind, "day": effective_on, **_account_of(person)}
        with act("villages.record_leaving", person, by=by, about=person.full_name, **facts) as locked:
            if kind not in PersonChange.ENDINGS:
                raise RuleBroken("Hãy chọn một trường hợp trong danh sách.", "kind")
            _check_stay_day(locked, kind, effective_on)
            _refuse_commune_roles(locked)
            ended = _end_posts(locked, effective_on)
            change = new_change(by, locked, kind, effective_on, note, ended=ended)
            change.save()
            locked.is_active = False
        _notify_heads(by, change, [person.unit], f"{person.full_name}: {change.get_kind_display().lower()}")
        return change

    return create_once(idempotency_key, person.commune, PersonChange, make)


def move_person(
    *, by: User, person: Person, to_unit: Unit, effective_on: date, note: str = "", idempotency_key: str = ""
) -> PersonChange:
    """The person belongs to another unit from that day; what was entered before stays with the old one. Heads of the old
    unit are so until the day before, the household is not theirs any more. RuleBroken as in `record_leaving`, for a unit
    that does not exist on the day, and TwinFound for somebody there who may be the same person.
    """

    def make() -> PersonChange:
        lock_names(to_unit.pk)
        facts: dict[str, Any] = {"to": to_unit.name, "day": effective_on, **_account_of(person)}
        with act("villages.move_person", person, by=by, about=person.full_name, **facts) as locked:
            _check_unit(locked, to_unit, effective_on)
            _check_stay_day(locked, PersonChange.MOVED, effective_on)
            refuse_head(locked)
            ended: dict[str, Any] = _end_posts(locked, effective_on, unit=locked.unit)
            if locked.household_id:
                ended["household"] = locked.household_id
            change = new_change(
                by, locked, PersonChange.MOVED, effective_on, note, from_unit=locked.unit, to_unit=to_unit, ended=ended
            )
            change.save()
            _store_unit(locked, change)
            check_twins(locked, None)
        refresh_marks(person)
        _notify_heads(by, change, [change.from_unit, to_unit], f"{person.full_name} chuyển đến {to_unit.name}")
        return change

    return create_once(idempotency_key, person.commune, PersonChange, make)


def restore_stay(person: Person, change: PersonChange) -> None:
    """The person is in the unit as before the change; posts that it ended go on, unless somebody else has them now."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    _restore_posts(change)


def restore_unit(person: Person, change: PersonChange) -> None:
    """The person belongs to the unit of before the move. RuleBroken if a change of units moved them since."""
    if person.unit_id != change.to_unit_id or not person.is_active:
        raise RuleBroken("Sau đó người này đã chuyển tiếp hoặc rời đơn vị: hãy rút thay đổi đó trước.")
    UnitTransfer.objects.filter(person_change=change).delete()
    assert change.from_unit is not None  # a constraint of the table
    person.unit = change.from_unit
    person.unit_since = (
        UnitTransfer.objects.filter(person=person).order_by("-moved_on").values_list("moved_on", flat=True).first()
    )
    person.household_id = change.ended.get("household")
    person.save(update_fields=["unit", "unit_since", "household"])
    _restore_posts(change)


def _account_of(person: Person) -> dict[str, str]:
    """The login name for the audit entry of what may end roles; {} for people without an account."""
    return {"account": person.user.username} if person.user else {}


def _store_unit(person: Person, change: PersonChange) -> None:
    assert change.to_unit is not None
    UnitTransfer.objects.create(
        commune_id=person.commune_id,
        person_change=change,
        person=person,
        from_unit=person.unit,
        to_unit=change.to_unit,
        moved_on=change.effective_on,
    )
    person.unit = change.to_unit
    person.unit_since = change.effective_on
    person.household = None


def _check_unit(person: Person, unit: Unit, day: date) -> None:
    if unit.pk == person.unit_id:
        raise RuleBroken("Người này đang ở đơn vị đó.", "to_unit")
    if (
        not Unit.objects.filter(commune_id=person.commune_id, pk=unit.pk)
        .in_force(max(day, timezone.localdate()))
        .exists()
    ):
        raise RuleBroken("Đơn vị này không có vào ngày đó.", "to_unit")


def _check_stay_day(person: Person, kind: str, day: date) -> None:
    check_change_day(person, kind, day)
    if (
        person.unit_since
        and day <= person.unit_since
        and not (kind in PersonChange.ENDINGS and _came_with_unit(person))
    ):
        message = f"{person.full_name} thuộc {person.unit.name} từ ngày {format_date(person.unit_since)}: ngày này phải sau đó."
        raise RuleBroken(message, "effective_on")


def _came_with_unit(person: Person) -> bool:
    """Whether a change of units brought the person to the unit: who died or left before it is known only afterwards."""
    brought = UnitTransfer.objects.filter(person=person, moved_on=person.unit_since, change__isnull=False)
    return brought.exists()


def _refuse_commune_roles(person: Person) -> None:
    """Such a role is handed over or ended on the page of the account, where the rules about it are."""
    roles = _memberships(person).exclude(role__in=UNIT_HEAD_ROLES).values_list("role", flat=True)
    if roles:
        titles = ", ".join(sorted({Role(role).title for role in roles}))
        raise RuleBroken(f"{person.full_name} đang giữ vai {titles}: hãy giao hoặc thôi vai đó ở “Tài khoản” trước.")


def _memberships(person: Person) -> Any:
    """The roles of the person's account that last today or are to begin, those of a deputy left out."""
    rows = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), acts_for_id=None)
    return rows.filter(commune_id=person.commune_id, user_id=person.user_id or 0)


def _end_posts(person: Person, day: date, unit: Unit | None = None) -> EndedRows:
    """Ends the posts of the person (in `unit`) the day before; rights end today at the earliest: what was done is done."""
    heads = _memberships(person).filter(role__in=UNIT_HEAD_ROLES)
    appointments = Appointment.objects.filter(person=person)
    liaisons = CouncilLiaison.objects.filter(person=person)
    if unit is not None:
        heads = heads.filter(unit_id=unit.pk)
        appointments = appointments.filter(Q(unit=unit) | Q(unit__parent=unit))  # of a collective of the unit too
        liaisons = liaisons.none()
    return {
        "memberships": _end(heads, max(day, timezone.localdate())),
        "appointments": _end(appointments, day),
        "liaisons": _end(liaisons, day),
    }


def _end(rows: Any, day: date) -> dict[str, Any]:
    """Ends dated rows the day before; {id: last day before, as text, or None}. RuleBroken for one that begins later."""
    running = list(rows.filter(Q(ends_on=None) | Q(ends_on__gte=day)))
    if later := next((row for row in running if row.starts_on >= day), None):
        raise RuleBroken(_later_post(later), "effective_on")
    ended = {str(row.pk): row.ends_on.isoformat() if row.ends_on else None for row in running}
    rows.filter(pk__in=[row.pk for row in running]).update(ends_on=day - ONE_DAY)
    return ended


def _later_post(row: Any) -> str:
    """That this dated row begins on the day of the change or later, and where it is ended."""
    if isinstance(row, Appointment) and row.unit.is_collective:
        led = f"Người này đứng đầu {row.unit.name} từ {format_date(row.starts_on)}"
        return f"{led}: chọn ngày sau đó, hoặc rút việc ấy ở trang của tập thể trước."
    since = f"Người này có việc ở đơn vị từ {format_date(row.starts_on)}"
    return f"{since}: chọn ngày sau đó, hoặc thôi việc đó ở “Tài khoản” trước."


def _restore_posts(change: PersonChange) -> None:
    """A head whose unit has another one now stays ended, and so does the liaison of a unit that has another one."""
    today = timezone.localdate()
    for name, model in ENDING_MODELS.items():
        for pk, last_day in change.ended.get(name, {}).items():
            row = model.objects.filter(pk=pk).first()
            if row is not None and not _is_taken(model, row, change.person, today):
                row.ends_on = date.fromisoformat(last_day) if last_day else None
                row.save(update_fields=["ends_on"])


def _is_taken(model: Any, row: Any, person: Person, today: date) -> bool:
    """Whether somebody else than the person has the post of this unit today."""
    others = Appointment if model is Membership else model
    rows = others.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), unit_id=row.unit_id)
    return bool(rows.exclude(person=person).exists())


def _notify_heads(by: User, change: PersonChange, units: list[Any], text: str) -> None:
    today = timezone.localdate()
    heads = set(head_ids_of_units(units, today)) - {by.pk}
    notify_users(
        commune_id=change.commune_id,
        users=heads,
        text=f"{text}, từ ngày {format_date(change.effective_on)}. Hồ sơ, điển hình đã có vẫn giữ nguyên.",
        link=change.person.unit.get_absolute_url(),  # a head reads people of their own unit only
        key=f"person-change:{change.pk}",
    )
