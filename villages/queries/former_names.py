"""Units and the council whose own names still have a former name of the commune."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from emulation.communes.models import Commune, CommuneIdentity
from villages.models import CouncilVersion, Unit, UnitChange
from villages.queries.council import latest_council
from villages.queries.unit_changes import planned_change_of
from villages.rules.commune_names import CommuneName, renamed_after


@dataclass(frozen=True)
class FormerName:
    """A unit or the council with its present name and the one that it would have; `key` names it in a form.

    `planned`: the change of units that is planned for it, None for none. `has_whole_name`: its name has all of the commune's
    name, not the place alone. `may_follow`: it can be renamed now together with the commune.
    """

    key: str
    owner: Unit | CouncilVersion
    name: str
    new_name: str
    has_whole_name: bool = True
    planned: UnitChange | None = None
    may_follow: bool = True


COUNCIL = "council"


def commune_name_of(identity: CommuneIdentity) -> CommuneName:
    """The name of the commune and the place in it."""
    return CommuneName(identity.name, identity.place_name)


def former_names(commune: Commune) -> tuple[CommuneIdentity, list[FormerName]]:
    """The latest identity of the commune, also one that has not begun, and who has a name of before; some queries and one a
    unit with such a name."""
    identities = list(commune.identities.order_by("-starts_on"))
    latest = identities[0]
    new = commune_name_of(latest)
    old = list(dict.fromkeys(one for row in identities[1:] if (one := commune_name_of(row)) != new))
    council = latest_council(commune.pk)
    name = renamed_after(council.name, old, new) if council else ""
    found = [FormerName(COUNCIL, council, council.name, name)] if council and name else []
    return latest, [*found, *_units_with(commune, latest, old, new)]


def _units_with(
    commune: Commune, latest: CommuneIdentity, old: list[CommuneName], new: CommuneName
) -> Iterator[FormerName]:
    """The units and collectives with such a name; a collective is renamed on or after the day only."""
    today = timezone.localdate()
    units = Unit.with_collectives.filter(commune=commune).in_force(max(latest.starts_on, today))
    for unit in units.order_by("sort", "pk"):
        if name := renamed_after(unit.name, old, new):
            planned = planned_change_of([unit.pk])
            begun = latest.starts_on <= today or not unit.is_collective
            yield FormerName(
                str(unit.pk), unit, unit.name, name, new.name in name, planned, may_follow=begun and planned is None
            )


def followers_of(latest: CommuneIdentity, before: CommuneIdentity) -> tuple[CouncilVersion | None, list[UnitChange]]:
    """The council and the planned changes of name that give the new name of the commune on its day: what ends with it."""
    old = commune_name_of(before)
    new = commune_name_of(latest)
    planned = UnitChange.objects.filter(
        commune=latest.commune_id,
        kind=UnitChange.RENAME,
        state=UnitChange.PLANNED,
        effective_on=latest.starts_on,
    )
    changes = [change for change in planned if renamed_after(change.plan["units"][0]["name"], [new], old)]
    council = latest_council(latest.commune_id)
    follows = council and council.starts_on == latest.starts_on and renamed_after(council.name, [new], old)
    return (council if follows else None), changes
