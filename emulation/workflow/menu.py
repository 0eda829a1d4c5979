"""The main navigation: at most seven areas for a role, tabs inside a area; apps register their entries in AppConfig.ready()."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.registry import Registry
from emulation.workflow.permissions import Permission

MAX_BAR_AREAS = 5
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
class Area:
    """One item of the main navigation; it opens the first of its tabs: the entries of these sections.

    On phones the bar has `short`, and leaves out `off_bar` areas when there are too many.
    """

    key: str
    label: str
    icon: str
    sections: tuple[str, ...]
    short: str = ""
    off_bar: bool = False


AREAS = {
    area.key: area
    for area in (
        Area("work", "Việc của tôi", "inbox", ("work",), "Việc"),
        Area("exemplars", "Điển hình tháng", "star", ("exemplars",), "Điển hình"),
        Area("movement", "Thi đua", "star", ("exemplars", "campaigns")),
        Area("awards", "Khen thưởng", "award", ("awards",)),
        Area("campaigns", "Phong trào", "flag", ("campaigns",), off_bar=True),
        Area("papers", "Văn bản", "file-earmark-text", ("papers", "reports")),
        Area("reports", "Báo cáo", "bar-chart", ("reports",)),
        Area("people", "Con người", "people", ("people",), off_bar=True),
        Area("system", "Hệ thống", "heart-pulse", ("system", "people")),
        Area(MORE, "Thêm", "grid", (MORE,)),
    )
}
"""All areas in their order on the screen. An entry is in the first area of the user that has its section, else in "Thêm"."""

UNIT_AREAS = ("work", "exemplars", "awards", MORE)
ROLE_AREAS: dict[Role, tuple[str, ...]] = {
    **dict.fromkeys(UNIT_HEAD_ROLES, UNIT_AREAS),
    Role.office: ("work", "exemplars", "awards", "campaigns", "papers", "people", MORE),
    Role.clerk: ("work", "awards", "papers", MORE),
    Role.council_member: UNIT_AREAS,
    **dict.fromkeys((Role.chair, Role.vice_chair), ("work", "movement", "awards", MORE)),
    Role.superior: ("work", "awards", "reports", MORE),
    Role.administrator: ("work", "system", MORE),
}


@dataclass(frozen=True)
class MenuEntry:
    """A page of the main navigation, shown to users with `permission`: a tab of its section, a line on the page "Thêm".

    `about` is what one finds there. `covers`: URL names of other pages that belong to it, with what is below them ("campaigns:receipt").
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

    `areas`: each a dict with key, label, short, icon, url, active, `entries`. `tabs`: the entries of the area that is
    open, [] on a page below it. `trail`: the way back from a page below it, the entry as a pair of label and URL.
    `more`: what the page "Thêm" lists, pairs of section title and entries.
    """

    areas: list[dict[str, Any]]
    tabs: list[dict[str, Any]]
    trail: list[tuple[str, str]]
    more: list[tuple[str, list[dict[str, Any]]]]

    @property
    def bar_areas(self) -> list[dict[str, Any]]:
        """The areas at the foot of the screen on phones: at most five; the others are on the page "Thêm"."""
        if len(self.areas) <= MAX_BAR_AREAS:
            return self.areas
        return [area for area in self.areas if not area["off_bar"]][:MAX_BAR_AREAS]

    @property
    def areas_off_bar(self) -> list[dict[str, Any]]:
        """The areas that phones reach by the page "Thêm"."""
        return [area for area in self.areas if area not in self.bar_areas]

    @cached_property
    def rail(self) -> str:
        """The areas at the side of the page as HTML."""
        return render_to_string("components/_areas.html", {"areas": self.areas})

    @cached_property
    def bar(self) -> str:
        """The areas at the foot of the screen as HTML."""
        return render_to_string("components/_area_bar.html", {"areas": self.bar_areas})

    @cached_property
    def tab_strip(self) -> str:
        """The tabs of the page as HTML; "" when there are fewer than two."""
        return render_to_string("components/_tabs.html", {"tabs": self.tabs}) if len(self.tabs) > 1 else ""


def menu_for(capacity: UserCapacity, path: str) -> Menu:
    """The navigation of this user on the page at `path`."""
    shown = entries_for(capacity)
    active = active_entry(shown, path)
    keys = _area_keys(capacity.roles)
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


def _area_keys(roles: frozenset[Role]) -> tuple[str, ...]:
    """The areas of a user with these roles, in their order on the screen; a area whose sections others have already is left out."""
    wanted = {"work", MORE}.union(*(ROLE_AREAS[role] for role in roles))
    if "movement" in wanted:
        wanted.discard("movement" if "campaigns" in wanted else "exemplars")
    if "papers" in wanted:
        wanted.discard("reports")
    if "people" in wanted:
        wanted.discard("system")
    return tuple(key for key in AREAS if key in wanted)


@lru_cache(maxsize=512)
def _build_menu(entries: tuple[MenuEntry, ...], keys: tuple[str, ...], active: str, is_entry_page: bool) -> Menu:
    """The navigation with the entry `active` marked.

    Cached: there are only as many as combinations of roles and active entries, so pages do not render it again.
    """
    by_area = _entries_by_area(entries, keys, active)
    areas = [_area_context(AREAS[key], found) for key, found in by_area.items() if found]
    tabs = next((_tabs(area) for area in areas if area["active"]), []) if is_entry_page else []
    trail = [] if is_entry_page else _trail(entries, active)
    return Menu(areas, tabs, trail, _by_section(by_area[MORE]))


def _trail(entries: tuple[MenuEntry, ...], active: str) -> list[tuple[str, str]]:
    """The entry `active` as a pair of label and URL; [] if there is none."""
    return [(entry.label, _entry_url(entry.url)) for entry in entries if entry.url == active]


def _entries_by_area(
    entries: tuple[MenuEntry, ...], keys: tuple[str, ...], active: str
) -> dict[str, list[dict[str, Any]]]:
    """The entries of each area, by section and in their order."""
    area_of: dict[str, str] = {}
    for key in reversed(keys):
        area_of |= dict.fromkeys(AREAS[key].sections, key)
    by_area: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    sections = list(SECTIONS)
    for entry in sorted(entries, key=lambda entry: sections.index(entry.section)):
        by_area[area_of.get(entry.section, MORE)].append(_entry_context(entry, entry.url == active))
    return by_area


def _entry_context(entry: MenuEntry, active: bool) -> dict[str, Any]:
    return {
        "label": entry.label, "url": _entry_url(entry.url), "icon": entry.icon, "about": entry.about,
        "section": entry.section, "name": entry.url, "active": active,
    }  # fmt: skip


def _area_context(area: Area, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """What a template shows of a area: "Thêm" opens its own page, the others their first entry."""
    first = next((entry for entry in entries if entry["section"] == area.key), entries[0])
    return {
        "key": area.key, "label": area.label, "short": area.short or area.label, "icon": area.icon, "url": first["url"],
        "off_bar": area.off_bar, "active": any(entry["active"] for entry in entries), "entries": entries,
        "mine": area.key == "work",
    }  # fmt: skip


def _tabs(area: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of an open area; of "Thêm" only those of the open entry's section."""
    if area["key"] != MORE:
        return list(area["entries"])
    section = next(entry["section"] for entry in area["entries"] if entry["active"])
    return [entry for entry in area["entries"] if entry["section"] == section]


def _by_section(entries: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups = [
        (title, [entry for entry in entries if entry["section"] == key])
        for key, title in SECTIONS.items()
        if key != MORE
    ]
    return [(title, found) for title, found in groups if found]
