"""What a change of units replaces: read before and after it is carried out, compared and restored when it is undone.

`UnitChange.replaced` is {"changed": {table: [group]}, "created": {table: [group]}, "deleted": {table: [values]}}; a group is
{"keys": [...], "before": {...}, "after": {...}}: rows with equal values together, because hundreds of people move alike.
The order of units in lists is not restored.
"""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from typing import Any, TypeAlias

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from emulation.communes.models import Membership, UnitSuccession
from emulation.core.registry import Registry
from emulation.workflow.models import WorkflowSubject
from villages.actions.heads import end_rows
from villages.models import Absence, Appointment, Collective, CouncilLiaison, Household, Person, Unit, UnitName

Values: TypeAlias = dict[str, Any]
Kept: TypeAlias = dict[str, dict[int, Values]]
"""{table: {primary key: values}}."""
Table: TypeAlias = tuple[type[Model], tuple[str, ...]]
"""A model, and the columns of it that a change of units writes."""

carried_tables: Registry[type[Model]] = Registry(
    "Tables carried over between units",
    "key of the figure: the model whose rows a change of units gives to another unit",
)
DATED: dict[str, Table] = {
    "names": (UnitName, ("ends_on",)),
    "memberships": (Membership, ("ends_on",)),
    "appointments": (Appointment, ("ends_on",)),
    "liaisons": (CouncilLiaison, ("ends_on",)),
    "absences": (Absence, ("ends_on",)),
    "successions": (UnitSuccession, ("successor_id",)),
}
"""Rows of a unit that a change also creates and deletes."""
UNITS: Table = (Unit, ("name", "dissolved_on"))
COLLECTIVES: Table = (Collective, ("parent_id",))
UNIT_COLUMNS: dict[type[Model], str] = {Unit: "pk", Collective: "parent_id"}
"""The column with the unit of a row, where it is not `unit_id`."""


def tables() -> dict[str, Table]:
    """All tables that a change of units writes, with those of the apps above."""
    moved: dict[str, Table] = {
        "people": (Person, ("unit_id", "unit_since")),
        "households": (Household, ("unit_id", "unit_since")),
    }
    carried = {name: (model, _carried_columns(model)) for name, model in carried_tables.items()}
    return {"units": UNITS, **DATED, **moved, "collectives": COLLECTIVES, **carried}


def _carried_columns(model: type[Model]) -> tuple[str, ...]:
    """With the version where there is one: what was worked on since is no longer as it was carried over."""
    return ("unit_id", "version") if issubclass(model, WorkflowSubject) else ("unit_id",)


def rows_of_units(unit_ids: list[int]) -> Kept:
    """The rows of these units that a change may write; a query for each table."""
    found: Kept = {}
    for name, (model, columns) in tables().items():
        rows = model._base_manager.filter(**{f"{UNIT_COLUMNS.get(model, 'unit_id')}__in": unit_ids})
        found[name] = _by_key(rows.values() if name in DATED else rows.values("id", *columns))
    return found


def _by_key(rows: Iterable[Values]) -> dict[int, Values]:
    """By primary key, with the values as a JSON column gives them back."""
    return {row["id"]: row for row in json.loads(json.dumps(list(rows), cls=DjangoJSONEncoder))}


def replaced_values(before: Kept, unit_ids: list[int]) -> Values:
    """What became of the rows of `before`, and which dated rows of these units (the new ones too) were created since."""
    result: Values = {"changed": {}, "created": {}, "deleted": {}}
    for name, (model, columns) in tables().items():
        rows = before[name]
        now = _by_key(model._base_manager.filter(pk__in=list(rows)).values("id", *columns))
        _put(result["changed"], name, _groups(columns, rows, now))
        _put(result["deleted"], name, [values for key, values in rows.items() if key not in now])
        if name in DATED:
            new = model._base_manager.filter(unit_id__in=unit_ids).exclude(pk__in=list(rows))
            _put(result["created"], name, _groups(columns, {}, _by_key(new.values("id", *columns))))
    return result


def _put(part: Values, name: str, rows: list[Any]) -> None:
    if rows:
        part[name] = rows


def _groups(columns: tuple[str, ...], before: dict[int, Values], now: dict[int, Values]) -> list[Values]:
    """The rows that differ, those with equal values before and after together."""
    groups: dict[str, Values] = {}
    for key, values in now.items():
        after = {column: values[column] for column in columns}
        earlier = {column: before[key][column] for column in columns} if key in before else {}
        if earlier != after:
            group = {"before": earlier, "after": after}
            groups.setdefault(json.dumps(group, sort_keys=True), {**group, "keys": []})["keys"].append(key)
    return list(groups.values())


def changed_since(replaced: Values) -> dict[str, int]:
    """{table: how many rows no longer have the values that the change gave them}, without tables where all still do."""
    found: dict[str, int] = {}
    for name, group in [*groups_of(replaced, "changed"), *groups_of(replaced, "created")]:
        same = tables()[name][0]._base_manager.filter(pk__in=group["keys"], **group["after"]).count()
        found[name] = found.get(name, 0) + len(group["keys"]) - same
    return {name: number for name, number in found.items() if number}


def with_corrected_name(replaced: Values | None, old: str, name: str) -> Values | None:
    """The values with the corrected name as the one that the change gave, so that it can still be undone; null stays null."""
    corrected = deepcopy(replaced)
    for group in corrected["changed"].get("units", []) if corrected else []:
        if group["after"]["name"] == old:
            group["after"]["name"] = name
    return corrected


def groups_of(replaced: Values, part: str) -> Iterator[tuple[str, Values]]:
    """(table, group) of the "changed" or the "created" rows."""
    for name, groups in replaced[part].items():
        for group in groups:
            yield name, group


def restore_values(replaced: Values, day: date, today: date) -> None:
    """Gives the rows the values of before. Roles and posts that the change of `day` gave end yesterday, its names with it.

    Called in a transaction, after `changed_since` found nothing.
    """
    for name, group in groups_of(replaced, "created"):
        rows = tables()[name][0]._base_manager.filter(pk__in=group["keys"])
        if name == "successions":
            rows.delete()
        else:
            end_rows(rows, day if name == "names" else today)
    for name, group in groups_of(replaced, "changed"):
        tables()[name][0]._base_manager.filter(pk__in=group["keys"]).update(**group["before"])
    for name, rows in replaced["deleted"].items():
        model = tables()[name][0]
        model._base_manager.bulk_create(model(**values) for values in rows)
