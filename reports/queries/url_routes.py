"""Every URL of the project with its view and permission, read from the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from emulation.workflow.permissions import Permission


@dataclass(frozen=True)
class UrlRoute:
    """`route` as in the URLconf ("bao-cao/<int:pk>/"), `name` with its namespace, the permission of its view."""

    route: str
    name: str
    view: Any
    permission: Permission | None

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that the view handles: GET, POST."""
        return tuple(name.upper() for name in ("get", "post") if hasattr(self.view, name))


def url_routes() -> list[UrlRoute]:
    """All routes, in the order in which the resolver tries them."""
    return list(_routes(get_resolver().url_patterns, "", ""))


def _routes(patterns: list[Any], route: str, namespace: str) -> Iterator[UrlRoute]:
    for entry in patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _routes(entry.url_patterns, here, inner)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", entry.callback)
            yield UrlRoute(here, f"{namespace}{entry.name or ''}", view, getattr(view, "permission", None))
