"""What giving or handing over a role would end and begin, and what somebody who leaves a role has personally."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from django.db.models import Q, QuerySet
from django.utils import timezone

from emulation.accounts.models import User
from emulation.accounts.passwords import password_words
from emulation.accounts.rules import is_protected
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, lower_first
from emulation.core.registry import Registry
from emulation.core.text import fold, name_key
from villages.models import Absence, Appointment, CouncilLiaison, Person, Seat, Unit
from villages.queries.role_conflicts import role_fault
from villages.queries.unit_work import work_to_finish
from villages.rules.accounts import KIND_OF_UNIT, ROLES_WITHOUT_UNIT, first_day_fault, needs_unit

NEW_PERSON = "new"
WORK_STAYS = "Việc đang làm dở, bản nháp, lời nhắc của đơn vị ở lại đơn vị: người giữ vai mới thấy và làm tiếp."
PersonalItems = Callable[[User, date], Iterable[str]]
personal_items: Registry[PersonalItems] = Registry(
    "What a leaver has personally",
    "name: a function (user, day) -> sentences about what does not follow the role, and what happens to it",
)


@dataclass(frozen=True)
class RoleGrant:
    """A role that a user (None: of an account yet to be made) named `full_name` gets from a day on.

    `person`: the id of the person of the unit that the account belongs to, NEW_PERSON to add one, "" if it is known.
    """

    user: User | None
    full_name: str
    role: Role
    unit: Unit | None
    starts_on: date
    instead_of: User | None = None
    person: str = ""

    @property
    def title(self) -> str:
        """The role with the unit: "Trưởng thôn, Thôn 2"."""
        return f"{self.role.title}, {self.unit.name}" if self.unit and needs_unit(self.role) else self.role.title


@dataclass(frozen=True)
class RolePlan:
    """What a change of roles does, in sentences: what ends, what begins, what else happens, what to consider before.

    `confirmation`: that a second person must confirm it, "" if nobody must.
    """

    ends: list[str] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    confirmation: str = ""


def unit_of_role(commune: Commune, role: Role, chosen: Unit | None) -> Unit | None:
    """The unit of a membership in this role: the chosen one for heads, the commune's office for its staff, else none."""
    if needs_unit(role):
        return chosen
    if role in ROLES_WITHOUT_UNIT:
        return None
    return Unit.objects.filter(commune=commune, kind=Unit.OFFICE).in_force(timezone.localdate()).first()


def rows_of_role(commune: Commune, role: Role, unit: Unit | None, on: date) -> QuerySet[Membership]:
    """The memberships in this role (of this unit, for heads) that last on that day or begin later."""
    rows = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), commune=commune, role=role)
    return rows.filter(unit_id=unit.pk if unit else None) if needs_unit(role) else rows


def others_in_role(commune: Commune, role: Role, unit: Unit | None, on: date, leaver: User | None) -> list[str]:
    """Names of those who have the role on that day or later, without the leaver and who acts for the leaver."""
    rows = rows_of_role(commune, role, unit, on)
    if leaver:
        rows = rows.exclude(user_id=leaver.pk).exclude(acts_for_id=leaver.pk)
    return list(User.objects.filter(pk__in=rows.values("user_id")).values_list("full_name", flat=True))


def held_before(commune: Commune, grant: RoleGrant) -> Membership | None:
    """The membership of `instead_of` that ends the day before the grant begins; None if there is none."""
    if grant.instead_of is None:
        return None
    rows = rows_of_role(commune, grant.role, grant.unit, grant.starts_on)
    return (
        rows.filter(user_id=grant.instead_of.pk, acts_for_id=None, starts_on__lt=grant.starts_on)
        .order_by("starts_on")
        .first()
    )


