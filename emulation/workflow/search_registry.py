"""Registry of what the search of the masthead looks through; apps register their sources in `AppConfig.ready()`.

    search_sources.add("people", SearchSource("Người", "person", readers, find_people, "villages:units"))

find(user, words, limit) -> at most `limit` hits among the rows that this user may see (`visible_to`), best first. Words
match with or without diacritics. The number of queries does not depend on the number of rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from emulation.core.registry import Registry
from emulation.workflow.permissions import Permission


@dataclass(frozen=True)
class SearchHit:
    """One thing that was found: its name, what distinguishes it, its page."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class SearchSource:
    """One group of the results; `order` sorts the groups.

    `list_url`: URL name of the list that shows all of them for `?q=`; "" if there is none.
    """

    title: str
    icon: str
    permission: Permission
    find: Callable[[Any, str, int], list[SearchHit]]
    list_url: str = ""
    order: int = 50


search_sources: Registry[SearchSource] = Registry(
    "Tìm kiếm", "key: a group of the results of the search, in their order"
)
