"""The public face: the only pages that need no sign-in. They read the honour roll; those of exemplars stand in stories.py."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from emulation.acts import who
from emulation.acts.web import ListPage, Page
from emulation.core.addresses import address_group, client_address
from emulation.core.text import clean
from emulation.documents.codes import spoken
from portal import queries
from portal.models import HonourEntry

NEWEST = 6


class Public(Page):
    who = who.public

    def extra(self) -> dict[str, Any]:
        return {"portal_menu": _menu(self.request.path)}


class Home(Public):
    """The door: one's own work for those who are signed in, the honour roll for visitors."""

    template_name = "portal/home.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("reports:todo")
        return super().get(request, *args, **kwargs)

    def content(self) -> dict[str, Any]:
        commune = queries.host_commune()
        entries = queries.roll(commune)
        return {
            "entries": [_card(entry) for entry in entries[:NEWEST]],
            "total": entries.count(),
            "years": queries.years(commune),
            "stories": list(queries.stories(commune)[:3]),
        }


class Roll(Public, ListPage):
    """Bảng vàng: search without marks, by year and unit."""

    template_name = "portal/roll.html"
    help = "bang-vang"

    def rows(self) -> Any:
        commune, asked = queries.host_commune(), self.request.GET
        rows = queries.roll(commune)
        if asked.get("nam", "").isdecimal() and len(asked["nam"]) == 4:
            rows = rows.filter(year=int(asked["nam"]))
        if unit := clean(asked.get("don-vi", "")[:200]):
            rows = rows.filter(unit_name=unit)
        return rows

    def search(self, rows: Any, words: str) -> Any:
        return rows.like(words)

    def content(self) -> dict[str, Any]:
        content, commune = super().content(), queries.host_commune()
        return {
            **content,
            "entries": [_card(entry) for entry in content["rows"]],
            "years": queries.years(commune),
            "units": queries.units(commune),
            "year": self.request.GET.get("nam", ""),
            "unit": clean(self.request.GET.get("don-vi", "")[:200]),
        }


class Entry(Public):
    """One honour, at its code."""

    template_name = "portal/entry.html"
    help = "xac-minh"

    def content(self) -> dict[str, Any]:
        entry = queries.by_code(self.kwargs["code"])
        if entry is None or entry.cancelled:
            raise Http404
        return {"entry": entry, "code": spoken(entry.code)}


class Verify(Public):
    """The form for the code on a giấy khen; works by GET, so that it can be sent as a link."""

    template_name = "portal/verify.html"
    help = "xac-minh"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.GET.get("ma", "").strip()[:40]
        if not typed:
            return super().get(request, *args, **kwargs)
        return redirect("portal:verified", code=typed.replace("/", "").replace(" ", "") or "-")


class Verified(Public):
    """What the house knows of a code: the whole wording of the award, or that there is none."""

    template_name = "portal/verified.html"
    help = "xac-minh"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = address_group(client_address(request))
        if not queries.may_ask(address):
            return self.render("portal/verify.html", status=429, too_many=True)
        entry = queries.by_code(kwargs["code"])
        if entry is None:
            queries.note_miss(address)
            return self.render("portal/verified.html", status=404, entry=None, typed=kwargs["code"][:40])
        return self.render("portal/verified.html", entry=entry, code=spoken(entry.code))


def _card(entry: HonourEntry) -> dict[str, str]:
    return {
        "name": entry.name,
        "place": entry.unit_name,
        "deed": f"Đã có thành tích {entry.achievement}.",
        "award": entry.award_title,
        "decision": f"Quyết định số {entry.decision_number} ngày {entry.decision_date:%d/%m/%Y}",
        "url": entry.get_absolute_url(),
    }


def _menu(path: str) -> list[dict[str, Any]]:
    lines = [
        ("Trang đầu", "home", "house"),
        ("Bảng vàng", "portal:roll", "award"),
        ("Điển hình", "portal:stories", "star"),
        ("Xác minh giấy khen", "portal:verify", "patch-check"),
        ("Trợ giúp", "help_index", "question-circle"),
    ]
    return [
        {"label": label, "url": url, "icon": icon, "active": path == url or (url != "/" and path.startswith(url))}
        for label, url, icon in ((label, reverse(name), icon) for label, name, icon in lines)
    ]
