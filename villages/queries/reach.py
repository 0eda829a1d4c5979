"""Whom to turn to in a unit on a day: its heads, those who stand in for them, the council member in charge of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from villages.models import Absence, Charge, CouncilVersion, Person, Seat
from villages.queries.people import heads_by_unit


@dataclass(frozen=True)
class Reach:
    """User ids. `away` says of the heads who are absent until when; `present` are those who hear what the unit is asked."""

    heads: tuple[int, ...] = ()
    away: dict[int, date] = field(default_factory=dict)
    deputies: tuple[int, ...] = ()
    charge: int | None = None

    @property
    def present(self) -> tuple[int, ...]:
        return (*(head for head in self.heads if head not in self.away), *self.deputies)

    @property
    def trouble(self) -> str:
        """Why nobody of the unit hears: it has no head, or he is away and nobody stands in; "" when somebody does."""
        if self.present:
            return ""
        return "Người đứng đầu đang vắng, chưa có người thay" if self.heads else "Chưa có người đứng đầu"


def reach(commune_id: int, unit_ids: Sequence[int], on: date) -> dict[int, Reach]:
    """Whom to turn to in each of these units that day; the same few queries however many there are.

    Where no member is in charge of a unit, the council's standing member is.
    """
    heads = heads_by_unit(commune_id, on)
    away: dict[int, dict[int, date]] = {}
    deputies: dict[int, list[int]] = {}
    for absence in Absence.objects.filter(commune_id=commune_id, unit_id__in=unit_ids).in_force(on):
        away.setdefault(absence.unit_id, {})[absence.head_id] = absence.ends_on
        if absence.deputy_id:
            deputies.setdefault(absence.unit_id, []).append(absence.deputy_id)
    rows = Charge.objects.filter(commune_id=commune_id, unit_id__in=unit_ids).in_force(on)
    charges = dict(rows.values_list("unit_id", "person__user_id"))
    standing = standing_member(commune_id, on)
    return {
        unit_id: Reach(
            tuple(heads.get(unit_id, ())),
            away.get(unit_id, {}),
            tuple(dict.fromkeys(deputies.get(unit_id, ()))),
            charges.get(unit_id) or standing,
        )
        for unit_id in unit_ids
    }


def standing_member(commune_id: int, on: date) -> int | None:
    """The user who is the council's standing member that day."""
    councils = CouncilVersion.objects.filter(commune_id=commune_id).in_force(on)
    seats = Seat.objects.filter(version__in=councils, role=Seat.STANDING, person__user__isnull=False)
    return seats.order_by("sort", "pk").values_list("person__user_id", flat=True).first()


def charges(commune_id: int, on: date) -> dict[int, str]:
    """The name of the council member in charge of each unit that day, by unit id."""
    rows = Charge.objects.filter(commune_id=commune_id).in_force(on)
    return dict(rows.values_list("unit_id", "person__full_name"))


def members_now(commune_id: int, on: date) -> list[Person]:
    """The people who sit in the council that day, in the order of its seats."""
    councils = CouncilVersion.objects.filter(commune_id=commune_id).in_force(on)
    return [seat.person for seat in Seat.objects.filter(version__in=councils).select_related("person")]
