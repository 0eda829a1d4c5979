"""Joins between people, units and those who serve."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from emulation.accounts.models import User
from emulation.acts import who
from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEADS, Role
from emulation.communes.standing import standing_of
from villages.models import Absence, CouncilVersion, Household, Person, Unit

FEW = 8
NEW = "new"  # the choice "add somebody new"


def may_read_unit(user: Any, unit: Unit) -> bool:
    """Whether the user may read the people of a unit and its records by year: the staff of the commune and its own head."""
    standing = standing_of(user)
    return who.staff.test(standing, unit) or standing.heads(unit.pk)


def holders(commune_id: int, *roles: Role, on: date) -> list[int]:
    """Ids of the users who hold one of these roles in the commune on that day."""
    return list(_serving(on).filter(commune_id=commune_id, role__in=roles).values_list("user_id", flat=True).distinct())


def heads_of(unit: Unit, on: date) -> list[int]:
    """Ids of the users who head the unit on that day."""
    rows = _serving(on).filter(commune_id=unit.commune_id, unit_id=unit.pk, role__in=UNIT_HEADS)
    return list(rows.values_list("user_id", flat=True).distinct())


def heads_of_all(units: Iterable[Unit], on: date) -> list[int]:
    """Ids of the users who head one of these units on that day; one query."""
    units = list(units)
    rows = _serving(on).filter(unit_id__in=[unit.pk for unit in units], role__in=UNIT_HEADS)
    rows = rows.filter(commune_id__in={unit.commune_id for unit in units})
    return list(rows.values_list("user_id", flat=True).distinct())


def heads_by_unit(commune_id: int, on: date) -> dict[int, list[int]]:
    """Ids of the users who head each unit of the commune on that day, by unit id; one query."""
    rows = _serving(on).filter(commune_id=commune_id, unit_id__isnull=False, role__in=UNIT_HEADS)
    found: dict[int, list[int]] = {}
    for unit_id, user_id in rows.order_by("starts_on", "pk").values_list("unit_id", "user_id"):
        heads = found.setdefault(unit_id or 0, [])
        if user_id not in heads:
            heads.append(user_id)
    return found


@dataclass(frozen=True)
class Contact:
    """Somebody who answers for a unit: its head, who may be away, or who stands in for him (`deputy`)."""

    user: User
    away: bool = False
    deputy: bool = False

    @property
    def name(self) -> str:
        """With what is to be known before one calls: "Lương Văn Đức (đang vắng)", "Lê Văn Hòa (làm thay)"."""
        note = "đang vắng" if self.away else "làm thay" if self.deputy else ""
        return f"{self.user.full_name} ({note})" if note else self.user.full_name


def contacts(commune_id: int, on: date) -> dict[int, list[Contact]]:
    """Who answers for each unit on that day, by unit id; three queries whatever the number of units."""
    rows = (
        _serving(on)
        .filter(commune_id=commune_id, role__in=[*UNIT_HEADS, Role.office], unit_id__isnull=False)
        .values_list("unit_id", "user_id")
    )
    serving = list(dict.fromkeys(rows))
    users = User.objects.in_bulk([user_id for _, user_id in serving])
    absences = list(Absence.objects.filter(commune_id=commune_id).in_force(on))
    away = {(absence.unit_id, absence.head_id) for absence in absences}
    deputies = {(absence.unit_id, absence.deputy_id) for absence in absences}
    found: dict[int, list[Contact]] = {}
    for unit_id, user_id in serving:
        if user_id in users:
            pair = (unit_id, user_id)
            found.setdefault(unit_id or 0, []).append(Contact(users[user_id], pair in away, pair in deputies))
    return found


def people_counts(user: Any) -> dict[int, int]:
    """How many people that the user may see belong to each unit."""
    rows = Person.objects.visible_to(user).filter(is_active=True)
    return dict(rows.order_by().values_list("unit_id").annotate(Count("pk")))


def with_seat_counts(versions: QuerySet[CouncilVersion]) -> QuerySet[CouncilVersion]:
    """The versions with `size`, the number of their seats."""
    return versions.annotate(size=Count("seats"))


@dataclass(frozen=True)
class Choice:
    """Somebody who may be chosen: the value of the radio button, the name, what tells namesakes apart."""

    value: str
    label: str
    note: str


def choice_of(found: Person | Household) -> Choice:
    """A person ("p:12") or a household ("h:5") as a choice."""
    if isinstance(found, Person):
        parts = [f"sinh {found.birth_year}" if found.birth_year else "", found.post]
        return Choice(f"p:{found.pk}", found.full_name, ", ".join(part for part in parts if part))
    return Choice(f"h:{found.pk}", f"Hộ {found.head_name}", found.address)


def choices_like(user: Any, *, unit_id: int, household: bool, words: str) -> list[Choice]:
    """The first few people (or households) of a unit whose name holds these words, marks or not, that the user may see."""
    if not words.strip():
        return []
    model: Any = Household if household else Person
    rows = model.objects.visible_to(user).filter(unit_id=unit_id, is_active=True).named_like(words)
    return [choice_of(found) for found in rows[:FEW]]


def choices_context(found: list[Choice], *, name: str, picked: str = "") -> dict[str, Any]:
    """The context of villages/choices.html; "add" is chosen beforehand when nobody was found."""
    return {"choices": found, "typed": name.strip()[:120], "picked": picked or ("" if found else NEW)}


def _serving(on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
