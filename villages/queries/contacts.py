"""Who can be reached in a unit on a day: heads, deputies, the council liaison."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import successors_on
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.documents.actions import ReaderGrant
from emulation.documents.approval.actions import Audience
from villages.models import Absence, CouncilLiaison, CouncilVersion, Person, Seat, Unit
from villages.queries.people import head_ids_by_unit, head_ids_of_units, memberships_on


@dataclass(frozen=True)
class UnitContact:
    """A user who acts for a unit: its head, who may be away, a `deputy`, or of the office's unit who has that role."""

    user: User
    away: bool = False
    deputy: bool = False
    office: bool = False

    @property
    def name(self) -> str:
        """The name with a note: "Lương Văn Đức (đang vắng)", "Lê Văn Hòa (làm thay)"."""
        if self.away:
            return f"{self.user.full_name} (đang vắng)"
        if self.deputy:
            return f"{self.user.full_name} (làm thay)"
        if self.office:
            return f"{self.user.full_name} (phụ trách TĐKT)"
        return self.user.full_name


def unit_contacts(commune_id: int, on: date) -> dict[int, list[UnitContact]]:
    """The users who act for each unit on that day, by unit id; three queries for any number of units."""
    rows = (
        memberships_on(on)
        .filter(commune_id=commune_id, role__in=[*UNIT_HEAD_ROLES, Role.office], unit_id__isnull=False)
        .values_list("unit_id", "user_id", "role")
    )
    pairs = {(unit_id, user_id): role for unit_id, user_id, role in rows}  # each (unit id, user id) once
    users = User.objects.in_bulk([user_id for _, user_id in pairs])
    absences = list(Absence.objects.filter(commune_id=commune_id).in_force(on))
    away = {(absence.unit_id, absence.head_id) for absence in absences}
    deputies = {(absence.unit_id, absence.deputy_id) for absence in absences}
    found: dict[int, list[UnitContact]] = {}
    for pair, role in pairs.items():
        unit_id, user_id = pair
        if user_id in users:
            contact = UnitContact(users[user_id], pair in away, pair in deputies, role == Role.office)
            found.setdefault(unit_id or 0, []).append(contact)
    return found


def contacts_of_asked_units(commune_id: int, on: date) -> dict[int, list[UnitContact]]:
    """As `unit_contacts`; of a closed unit those of the unit that took over, whose head answers for it."""
    found = unit_contacts(commune_id, on)
    return found | {closed: found[now] for closed, now in successors_on(commune_id, on).items() if now in found}


@dataclass(frozen=True)
class Reachability:
    """Who can be reached in a unit, as user ids; `away` is the last day of absence by head."""

    heads: tuple[int, ...] = ()
    away: dict[int, date] = field(default_factory=dict)
    deputies: tuple[int, ...] = ()
    liaison_id: int | None = None

    @property
    def present(self) -> tuple[int, ...]:
        """The heads who are not away, and the deputies, each once."""
        return tuple(dict.fromkeys([*(head for head in self.heads if head not in self.away), *self.deputies]))

    @property
    def problem(self) -> str:
        """Why nobody of the unit can be reached (no head, or away without a deputy); "" when somebody can."""
        if self.present:
            return ""
        return "Người đứng đầu đang vắng, chưa có người thay" if self.heads else "Chưa có người đứng đầu"


def unit_reachability(commune_id: int, unit_ids: Sequence[int], on: date) -> dict[int, Reachability]:
    """Who can be reached in each of these units on that day, by unit id; the same few queries for any number of units.

    A unit without a council liaison has the council's standing member; a closed unit is reached as the one that took over.
    """
    successors = successors_on(commune_id, on)
    present = {unit_id: successors.get(unit_id, unit_id) for unit_id in unit_ids}
    answering = set(present.values())
    heads = head_ids_by_unit(commune_id, on)
    away: dict[int, dict[int, date]] = {}
    deputies: dict[int, list[int]] = {}
    for absence in Absence.objects.filter(commune_id=commune_id, unit_id__in=answering).in_force(on):
        away.setdefault(absence.unit_id or 0, {})[absence.head_id] = absence.ends_on
        if absence.deputy_id:
            deputies.setdefault(absence.unit_id or 0, []).append(absence.deputy_id)
    rows = CouncilLiaison.objects.filter(commune_id=commune_id, unit_id__in=answering).in_force(on)
    liaisons = dict(rows.values_list("unit_id", "person__user_id"))
    standing_member = standing_member_user_id(commune_id, on)
    return {
        unit_id: Reachability(
            heads=tuple(heads.get(answers, ())),
            away=away.get(answers, {}),
            deputies=tuple(dict.fromkeys(deputies.get(answers, ()))),
            liaison_id=liaisons.get(answers) or standing_member,
        )
        for unit_id, answers in present.items()
    }


def standing_member_user_id(commune_id: int, on: date) -> int | None:
    """Id of the user who is the council's standing member on that day, or None."""
    councils = CouncilVersion.objects.filter(commune_id=commune_id).in_force(on)
    seats = Seat.objects.filter(version__in=councils, role=Seat.STANDING, person__user__isnull=False)
    return seats.order_by("sort", "pk").values_list("person__user_id", flat=True).first()


def liaison_names(commune_id: int, on: date) -> dict[int, str]:
    """The name of the council member in charge of each unit on that day, by unit id."""
    rows = CouncilLiaison.objects.filter(commune_id=commune_id).in_force(on)
    return dict(rows.values_list("unit_id", "person__full_name"))


def council_members_on(commune_id: int, on: date) -> list[Person]:
    """The members of the council on that day, in the order of the seats."""
    councils = CouncilVersion.objects.filter(commune_id=commune_id).in_force(on)
    return [seat.person for seat in Seat.objects.filter(version__in=councils).select_related("person")]


def unit_audience(units: Iterable[Unit], notified: Iterable[Unit] | None = None) -> Audience:
    """Readers of an issued paper: these units, the council and the superior; the heads of `notified` (or all) are notified."""
    units = list(units)
    readers = (
        *(ReaderGrant(unit_id=unit.pk) for unit in units),
        ReaderGrant(role=Role.council_member),
        ReaderGrant(role=Role.superior),
    )
    heads = head_ids_of_units(units if notified is None else notified, timezone.localdate())
    return Audience(readers, tuple(heads))
