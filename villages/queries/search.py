"""People, households and units for the search of the masthead."""

from typing import Any

from emulation.core.text import fold
from emulation.workflow import permissions
from emulation.workflow.search_registry import SearchHit, SearchSource, search_sources
from villages.models import Household, Person, Unit
from villages.queries.people import people_named

READERS = permissions.staff | permissions.unit_head


def find_people(user: Any, words: str, limit: int) -> list[SearchHit]:
    """People by name."""
    found = people_named(user, words, limit)
    return [SearchHit(row.shown_name, _details(row), row.get_absolute_url()) for row in found]


def _details(person: Person) -> str:
    born = f"sinh {person.birth_year}" if person.birth_year else ""
    return ", ".join(part for part in (born, person.present_post, person.unit.name) if part)


def find_households(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Households by the name of the head."""
    rows = Household.objects.visible_to(user).named_like(words).select_related("unit").order_by("name_key", "pk")
    return [SearchHit(f"Hộ {row.name_and_nickname}", row.unit.name, row.get_absolute_url()) for row in rows[:limit]]


def find_units(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Units and collectives by name; a commune has a few dozen."""
    wanted = fold(words).split()
    units = Unit.with_collectives.visible_to(user).select_related("parent")
    rows = [unit for unit in units if all(word in fold(unit.name) for word in wanted)]
    return [SearchHit(unit.name, _what(unit), unit.get_absolute_url()) for unit in rows[:limit]]


def _what(unit: Unit) -> str:
    """ "Thôn"; "Chi hội, Thôn 2"."""
    return ", ".join(filter(None, [unit.kind_in_words, unit.parent.name if unit.parent else ""]))


def register_villages_search() -> None:
    """Called in AppConfig.ready()."""
    search_sources.add("people", SearchSource("Người", "person", READERS, find_people, order=10))
    search_sources.add("households", SearchSource("Hộ gia đình", "house", READERS, find_households, order=20))
    search_sources.add("units", SearchSource("Đơn vị", "people", READERS, find_units, order=30))
