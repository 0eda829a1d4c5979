"""Carrying out a change of units: what each kind writes on its day. Called inside a transaction, with the change locked."""

from collections.abc import Callable

from django.utils import timezone

from villages.actions import unit_moves
from villages.actions.name_marks import store_all_name_marks
from villages.actions.unit_change_values import replaced_values, rows_of_units
from villages.models import Household, Person, Unit, UnitChange, UnitChangePart
from villages.rules.unit_changes import UnitPlan, plan_from_json


def apply_change(change: UnitChange) -> None:
    """Writes what the change orders, its figures into `carried`, what it replaces into `replaced`; the caller saves the change."""
    plan = plan_from_json(change.plan)
    sources = [part.unit for part in change.parts.filter(side=UnitChangePart.OLD).select_related("unit")]
    before = rows_of_units(list(change.parts.values_list("unit_id", flat=True)))
    change.carried = APPLIERS[change.kind](change, sources, plan)
    store_all_name_marks(change.commune_id)
    change.replaced = replaced_values(before, list(change.parts.values_list("unit_id", flat=True)))
    change.carried_out_at = timezone.now()


def _apply_open(change: UnitChange, sources: list[Unit], plan: UnitPlan) -> dict[str, int]:
    unit_moves.open_new_unit(change, plan.units[0])
    return {}


def _apply_rename(change: UnitChange, sources: list[Unit], plan: UnitPlan) -> dict[str, int]:
    unit_moves.rename_unit_on(sources[0], plan.units[0].name, change.effective_on)
    return {}


def _apply_close(change: UnitChange, sources: list[Unit], plan: UnitPlan) -> dict[str, int]:
    if plan.into is None:
        return unit_moves.close_unit_on(sources[0], change.effective_on)
    return unit_moves.absorb(change, sources[0], Unit.objects.get(pk=plan.into))


def _apply_merge(change: UnitChange, sources: list[Unit], plan: UnitPlan) -> dict[str, int]:
    """People, households and work of the closed units go to the new unit, or to the one of them that stays."""
    new = plan.units[0]
    total: dict[str, int] = {}
    if plan.into:
        target = Unit.objects.get(pk=plan.into)
        unit_moves.set_head_and_liaison(target, new, change.effective_on)
    else:
        target = unit_moves.open_new_unit(change, new)
    for unit in sources:
        if unit.pk != target.pk:
            for name, number in unit_moves.absorb(change, unit, target).items():
                total[name] = total.get(name, 0) + number
    if plan.into and new.name and new.name != target.name:
        unit_moves.rename_unit_on(target, new.name, change.effective_on)
    return total


def _apply_split(change: UnitChange, sources: list[Unit], plan: UnitPlan) -> dict[str, int]:
    source = sources[0]
    total = {"people": 0, "households": 0}
    if plan.rest_name and plan.rest_name != source.name:
        unit_moves.rename_unit_on(source, plan.rest_name, change.effective_on)
    for new in plan.units:
        target = unit_moves.open_new_unit(change, new)
        households = list(Household.objects.filter(unit=source, pk__in=new.households))
        members = Person.objects.filter(unit=source, household__in=households)
        people = list((members | Person.objects.filter(unit=source, pk__in=new.people)).distinct())
        unit_moves.move(change, source, target, people, households)
        total = {"people": total["people"] + len(people), "households": total["households"] + len(households)}
    return total


APPLIERS: dict[str, Callable[[UnitChange, list[Unit], UnitPlan], dict[str, int]]] = {
    UnitChange.OPEN: _apply_open,
    UnitChange.RENAME: _apply_rename,
    UnitChange.CLOSE: _apply_close,
    UnitChange.MERGE: _apply_merge,
    UnitChange.SPLIT: _apply_split,
}
