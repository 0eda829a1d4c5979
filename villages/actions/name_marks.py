"""Stores with people and households what distinguishes them from those of the same name, so that reading names costs nothing.

Called at the end of every action that changes one of these facts (`villages.rules.name_marks.Namesake`), a name, a unit, or
which records are one person; in its transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import chain
from typing import Any

from django.db.models import Count

from villages.models import Household, Person, Unit
from villages.rules.name_marks import Namesake, name_marks


def store_name_marks(commune_id: int, name_keys: Collection[str]) -> int:
    """Stores the marks of the people and households with these names, by `name_key`. Returns how many changed."""
    units = list(Unit.objects.filter(commune_id=commune_id).values_list("pk", flat=True))
    found = {"unit_id__in": units, "name_key__in": set(name_keys)}
    return _store(Person, found) + _store(Household, found)


def store_all_name_marks(commune_id: int) -> int:
    """As `store_name_marks`, for all names of the commune that more than one has, and for those that have a mark."""
    keys: set[str] = set()
    for model in (Person, Household):
        rows: Any = model.objects.filter(commune_id=commune_id).order_by()
        keys |= set(rows.values("name_key").annotate(n=Count("pk")).filter(n__gt=1).values_list("name_key", flat=True))
        keys |= set(rows.exclude(name_mark="", name_elsewhere=False).values_list("name_key", flat=True))
    return store_name_marks(commune_id, keys) if keys else 0


def lock_names(unit_id: int) -> None:
    """One at a time gives a name in a unit: of two in the same moment the second sees the first. Before people are locked."""
    Unit.objects.select_for_update().get(pk=unit_id)


def refresh_marks(row: Person | Household, *former_keys: str) -> None:
    """Stores the marks of all who have the name of this row, or had it before, and gives the row its own; of a household
    those of its members too, of whom it is named."""
    keys = {row.name_key, *former_keys}
    if isinstance(row, Household):
        keys |= set(Person.objects.filter(household=row).values_list("name_key", flat=True))
    store_name_marks(row.commune_id, keys)
    row.refresh_from_db(fields=["name_mark", "name_elsewhere"])


def _store(model: Any, found: dict[str, Any]) -> int:
    """One query to read, and one for each row that changes."""
    related = ("household", "same_as__household") if model is Person else ()
    by_name: dict[str, list[Any]] = defaultdict(list)
    for row in model.objects.filter(**found).select_related(*related).order_by("pk"):
        by_name[row.name_key].append(row)
    marked = chain.from_iterable(_marks(rows) for rows in by_name.values())
    return sum(_store_row(model, *one) for one in marked)


def _store_row(model: Any, row: Any, mark: str, elsewhere: bool) -> int:
    if (row.name_mark, row.name_elsewhere) == (mark, elsewhere):
        return 0
    return int(model.objects.filter(pk=row.pk).update(name_mark=mark, name_elsewhere=elsewhere))


def _marks(rows: list[Any]) -> Iterable[tuple[Any, str, bool]]:
    """(row, its mark, whether somebody of another unit has the name) of rows with one name. Records of one person are one."""
    facts = {_kept_id(row): _facts(row) for row in rows}
    units: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if _kept_id(row) not in units[row.unit_id]:
            units[row.unit_id].append(_kept_id(row))
    marks = {
        unit: dict(zip(here, name_marks([facts[one] for one in here]), strict=True)) for unit, here in units.items()
    }
    for row in rows:
        others = chain.from_iterable(here for unit, here in units.items() if unit != row.unit_id)
        yield row, marks[row.unit_id][_kept_id(row)], bool(set(others) - {_kept_id(row)})


def _kept_id(row: Any) -> int:
    return row.kept_id if isinstance(row, Person) else int(row.pk)


def _facts(row: Any) -> Namesake:
    if isinstance(row, Household):
        return Namesake(household=row.address)
    kept = row.same_as or row
    household = kept.household
    words = " – ".join(filter(None, [household.head_name, household.address])) if household else ""
    return Namesake(kept.birth_year, f"hộ {words}" if words else "", kept.birth_date, kept.post, kept.sex)
