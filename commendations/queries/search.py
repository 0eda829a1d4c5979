"""Nominations and awards for the search of the masthead."""

from typing import Any

from commendations.models import Award, Nomination
from commendations.models.joint_proposal import units_of_cases
from commendations.queries.award import search_register
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.formatting import lower_first
from emulation.workflow import permissions
from emulation.workflow.search_registry import SearchHit, SearchSource, search_sources
from emulation.workflow.workflow import state_of
from villages.queries.nominees import search_nominees

READERS = permissions.staff | permissions.unit_head | permissions.council_member


def find_nominations(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Nominations by the name of the nominee, the latest change first."""
    seen = Nomination.objects.visible_to(user).for_lists().order_by("-state_since", "-pk")
    rows = search_nominees(seen, words, units_of_seen_cases(capacity_of(user)))
    return [SearchHit(row.nominee_name, _details(row), row.get_absolute_url()) for row in rows[:limit]]


def units_of_seen_cases(capacity: UserCapacity) -> set[int] | None:
    """The units of all cases that the user sees; None: of any unit."""
    if capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member):
        return None
    return units_of_cases(capacity.unit_ids)


def _details(nomination: Nomination) -> str:
    state = state_of(nomination)
    year = f"năm {nomination.award_year}: {lower_first(state.label) if state else ''}"
    return ", ".join(filter(None, [nomination.nominee_unit, year]))


def find_awards(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Lines of the Sổ vàng by name, or by the number of the decision, the newest first."""
    rows = search_register(Award.objects.visible_to(user), words).select_related("decision__document")
    found = rows.order_by("-awarded_on", "-pk")[:limit]
    return [
        SearchHit(row.current_name, f"{row.in_short}, {row.decision.document.dated}", row.get_absolute_url())
        for row in found
    ]


def register_commendations_search() -> None:
    """Called in AppConfig.ready()."""
    nominations = SearchSource("Hồ sơ đề nghị", "award", READERS, find_nominations, "commendations:nominations", 50)
    search_sources.add("nominations", nominations)
    search_sources.add(
        "awards", SearchSource("Sổ vàng", "journal-bookmark", READERS, find_awards, "commendations:register", 60)
    )
