"""Units whose names hold an earlier name of the commune, and the council's name on a day."""

from dataclasses import dataclass
from datetime import date

from emulation.communes.models import Commune, CommuneIdentity
from villages.models import CouncilVersion, Unit, UnitChange
from villages.rules.commune_names import with_new_commune_name


@dataclass(frozen=True)
class NameToFollow:
    """A unit that has the earlier name of the commune in its name, with the name that it would have from that day."""

    unit: Unit
    name: str
    starts_on: date


def latest_names(commune: Commune) -> tuple[CommuneIdentity, CommuneIdentity] | None:
    """The latest names of the commune and those before them, if the name itself changed; else None."""
    rows = list(commune.identities.order_by("-starts_on")[:2])
    return (rows[0], rows[1]) if len(rows) == 2 and rows[0].name != rows[1].name else None


def names_to_follow(commune: Commune) -> list[NameToFollow]:
    """The units in force from the day of the commune's latest name whose names hold the one before it; three queries.

    Without those of which a change is planned.
    """
    pair = latest_names(commune)
    if pair is None:
        return []
    latest = pair[0]
    planned = UnitChange.objects.filter(commune=commune, state=UnitChange.PLANNED).values("parts__unit_id")
    units = Unit.objects.filter(commune=commune).in_force(latest.starts_on).exclude(pk__in=planned)
    found = [(unit, with_new_commune_name(unit.name, pair[1].name, latest.name)) for unit in units]
    return [NameToFollow(unit, name, latest.starts_on) for unit, name in found if name != unit.name]


def changes_with_latest_name(commune: Commune) -> tuple[list[UnitChange], list[UnitChange]]:
    """The planned renames on the day of the commune's latest name: those that only follow it, and all others."""
    pair = latest_names(commune)
    if pair is None:
        return [], []
    latest = pair[0]
    rows = UnitChange.objects.filter(
        commune=commune, state=UnitChange.PLANNED, kind=UnitChange.RENAME, effective_on__gte=latest.starts_on
    )
    following: list[UnitChange] = []
    others: list[UnitChange] = []
    for change in rows.order_by("pk").prefetch_related("parts__unit"):
        unit = change.parts.all()[0].unit
        name = with_new_commune_name(unit.name, pair[1].name, latest.name)
        follows = change.effective_on == latest.starts_on and change.plan["units"][0]["name"] == name
        (following if follows else others).append(change)
    return following, others


def council_name_on(version: CouncilVersion, on: date) -> str:
    """The council's name on that day: that of its decision, with the commune's name of the day in it."""
    commune = version.commune
    decided = commune.identity_on(version.starts_on).name
    return with_new_commune_name(version.name, decided, commune.identity_on(on).name)
