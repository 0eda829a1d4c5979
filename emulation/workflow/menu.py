"""The main menu, by permission; apps register their entries in AppConfig.ready()."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from emulation.communes.capacity import UserCapacity
from emulation.core.registry import Registry
from emulation.workflow.permissions import Permission

MAX_TABS = 5
MENU_GROUPS = ("Của tôi", "Thi đua", "Khen thưởng", "Văn bản", "Xã", "Hệ thống")


@dataclass(frozen=True)
class MenuEntry:
    """One menu entry, shown to users with `permission`; with a `short` name it is also a tab on phones."""

    label: str
    url: str
    icon: str
    permission: Permission
    group: str
    order: int = 50
    short: str = ""


menu_entries: Registry[MenuEntry] = Registry("Menu", "URL name: an entry of the main menu")


def add_menu_entries(*entries: MenuEntry) -> None:
    """Adds entries to the menu."""
    for entry in entries:
        menu_entries.add(entry.url, entry)


@dataclass(frozen=True)
class Menu:
    """The menu of a user on a page: its groups and its tabs (the bottom bar on phones), both also as HTML."""

    groups: list[dict[str, Any]]
    tabs: list[dict[str, Any]]

    @cached_property
    def lines(self) -> str:
        """The groups as HTML; each page contains them twice, in the sidebar and in the collapsed menu."""
        return render_to_string("components/_menu.html", {"menu": self.groups})

    @cached_property
    def bar(self) -> str:
        """The tabs as HTML; "" if there are fewer than two."""
        return render_to_string("components/_tabs.html", {"tabs": self.tabs}) if self.tabs else ""


def menu_for(capacity: UserCapacity, path: str) -> Menu:
    """The menu of this user on the page at `path`."""
    allowed = (entry for entry in menu_entries.values() if entry.permission.allows(capacity, None))
    shown = [(entry, url) for entry in allowed if (url := _entry_url(entry.url))]
    # The active entry is the nearest one that leads to this page or to a page above it.
    candidates = [url for _, url in shown if path.startswith(url) and url != "/"]
    return _build_menu(tuple(shown), max(candidates, key=len, default=""))


@cache
def _entry_url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=512)
def _build_menu(entries: tuple[tuple[MenuEntry, str], ...], active: str) -> Menu:
    """The menu with the entry at the URL `active` marked.

    Cached: there are only as many menus as combinations of roles and active entries, so pages do not render it again.
    """
    groups: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for title in MENU_GROUPS:
        in_group = sorted((pair for pair in entries if pair[0].group == title), key=lambda pair: pair[0].order)
        if in_group:
            group_lines = [_entry_context(entry, url, url == active) for entry, url in in_group]
            groups.append({"title": title, "entries": group_lines})
            lines += group_lines
    return Menu(groups, _tabs(lines))


def _entry_context(entry: MenuEntry, url: str, active: bool) -> dict[str, Any]:
    return {"label": entry.label, "short": entry.short, "url": url, "icon": entry.icon, "active": active}


def _tabs(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries with a short name, at most five; none if there are fewer than two."""
    tabs = [line for line in lines if line["short"]][:MAX_TABS]
    return tabs if len(tabs) > 1 else []