def check_grant(commune: Commune, grant: RoleGrant) -> None:
    """RuleBroken if the role cannot be given: the day, the unit, the same role already, nothing to hand over."""
    if fault := first_day_fault(grant.starts_on, timezone.localdate()):
        raise RuleBroken(fault, "starts_on")
    if needs_unit(grant.role):
        _check_unit(commune, grant)
    if grant.user:
        _check_roles_of(commune, grant, grant.user)
    if grant.instead_of and held_before(commune, grant) is None:
        raise RuleBroken(
            f"{grant.instead_of.full_name} không giữ vai {grant.title} trước ngày {format_date(grant.starts_on)}, "
            "nên không có gì để chuyển từ ngày đó. Hãy chọn ngày sau ngày người đó nhận vai.",
            "starts_on",
        )


def _check_roles_of(commune: Commune, grant: RoleGrant, user: User) -> None:
    """RuleBroken at the field that chose the user: of a handover who receives it, else the role."""
    leaver = grant.instead_of
    field = "to" if leaver else "role"
    if fault := role_fault(user, commune.pk, grant.role, grant.starts_on):
        raise RuleBroken(fault, field)
    held = rows_of_role(commune, grant.role, grant.unit, grant.starts_on).filter(user_id=user.pk)
    if row := held.order_by("starts_on").first():
        way = (
            f": chỉ cần cho {leaver.full_name} thôi vai (nút “Cho thôi vai”), không phải chuyển giao" if leaver else ""
        )
        since = f"từ ngày {format_date(row.starts_on)}"
        raise RuleBroken(f"{grant.full_name} đã giữ vai {grant.title} {since}{way}.", field)


def _check_unit(commune: Commune, grant: RoleGrant) -> None:
    if grant.unit is None:
        raise RuleBroken(f"Vai {grant.role.title} cần chọn đơn vị.", "unit")
    if grant.unit.kind != KIND_OF_UNIT[grant.role]:
        raise RuleBroken(f"{grant.unit.name} không phải đơn vị của {lower_first(grant.role.title)}.", "unit")
    if not Unit.objects.filter(pk=grant.unit.pk, commune=commune).in_force(grant.starts_on).exists():
        raise RuleBroken(f"{grant.unit.name} không hoạt động vào ngày {format_date(grant.starts_on)}.", "unit")


def same_named_people(grant: RoleGrant, unit: Unit) -> list[Person]:
    """People with the name of the grant and without an account: of the unit that they are to head, of the whole commune
    for the other roles (a member of the council may be a teacher)."""
    same = Q(name_key=name_key(grant.full_name)) | Q(name_fold=fold(grant.full_name)[:250])
    rows = Person.objects.in_use().filter(same, commune_id=unit.commune_id, is_active=True, user=None)
    if needs_unit(grant.role):
        rows = rows.filter(unit=unit)
    return list(rows.select_related("unit").order_by("name_key", "pk")[:20])


def has_person(grant: RoleGrant) -> bool:
    """Whether the account is linked to a person already."""
    return grant.user is not None and Person.objects.filter(user=grant.user).exists()


def person_choices(grant: RoleGrant) -> list[tuple[str, str]]:
    """Who the account may belong to, as choices; [] if there is nothing to choose."""
    if grant.unit is None or has_person(grant):
        return []
    found = [(str(person.pk), _described(person, grant)) for person in same_named_people(grant, grant.unit)]
    return (
        [*found, (NEW_PERSON, f"Người khác cùng tên: thêm {grant.full_name} vào danh sách của {grant.unit.name}")]
        if found
        else []
    )


def _described(person: Person, grant: RoleGrant) -> str:
    unit = "" if needs_unit(grant.role) else person.unit.name
    parts = [f"sinh {person.birth_year}" if person.birth_year else "", person.present_post, unit]
    return ", ".join([person.full_name, *(part for part in parts if part)])


