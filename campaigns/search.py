"""Exemplars, directives, letters and campaigns for the search of the masthead."""

from typing import Any

from campaigns.models import Campaign, Directive, Exemplar, Letter
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.formatting import lower_first
from emulation.core.text import fold
from emulation.workflow import permissions
from emulation.workflow.search_registry import SearchHit, SearchSource, search_sources
from emulation.workflow.workflow import state_of
from villages.queries.nominees import search_nominees

NEWEST = 400
"""How many of the newest directives, letters and campaigns are compared; they have no folded column."""


def find_exemplars(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Exemplars by the name of the nominee, the newest period first."""
    seen = Exemplar.objects.visible_to(user).for_lists().exclude(state=Exemplar.CANCELLED)
    rows = search_nominees(seen, words, units_of_seen_exemplars(capacity_of(user)))
    found = rows.order_by("-period__opens_on", "-pk")[:limit]
    return [
        SearchHit(
            row.nominee_name,
            ", ".join(filter(None, [row.nominee_unit, f"{lower_first(str(row.period))}: {_state(row)}"])),
            row.get_absolute_url(),
        )
        for row in found
    ]


def units_of_seen_exemplars(capacity: UserCapacity) -> frozenset[int] | None:
    """The units of all exemplars that the user sees; None: of any unit."""
    return None if capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member) else capacity.unit_ids


def find_directives(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Directives by symbol, issuer or subject."""
    rows = Directive.objects.visible_to(user).order_by("-pk")[:NEWEST]
    found = [row for row in rows if _has(words, row.symbol, row.issuer, row.subject)]
    return [SearchHit(row.symbol, f"{row.issuer}: {row.subject}", row.get_absolute_url()) for row in found[:limit]]


def find_letters(user: Any, words: str, limit: int) -> list[SearchHit]:
    """The commune's letters by subject; issued ones are found as papers too."""
    rows = Letter.objects.visible_to(user).order_by("-pk")[:NEWEST]
    found = [row for row in rows if _has(words, row.subject)]
    return [
        SearchHit(row.subject, f"Công văn của xã, {lower_first(_state(row))}", row.get_absolute_url())
        for row in found[:limit]
    ]


def find_campaigns(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Campaigns by name."""
    rows = Campaign.objects.visible_to(user).order_by("-pk")[:NEWEST]
    found = [row for row in rows if _has(words, row.name)]
    return [
        SearchHit(row.name, f"{row.years}, {lower_first(_state(row))}", row.get_absolute_url()) for row in found[:limit]
    ]


def _has(words: str, *texts: str) -> bool:
    folded = fold(" ".join(texts))
    return all(word in folded for word in fold(words).split())


def _state(row: Any) -> str:
    state = state_of(row)
    return state.label if state else ""


def register_campaigns_search() -> None:
    """Called in AppConfig.ready()."""
    units = permissions.staff | permissions.council | permissions.unit_head
    readers = permissions.issued_paper_readers
    for key, source in (
        ("exemplars", SearchSource("Điển hình", "star", units, find_exemplars, order=40)),
        (
            "directives",
            SearchSource(
                "Văn bản đến", "envelope-paper", permissions.staff, find_directives, "campaigns:directives", order=80
            ),
        ),
        ("letters", SearchSource("Công văn của xã", "megaphone", readers, find_letters, order=85)),
        ("campaigns", SearchSource("Phong trào", "flag", readers, find_campaigns, order=90)),
    ):
        search_sources.add(key, source)
