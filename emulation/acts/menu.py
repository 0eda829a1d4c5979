"""The menu by role: rooms register their entries in AppConfig.ready()."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from emulation.acts.who import Who
from emulation.communes.standing import Standing

MAX_TABS = 5
GROUPS = ("Của tôi", "Thi đua", "Khen thưởng", "Văn bản", "Xã", "Hệ thống")


@dataclass(frozen=True)
class Entry:
    """One line of the menu: shown to `who`, in `group`, ordered by `order`; with a `short` name also a tab on phones."""

    label: str
    url: str
    icon: str
    who: Who
    group: str
    order: int = 50
    short: str = ""


_entries: dict[str, Entry] = {}


def add(*entries: Entry) -> None:
    """Puts entries into the menu; the same url name replaces."""
    for entry in entries:
        _entries[entry.url] = entry


def menu_for(standing: Standing, path: str) -> list[dict[str, Any]]:
    """The groups of the menu for this person: {"title", "entries": [{label, url, icon, active}]}, empty groups left out."""
    groups = []
    for title in GROUPS:
        drawn = [_drawn(entry) for entry in _sorted(title) if entry.who.test(standing, None)]
        if entries := [entry for entry in drawn if entry]:
            groups.append({"title": title, "entries": entries})
    _mark_active([entry for group in groups for entry in group["entries"]], path)
    return groups


def _sorted(group: str) -> list[Entry]:
    return sorted((entry for entry in _entries.values() if entry.group == group), key=lambda entry: entry.order)


def _drawn(entry: Entry) -> dict[str, Any] | None:
    try:
        url = reverse(entry.url)
    except NoReverseMatch:
        return None
    return {"label": entry.label, "short": entry.short, "url": url, "icon": entry.icon, "active": False}


def _mark_active(entries: list[dict[str, Any]], path: str) -> None:
    """Of all entries that lead to this page or above it, the nearest is the one where the person is."""
    above = [entry for entry in entries if path.startswith(entry["url"]) and entry["url"] != "/"]
    if above:
        max(above, key=lambda entry: len(entry["url"]))["active"] = True


def tabs_of(menu: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries under the thumb on a phone: those with a short name, five at most; fewer than two are no bar."""
    tabs = [entry for group in menu for entry in group["entries"] if entry["short"]][:MAX_TABS]
    return tabs if len(tabs) > 1 else []