def plan_of_grant(commune: Commune, grant: RoleGrant) -> RolePlan:
    """What giving the role ends and begins. RuleBroken as in `check_grant`."""
    check_grant(commune, grant)
    ends = []
    if grant.instead_of:
        ends = [
            f"{grant.instead_of.full_name} thôi giữ vai {grant.title}: ngày cuối {format_date(grant.starts_on - timedelta(days=1))}."
        ]
    begins = [f"{grant.full_name} giữ vai {grant.title} từ ngày {format_date(grant.starts_on)}.", *_record_of(grant)]
    notes = []
    if needs_unit(grant.role) and grant.unit:
        notes = [work_to_finish(grant.unit.pk, grant.starts_on) or WORK_STAYS]
    confirmation = ""
    if is_protected([grant.role]):
        confirmation = (
            f"Vai {grant.role.title} cần người thứ hai xác nhận: nút bên dưới gửi yêu cầu, chưa có gì thay đổi."
        )
    return RolePlan(ends, begins, notes, _cautions(commune, grant), confirmation)


def _record_of(grant: RoleGrant) -> list[str]:
    """What is recorded about the person in the unit: the post of its head, or a new record of the person."""
    if not grant.unit:
        return []
    if needs_unit(grant.role):
        return [f"Ghi {grant.full_name} là {lower_first(grant.unit.head_title)} của {grant.unit.name} từ ngày đó."]
    if grant.person in ("", NEW_PERSON) and not has_person(grant):
        return [f"Ghi {grant.full_name} vào danh sách người của {grant.unit.name}; từ đó xếp vào Hội đồng được."]
    return []


def _cautions(commune: Commune, grant: RoleGrant) -> list[str]:
    cautions = []
    if grant.role in UNIT_HEAD_ROLES or grant.role == Role.chair:
        names = others_in_role(commune, grant.role, grant.unit, grant.starts_on, grant.instead_of)
        cautions = [
            f"{name} cũng giữ vai này: hai người cùng giữ. Muốn thay người thì cho {name} thôi vai." for name in names
        ]
    if grant.instead_of:
        cautions += left_behind(grant.instead_of, grant.starts_on)
    return cautions


def left_behind(user: User, on: date) -> list[str]:
    """What the user has personally from that day on, and what happens to it, in sentences; [] for nothing."""
    return list(chain.from_iterable(items(user, on) for items in personal_items.values()))


@personal_items.register("villages.absences")
def _absences(user: User, on: date) -> Iterable[str]:
    for row in Absence.objects.filter(head=user, ends_on__gte=on).for_lists():
        yield f"Đợt vắng ({row.post}) đến {format_date(row.ends_on)}: hết cùng vai; người làm thay cũng thôi từ đó."
    for row in Absence.objects.filter(deputy=user, ends_on__gte=on).for_lists():
        yield f"Đang làm thay {row.head.full_name} ({row.post}) đến {format_date(row.ends_on)}: vẫn giữ; muốn đổi thì báo vắng lại."


@personal_items.register("villages.council")
def _council(user: User, on: date) -> Iterable[str]:
    for row in CouncilLiaison.objects.filter(person__user=user).in_force(on).select_related("unit"):
        yield f"Phụ trách {row.unit.name}: vẫn là người này; đổi ở “Phân công phụ trách đơn vị”."
    for seat in Seat.objects.filter(person__user=user).select_related("version"):
        if seat.version.ends_on is None or seat.version.ends_on >= on:
            yield f"{seat.get_role_display()} của {seat.version.name}: vẫn là thành viên cho đến quyết định mới về Hội đồng."


@password_words.register("villages.units")
def _unit_words(commune_id: int) -> Iterable[str]:
    return Unit.objects.filter(commune_id=commune_id).values_list("name", flat=True)


def running_appointments(user: User, unit_id: int | None, on: date) -> QuerySet[Appointment]:
    """The appointments of the user's person in this unit that last on that day."""
    rows = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), person__user=user, unit_id=unit_id)
    return rows.order_by("starts_on", "pk")
