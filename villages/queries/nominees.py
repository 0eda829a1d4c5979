"""Search of rows about a person, a household or a collective by name, at the same cost in a long table."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from emulation.core.lookups import has_words
from emulation.core.text import fold
from villages.models import Household, Person, Unit, UnitNominee

FEW = 500
RowT = TypeVar("RowT", bound=Model)


def search_nominees(rows: QuerySet[RowT], words: str, units: Collection[int] | None = None) -> QuerySet[RowT]:
    """The rows (of a NamedNominee) whose nominee has, for every word, a word of the name that begins so; up to three queries.

    `units`: all rows are of these units; None: of any. A name that few have is looked up among the people first, so that
    the database finds their rows by the nominee. One that many have is found soon in the order of the list, by the name
    that the rows store. One query that does both leaves the choice to the database, which is wrong by a hundred times for
    one of the two.
    """
    named = few_nominees(words, units)
    return rows.filter(has_words("nominee_fold", words) if named is None else named)


def few_nominees(words: str, units: Collection[int] | None = None) -> Q | None:
    """The filter of rows about the few people, households and units named so; None if they are many.

    `units`: as in `search_nominees`. Of those named so who are many in the commune, few may be nominees of these units.
    """
    named = Q(pk__in=[])
    for kind in ("person", "household"):
        found = _few_ids(kind, words, units)
        if found is None:
            return None
        named |= Q(**{f"{kind}_id__in": found}) if found else Q()
    collectives = _units_named(words)
    return named | Q(collective_id__in=collectives) if collectives else named


def _few_ids(kind: str, words: str, units: Collection[int] | None) -> list[int] | None:
    """The primary keys of the people or households named so, among nominees of the units; None if they are more than FEW."""
    model: Any = {"person": Person, "household": Household}[kind]
    rows = model.objects.all().named_like(words).order_by()
    if units is not None:
        nominees = UnitNominee.objects.filter(unit__in=units).exclude(**{kind: None})
        # Ordered: without an order PostgreSQL plans for finding the first ones soon, and where there are none it reads all people.
        rows = rows.filter(pk__in=nominees.values(kind)).order_by("name_fold")
    found = list(rows.values_list("pk", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None


def _units_named(words: str) -> list[int]:
    """The primary keys of the units and collectives named so; a commune has a few dozen."""
    wanted = fold(words).split()
    units = Unit.with_collectives.values_list("pk", "name")
    return [pk for pk, name in units if all(f" {word}" in f" {fold(name)}" for word in wanted)]
