"""Action on the units that a commune has when it begins to use the program: entered by name, removed while nothing is there."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError

from emulation.accounts.models import User
from emulation.communes.models import Commune, Membership
from emulation.core.errors import RuleBroken
from emulation.workflow.transitions import act
from villages.models import Unit, UnitName
from villages.rules.existing_units import existing_unit_faults
from villages.rules.unit_changes import NewUnit, unit_code


def record_existing_units(
    *, by: User, commune: Commune, units: Sequence[NewUnit], removed: Collection[int] = ()
) -> list[Unit]:
    """Enters the units, in force since the first day of the commune's name; removes those of these ids, entered by mistake.

    RuleBroken for a name that is there already, and for a unit that has people, a head or work.
    """
    facts: dict[str, Any] = {"added": [unit.name for unit in units], "removed": len(removed)}
    with act("villages.record_existing_units", commune, by=by, **facts) as locked:
        for unit in Unit.objects.filter(commune=locked, pk__in=removed).exclude(kind=Unit.OFFICE):
            _remove(unit)
        present = Unit.objects.filter(commune=locked)
        RuleBroken.raise_all(
            [RuleBroken(fault) for fault in existing_unit_faults(units, present.values_list("name", flat=True))]
        )
        return [_create(locked, unit) for unit in units]


def _create(commune: Commune, new: NewUnit) -> Unit:
    present = Unit.objects.filter(commune=commune)
    last = present.aggregate(last=Max("sort"))["last"] or 0
    since = commune.identities.order_by("starts_on")[0].starts_on
    taken = Unit.with_collectives.filter(commune=commune).values_list("code", flat=True)
    code = unit_code(new.name, set(taken))
    unit = Unit.objects.create(
        commune=commune, kind=new.kind, code=code, name=new.name, head_title=new.head_title, sort=last + 1
    )
    UnitName.objects.create(unit=unit, name=unit.name, starts_on=since)
    return unit


def _remove(unit: Unit) -> None:
    used = RuleBroken(
        f"{unit.name} đã có người đứng đầu, người hoặc việc nên không bỏ được; dùng “Giải thể” theo văn bản."
    )
    if Membership.objects.filter(unit_id=unit.pk).exists():
        raise used
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:
        raise used from None
