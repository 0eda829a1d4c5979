"""The main navigation: at most seven doors for a role, tabs inside a door; apps register their entries in AppConfig.ready()."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.registry import Registry
from emulation.workflow.permissions import Permission

MAX_BAR_DOORS = 5
MORE = "more"
SECTIONS = {
    "work": "Việc của tôi",
    "exemplars": "Điển hình",
    "awards": "Khen thưởng",
    "campaigns": "Phong trào",
    "papers": "Văn bản",
    "reports": "Báo cáo",
    "people": "Con người",
    "calendar": "Lịch",
    "law": "Danh mục và quy định",
    "system": "Hệ thống",
    MORE: "Thêm",
}
"""The sections of the product by key, with their names on the page "Thêm"."""


@dataclass(frozen=True)
class Door:
    """One item of the main navigation; it opens the first of its tabs: the entries of these sections.

    On phones the bar has `short`, and leaves out `off_bar` doors when there are too many.
    """

    key: str
    label: str
    icon: str
    sections: tuple[str, ...]
    short: str = ""
    off_bar: bool = False


DOORS = {
    door.key: door
    for door in (
        Door("work", "Việc của tôi", "inbox", ("work",), "Việc"),
        Door("exemplars", "Điển hình tháng", "star", ("exemplars",), "Điển hình"),
        Door("movement", "Thi đua", "star", ("exemplars", "campaigns")),
        Door("awards", "Khen thưởng", "award", ("awards",)),
        Door("campaigns", "Phong trào", "flag", ("campaigns",), off_bar=True),
        Door("papers", "Văn bản", "file-earmark-text", ("papers", "reports")),
        Door("reports", "Báo cáo", "bar-chart", ("reports",)),
        Door("people", "Con người", "people", ("people",), off_bar=True),
        Door("system", "Hệ thống", "heart-pulse", ("system", "people")),
        Door(MORE, "Thêm", "grid", (MORE,)),
    )
}
"""All doors in their order on the screen. An entry is behind the first door of the user that has its section, else behind "Thêm"."""

UNIT_DOORS = ("work", "exemplars", "awards", MORE)
ROLE_DOORS: dict[Role, tuple[str, ...]] = {
    **dict.fromkeys(UNIT_HEAD_ROLES, UNIT_DOORS),
    Role.office: ("work", "exemplars", "awards", "campaigns", "papers", "people", MORE),
    Role.clerk: ("work", "awards", "papers", MORE),
    Role.council_member: UNIT_DOORS,
    Role.chair: ("work", "movement", "awards", MORE),
    Role.superior: ("work", "awards", "reports", MORE),
    Role.administrator: ("work", "system", MORE),
}


@dataclass(frozen=True)
class MenuEntry:
    """A page of the main navigation, shown to users with `permission`: a tab of its section, a line on the page "Thêm".

    `about` says what one finds there. `covers`: URL names of other pages that belong to it, with what is below them ("campaigns:receipt").
    """

    label: str
    url: str
    icon: str
    permission: Permission
    section: str
    order: int = 50
    about: str = ""
    covers: tuple[str, ...] = ()


menu_entries: Registry[MenuEntry] = Registry("Menu", "URL name: an entry of the main navigation")


def add_menu_entries(*entries: MenuEntry) -> None:
    """Adds entries to the navigation."""
    for entry in entries:
        menu_entries.add(entry.url, entry)


@dataclass(frozen=True)
class Menu:
    """The navigation of a user on a page, also as HTML.

    `doors`: each a dict with key, label, short, icon, url, active, `entries`. `tabs`: the entries beside the one that is
    open, [] on a page below it. `more`: what the page "Thêm" lists, pairs of section title and entries.
    """

    doors: list[dict[str, Any]]
    tabs: list[dict[str, Any]]
    more: list[tuple[str, list[dict[str, Any]]]]

    @property
    def bar_doors(self) -> list[dict[str, Any]]:
        """The doors at the foot of the screen on phones: at most five; the others are on the page "Thêm"."""
        if len(self.doors) <= MAX_BAR_DOORS:
            return self.doors
        return [door for door in self.doors if not door["off_bar"]][:MAX_BAR_DOORS]

    @property
    def doors_off_bar(self) -> list[dict[str, Any]]:
        """The doors that phones reach by the page "Thêm"."""
        return [door for door in self.doors if door not in self.bar_doors]

    @cached_property
    def rail(self) -> str:
        """The doors beside the page as HTML."""
        return render_to_string("components/_doors.html", {"doors": self.doors})

    @cached_property
    def bar(self) -> str:
        """The doors at the foot of the screen as HTML."""
        return render_to_string("components/_door_bar.html", {"doors": self.bar_doors})

    @cached_property
    def tab_strip(self) -> str:
        """The tabs of the page as HTML; "" when there are fewer than two."""
        return render_to_string("components/_tabs.html", {"tabs": self.tabs}) if len(self.tabs) > 1 else ""


def menu_for(capacity: UserCapacity, path: str) -> Menu:
    """The navigation of this user on the page at `path`."""
    shown = entries_for(capacity)
    active = active_entry(shown, path)
    keys = _door_keys(capacity.roles)
    return _build_menu(shown, keys, active, bool(active) and path == _entry_url(active))


def entries_for(capacity: UserCapacity) -> tuple[MenuEntry, ...]:
    """The entries that this user may open."""
    allowed = (entry for entry in menu_entries.values() if entry.permission.allows(capacity, None))
    return tuple(sorted((entry for entry in allowed if _entry_url(entry.url)), key=lambda entry: entry.order))


def active_entry(entries: tuple[MenuEntry, ...], path: str) -> str:
    """The URL name of the entry to which the page at `path` belongs: the one with the longest matching address; "" if none."""
    found = []
    for entry in entries:
        own = _entry_url(entry.url)
        starts = (own, *map(_page_start, entry.covers))
        found += [(len(start), start == own, -entry.order, entry.url) for start in starts if path.startswith(start)]
    return max(found)[-1] if found else ""


@cache
def _entry_url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def _page_start(name: str) -> str:
    """The address of a list, or the part before the key of an object: "/thi-dua/nhan/" of "/thi-dua/nhan/<pk>/"."""
    return _entry_url(name) or reverse(name, args=[1]).partition("1/")[0]


def _door_keys(roles: frozenset[Role]) -> tuple[str, ...]:
    """The doors of a user with these roles, in their order on the screen; a door whose sections others have already is left out."""
    wanted = {"work", MORE}.union(*(ROLE_DOORS[role] for role in roles))
    if "movement" in wanted:
        wanted.discard("movement" if "campaigns" in wanted else "exemplars")
    if "papers" in wanted:
        wanted.discard("reports")
    if "people" in wanted:
        wanted.discard("system")
    return tuple(key for key in DOORS if key in wanted)


@lru_cache(maxsize=512)
def _build_menu(entries: tuple[MenuEntry, ...], keys: tuple[str, ...], active: str, is_entry_page: bool) -> Menu:
    """The navigation with the entry `active` marked.

    Cached: there are only as many as combinations of roles and active entries, so pages do not render it again.
    """
    door_of = {section: key for key in reversed(keys) for section in DOORS[key].sections}
    by_door: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    for section in SECTIONS:
        for entry in entries:
            if entry.section == section:
                by_door[door_of.get(section, MORE)].append(_entry_context(entry, entry.url == active))
    doors = [_door_context(DOORS[key], found) for key, found in by_door.items() if found]
    tabs = next((_tabs(door) for door in doors if door["active"]), []) if is_entry_page else []
    return Menu(doors, tabs, _by_section(by_door[MORE]))


def _entry_context(entry: MenuEntry, active: bool) -> dict[str, Any]:
    return {
        "label": entry.label, "url": _entry_url(entry.url), "icon": entry.icon, "about": entry.about,
        "section": entry.section, "name": entry.url, "active": active,
    }  # fmt: skip


def _door_context(door: Door, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """What a template shows of a door: "Thêm" opens its own page, the others their first entry."""
    first = next((entry for entry in entries if entry["section"] == door.key), entries[0])
    return {
        "key": door.key, "label": door.label, "short": door.short or door.label, "icon": door.icon, "url": first["url"],
        "off_bar": door.off_bar, "active": any(entry["active"] for entry in entries), "entries": entries,
        "counts": "total" if door.key == "work" else " ".join(entry["name"] for entry in entries), "mine": door.key == "work",
    }  # fmt: skip


def _tabs(door: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of an open door; of "Thêm" only those of the open entry's section."""
    if door["key"] != MORE:
        return list(door["entries"])
    section = next(entry["section"] for entry in door["entries"] if entry["active"])
    return [entry for entry in door["entries"] if entry["section"] == section]


def _by_section(entries: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups = [
        (title, [entry for entry in entries if entry["section"] == key])
        for key, title in SECTIONS.items()
        if key != MORE
    ]
    return [(title, found) for title, found in groups if found]
