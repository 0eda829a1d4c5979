"""People, households and units for the search of the masthead."""

from typing import Any

from django.db.models import F

from emulation.core.text import fold
from emulation.workflow import permissions
from emulation.workflow.search_registry import SearchHit, SearchSource, search_sources
from villages.models import Household, Person, Unit
from villages.queries.people import people_named

READERS = permissions.staff | permissions.unit_head


def find_people(user: Any, words: str, limit: int) -> list[SearchHit]:
    """People by name, also who has left, retired or died: their awards and cases stay."""
    found = people_named(user, words, limit, with_former=True)
    return [SearchHit(row.shown_name, _details(row), row.get_absolute_url()) for row in found]


def _details(person: Person) -> str:
    born = f"sinh {person.birth_year}" if person.birth_year else ""
    left = "" if person.is_active else "không còn ở đơn vị"
    return ", ".join(part for part in (born, person.present_post, person.unit.name, left) if part)


def find_households(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Households by the name of the head."""
    rows = Household.objects.visible_to(user).named_like(words).select_related("unit").order_by("name_key", "pk")
    return [SearchHit(f"Hộ {row.name_and_nickname}", row.unit.name, row.get_absolute_url()) for row in rows[:limit]]


def find_units(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Units and collectives by a name that they have or had; a commune has a few dozen. Two queries."""
    wanted = fold(words).split()
    units = Unit.with_collectives.visible_to(user).exclude(founded_on=F("dissolved_on"))  # whose founding was undone
    hits: list[SearchHit] = []
    for unit in units.select_related("parent").prefetch_related("names"):
        found = [name for name in _names_of(unit) if all(word in fold(name) for word in wanted)]
        if found:
            hits.append(SearchHit(unit.name, _what(unit, found[0]), unit.get_absolute_url()))
    return hits[:limit]


def _names_of(unit: Unit) -> list[str]:
    """The present name, then the earlier ones, without those of a renaming that was undone."""
    earlier = [row.name for row in unit.names.all() if row.ends_on and row.ends_on >= row.starts_on]
    return [unit.name, *earlier]


def _what(unit: Unit, name: str) -> str:
    """ "Thôn"; "Chi hội, Thôn 2"; "Thôn, tên trước đây: Thôn 2" for one found by an earlier name."""
    earlier = f"tên trước đây: {name}" if name != unit.name else ""
    return ", ".join(filter(None, [unit.kind_in_words, unit.parent.name if unit.parent else "", earlier]))


def register_villages_search() -> None:
    """Called in AppConfig.ready()."""
    search_sources.add("people", SearchSource("Người", "person", READERS, find_people, order=10))
    search_sources.add("households", SearchSource("Hộ gia đình", "house", READERS, find_households, order=20))
    search_sources.add("units", SearchSource("Đơn vị", "people", READERS, find_units, order=30))
