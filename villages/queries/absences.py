"""Absences of holders of roles: who can be away or act for them, what keeps an absence from being recorded, the list."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import name_key
from villages.models import Absence
from villages.queries.people import memberships_on
from villages.queries.role_conflicts import role_fault
from villages.rules.absences import DEPUTY_ROLES, HOW_TO_CHANGE, can_be_deputy, deputy_fault, recorder_fault

DAYS_LISTED_AFTER = 30
"""How long an absence that is over stays on the list."""


def listed_absences(user: User, on: date) -> QuerySet[Absence]:
    """The absences that the user may see and that last on that day, begin later or ended in the last 30 days, the first to
    begin first."""
    rows = Absence.objects.visible_to(user).filter(ends_on__gte=on - timedelta(days=DAYS_LISTED_AFTER))
    return rows.for_lists().order_by("starts_on", "pk")


def holders_to_choose(by: User, commune: Commune, on: date) -> list[tuple[Role, User]]:
    """Of whom `by` may record an absence: their own roles; for the office those of everybody. Two queries."""
    rows = memberships_on(on).filter(commune=commune, role__in=list(DEPUTY_ROLES), acts_for_id=None)
    if not capacity_of(by).has(Role.office):
        rows = rows.filter(user_id=by.pk)
    pairs = list(dict.fromkeys(rows.order_by("pk").values_list("role", "user_id")))
    users = User.objects.in_bulk([user_id for _, user_id in pairs])
    order = list(DEPUTY_ROLES)
    found = [(Role(role), users[user_id]) for role, user_id in pairs]
    return sorted(found, key=lambda pair: (pair[1].pk != by.pk, order.index(pair[0]), name_key(pair[1].full_name)))


def deputies_to_choose(
    by: User, holders: list[tuple[Role, User]], commune: Commune, on: date
) -> dict[Role, list[tuple[User, str]]]:
    """{role: the users who can act for those of `holders` that have it, with their own roles in words}; a role for which
    nobody can, or for which `by` may name nobody, is left out. Two queries."""
    own, acting = _roles_by_user(commune, on)
    others = User.objects.filter(pk__in=own, is_active=True).exclude(pk=by.pk).order_by("pk")
    users = sorted(others, key=lambda user: name_key(user.full_name))
    found: dict[Role, list[tuple[User, str]]] = {role: [] for role in _roles_with_deputies(by, holders)}
    for user in users:
        titles = ", ".join(dict.fromkeys(role.title for role in own[user.pk]))
        for role, able in found.items():
            if can_be_deputy(role, own[user.pk], acting[user.pk]):
                able.append((user, titles))
    return {role: able for role, able in found.items() if able}


def _roles_by_user(commune: Commune, on: date) -> tuple[defaultdict[int, list[Role]], defaultdict[int, list[Role]]]:
    """{user: their own roles}, and {user: their roles as a deputy}."""
    own: defaultdict[int, list[Role]] = defaultdict(list)
    acting: defaultdict[int, list[Role]] = defaultdict(list)
    rows = memberships_on(on).filter(commune=commune).order_by("pk")
    for user_id, role, acts_for in rows.values_list("user_id", "role", "acts_for_id"):
        (acting if acts_for else own)[user_id].append(Role(role))
    return own, acting


def _roles_with_deputies(by: User, holders: list[tuple[Role, User]]) -> list[Role]:
    """The roles of these holders for which `by` may name a deputy, in their order."""
    may = [
        role
        for role, holder in holders
        if not recorder_fault(role, is_holder=holder.pk == by.pk, is_deputy=False, with_deputy=True)
    ]
    return list(dict.fromkeys(may))


def role_absence_faults(absence: Absence, today: date) -> list[RuleBroken]:
    """Everything that keeps a new absence in a role from being recorded, each with its form field; [] for nothing."""
    found = [*_holder_faults(absence)]
    if absence.deputy:
        found += _deputy_faults(absence, absence.deputy, today)
    return found


def _overlapping(absence: Absence) -> QuerySet[Absence]:
    rows = Absence.objects.filter(commune_id=absence.commune_id, starts_on__lte=absence.ends_on)
    return rows.filter(ends_on__gte=absence.starts_on).for_lists()


def _roles_all_days(absence: Absence, user: User) -> set[Role]:
    """The roles of their own that the user has on every day of the absence."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=absence.ends_on),
        commune_id=absence.commune_id,
        user_id=user.pk,
        acts_for_id=None,
        starts_on__lte=absence.starts_on,
    )
    return {Role(role) for role in rows.values_list("role", flat=True)}


def _holder_faults(absence: Absence) -> Iterator[RuleBroken]:
    head = absence.head
    if absence.role not in _roles_all_days(absence, head):
        yield RuleBroken(f"{head.full_name} không giữ vai {absence.post} trong cả đợt vắng này.", "post")
    if other := _overlapping(absence).filter(head=head, role=absence.role).first():
        yield RuleBroken(f"Đã báo vắng {other.days}. {HOW_TO_CHANGE}", "starts_on")
    if other := _overlapping(absence).filter(deputy=head).first():
        yield RuleBroken(
            f"{head.full_name} đang nhận làm thay {other.head.full_name} ({other.post}) {other.days}: ở đợt đó bấm “Đã về” (chưa "
            "bắt đầu thì “Hủy báo vắng”) và ghi người khác làm thay trước.",
            "post",
        )


def _deputy_faults(absence: Absence, deputy: User, today: date) -> Iterator[RuleBroken]:
    role = Role(absence.role)
    if deputy.pk == absence.head_id:
        yield RuleBroken("Người làm thay phải là người khác.", "deputy")
        return
    if not deputy.is_active:
        yield RuleBroken(f"Tài khoản của {deputy.full_name} đang bị khóa.", "deputy")
    if absence.starts_on < today:
        yield RuleBroken(f"Làm thay bắt đầu sớm nhất từ hôm nay, {format_date(today)}.", "starts_on")
    yield from _deputy_role_faults(absence, deputy)
    if other := _overlapping(absence).filter(head=deputy).first():
        yield RuleBroken(f"{deputy.full_name} cũng vắng {other.days}.", "deputy")
    if other := _overlapping(absence).filter(deputy=deputy, role=role).first():
        yield RuleBroken(f"{deputy.full_name} đã làm thay {other.head.full_name} {other.days}.", "deputy")


def _deputy_role_faults(absence: Absence, deputy: User) -> Iterator[RuleBroken]:
    role = Role(absence.role)
    own = _roles_all_days(absence, deputy)
    if role in own:
        yield RuleBroken(f"{deputy.full_name} cũng giữ vai này nên vẫn làm việc của vai; không cần chọn.", "deputy")
    if (fault := deputy_fault(role, own)) or (
        fault := role_fault(deputy, absence.commune_id, role, absence.starts_on, absence.ends_on)
    ):
        yield RuleBroken(fault, "deputy")
