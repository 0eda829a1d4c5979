"""The menu by role: rooms register their entries in AppConfig.ready()."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from emulation.communes.capacity import UserCapacity
from emulation.workflow.permissions import Permission

MAX_TABS = 5
MENU_GROUPS = ("Của tôi", "Thi đua", "Khen thưởng", "Văn bản", "Xã", "Hệ thống")


@dataclass(frozen=True)
class MenuEntry:
    """One line of the menu: shown to `who`, in `group`, ordered by `order`; with a `short` name also a tab on phones."""

    label: str
    url: str
    icon: str
    permission: Permission
    group: str
    order: int = 50
    short: str = ""


_entries: dict[str, MenuEntry] = {}


def add_menu_entries(*entries: MenuEntry) -> None:
    """Puts entries into the menu; the same url name replaces."""
    for entry in entries:
        _entries[entry.url] = entry


@dataclass(frozen=True)
class Menu:
    """What a person sees of the menu on a page: its groups, the tabs under the thumb, and both as HTML."""

    groups: list[dict[str, Any]]
    tabs: list[dict[str, Any]]

    @cached_property
    def lines(self) -> str:
        """The groups as HTML; each page carries them twice, beside the text and folded away."""
        return render_to_string("components/_menu.html", {"menu": self.groups})

    @cached_property
    def bar(self) -> str:
        """The tabs as HTML, nothing for fewer than two."""
        return render_to_string("components/_tabs.html", {"tabs": self.tabs}) if self.tabs else ""


def menu_for(capacity: UserCapacity, path: str) -> Menu:
    """The menu of this person on the page at `path`."""
    mine = (entry for entry in _entries.values() if entry.permission.allows(capacity, None))
    drawn = [(entry, url) for entry in mine if (url := _entry_url(entry.url))]
    above = [url for _, url in drawn if path.startswith(url) and url != "/"]
    return _build_menu(tuple(drawn), max(above, key=len, default=""))


@cache
def _entry_url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=512)
def _build_menu(entries: tuple[tuple[MenuEntry, str], ...], active: str) -> Menu:
    """There are as many menus as sets of roles times entries: drawn once a process, not anew for each page.

    Of all entries that lead to a page or above it, the nearest is the one where the person is: `active`.
    """
    groups = []
    for title in MENU_GROUPS:
        mine = sorted((pair for pair in entries if pair[0].group == title), key=lambda pair: pair[0].order)
        if mine:
            groups.append(
                {"title": title, "entries": [_entry_context(entry, url, url == active) for entry, url in mine]}
            )
    return Menu(groups, _tabs([line for group in groups for line in group["entries"]]))


def _entry_context(entry: MenuEntry, url: str, active: bool) -> dict[str, Any]:
    return {"label": entry.label, "short": entry.short, "url": url, "icon": entry.icon, "active": active}


def _tabs(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries with a short name, five at most; fewer than two are no bar."""
    tabs = [line for line in lines if line["short"]][:MAX_TABS]
    return tabs if len(tabs) > 1 else []
