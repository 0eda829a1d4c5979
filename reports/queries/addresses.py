"""Every address of the house with the view behind it and who may open it, read from the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from emulation.acts.who import Who


@dataclass(frozen=True)
class Address:
    """`route` as it stands in the URL tables ("bao-cao/<int:pk>/"), `name` with its namespace, who may open it."""

    route: str
    name: str
    view: Any
    who: Who | None

    @property
    def methods(self) -> tuple[str, ...]:
        """GET, POST: what the view answers."""
        return tuple(name.upper() for name in ("get", "post") if hasattr(self.view, name))


def addresses() -> list[Address]:
    """All of them, in the order in which the resolver tries them."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], route: str, space: str) -> Iterator[Address]:
    for entry in patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, here, inner)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", entry.callback)
            yield Address(here, f"{space}{entry.name or ''}", view, getattr(view, "who", None))
