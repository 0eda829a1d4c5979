"""Every URL of the project with its view and permission, read from the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from emulation.workflow.permissions import Permission


@dataclass(frozen=True)
class UrlRoute:
    """`route` as it stands in the URL tables ("bao-cao/<int:pk>/"), `name` with its namespace, who may open it."""

    route: str
    name: str
    view: Any
    permission: Permission | None

    @property
    def methods(self) -> tuple[str, ...]:
        """GET, POST: what the view answers."""
        return tuple(name.upper() for name in ("get", "post") if hasattr(self.view, name))


def url_routes() -> list[UrlRoute]:
    """All of them, in the order in which the resolver tries them."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], route: str, space: str) -> Iterator[UrlRoute]:
    for entry in patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, here, inner)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", entry.callback)
            yield UrlRoute(here, f"{space}{entry.name or ''}", view, getattr(view, "permission", None))
