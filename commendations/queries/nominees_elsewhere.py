"""People and households of other units, whom a unit may nominate too: no second record of them is made.

The head of a unit does not read the people of other units. With at least family name and given name they are found
with what lists of names show: name, unit, and what distinguishes them from others of the name.
"""

from typing import Any

from commendations.models import Nomination
from emulation.communes.capacity import capacity_of
from emulation.communes.roles import Role
from emulation.core.text import fold
from villages.models import Household, Person, Unit
from villages.queries.people import may_read_unit

FEWEST_WORDS = 2
MAX_ELSEWHERE = 8


def nominees_elsewhere(unit: Unit, words: str) -> list[Person | Household]:
    """The first people and households of other units of the commune with these words in the name; [] for fewer than two words."""
    if len(fold(words).split()) < FEWEST_WORDS:
        return []
    found: list[Person | Household] = []
    for model in (Person, Household):
        rows: Any = model.objects.filter(commune_id=unit.commune_id).exclude(unit=unit).in_use()
        found += rows.named_like(words).select_related("unit").order_by("name_key", "pk")[:MAX_ELSEWHERE]
    return found


def nominee_elsewhere(unit: Unit, model: Any, pk: int, words: str) -> Person | Household | None:
    """The one with this primary key among those found by the words."""
    found = (one for one in nominees_elsewhere(unit, words) if isinstance(one, model) and one.pk == pk)
    return next(found, None)


def may_read_record(user: Any, case: Nomination) -> bool:
    """Whether the user may read the yearly record of the nominee: not the head of a unit that nominates somebody of another."""
    nominee = case.person or case.household
    in_council = capacity_of(user).has(Role.council_member) and case.state in Nomination.BEFORE_COUNCIL
    return nominee is None or in_council or may_read_unit(user, nominee.unit)
