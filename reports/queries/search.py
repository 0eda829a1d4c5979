"""The search of the masthead: what the user may see of everything, in groups."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from emulation.communes.capacity import capacity_of
from emulation.core.text import fold
from emulation.workflow import permissions
from emulation.workflow.search_registry import SearchHit, SearchSource, search_sources
from reports.queries.help_groups import search_help

FEW = 3
MANY = 20


@dataclass(frozen=True)
class SearchGroup:
    """The hits of one source; `more_url` is where all of them are, "" when these are all."""

    title: str
    icon: str
    hits: list[SearchHit]
    more_url: str = ""


def search_everywhere(user: Any, words: str, limit: int) -> list[SearchGroup]:
    """The groups with a hit, at most `limit` hits each; [] for words without a letter or digit."""
    if not fold(words).strip():
        return []
    capacity = capacity_of(user)
    sources = [source for source in search_sources.values() if source.permission.allows(capacity, None)]
    sources.sort(key=lambda source: source.order)
    groups = [_group(source, source.find(user, words, limit + 1), words, limit) for source in sources]
    return [group for group in groups if group.hits]


def _group(source: SearchSource, hits: list[SearchHit], words: str, limit: int) -> SearchGroup:
    more = f"{reverse(source.list_url)}?{urlencode({'q': words})}" if source.list_url and len(hits) > limit else ""
    return SearchGroup(source.title, source.icon, hits[:limit], more)


def find_help_pages(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Help pages whose question or answer has every word."""
    return [SearchHit(question, "", reverse("help", args=[slug])) for slug, question in search_help(words)[:limit]]


def register_help_search() -> None:
    """Called in AppConfig.ready()."""
    search_sources.add(
        "help", SearchSource("Trợ giúp", "question-circle", permissions.signed_in, find_help_pages, order=99)
    )
