"""Public pages of the honour roll: home, list, one entry, verification of a code."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from emulation.core.addresses import address_group, client_address
from emulation.core.formatting import upper_first
from emulation.core.text import clean
from emulation.documents.codes import printed_code
from emulation.workflow import permissions
from emulation.workflow.lists import ListFilter, PagedListView
from emulation.workflow.views import PageView
from portal import queries
from portal.models import HonourEntry

NEWEST_SHOWN = 6


class PublicPage(PageView):
    permission = permissions.public

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "portal_menu": _menu(self.request.path)}


class HomePage(PublicPage):
    """Start page: the newest honours and stories for visitors; a redirect to "Việc của tôi" for signed-in users."""

    template_name = "portal/home.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("reports:todo")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commune = queries.host_commune()
        entries = queries.honour_roll(commune)
        return {
            **super().get_context_data(**context),
            "entries": [_honour_card(entry) for entry in entries[:NEWEST_SHOWN]],
            "total": entries.count(),
            "years": queries.honour_years(commune),
            "stories": list(queries.published_stories(commune)[:3]),
        }


class HonourRollPage(PublicPage, PagedListView):
    """Bảng vàng, filtered by year and unit; the search ignores diacritics."""

    template_name = "portal/roll.html"
    help = "bang-vang"

    def get_queryset(self) -> Any:
        rows = queries.honour_roll(queries.host_commune())
        if self.year:
            rows = rows.filter(year=int(self.year))
        return rows.filter(unit_name=self.unit) if self.unit else rows

    @property
    def year(self) -> str:
        year = self.request.GET.get("nam", "")
        return year if year.isdecimal() and len(year) == 4 else ""

    @property
    def unit(self) -> str:
        return clean(self.request.GET.get("don-vi", "")[:200])

    def filters(self) -> list[ListFilter]:
        commune = queries.host_commune()
        years = {str(year): f"Năm {year} ({count})" for year, count in queries.honour_years(commune)}
        units = {name: name for name in queries.honoured_units(commune)}
        return [ListFilter("nam", "Năm", years, self.year), ListFilter("don-vi", "Đơn vị", units, self.unit)]

    def search(self, rows: Any, words: str) -> Any:
        return rows.like(words)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = super().get_context_data(**context)
        return {**content, "entries": [_honour_card(entry) for entry in content["rows"]]}


class HonourEntryPage(PublicPage):
    """One entry; the address contains its verification code. A code that is no longer valid is redirected."""

    template_name = "portal/entry.html"
    help = "xac-minh"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entry = queries.honour_by_code(kwargs["code"])
        if entry is None or entry.cancelled:
            raise Http404
        if entry.superseded and not entry.replaced and queries.honour_by_code(entry.valid_code):
            return redirect("portal:entry", code=entry.valid_code)
        if entry.superseded or entry.replaced:
            return redirect("portal:verified", code=entry.code)
        return self.render(self.template_name, entry=entry, code=printed_code(entry.code))


class VerifyCodePage(PublicPage):
    """The form for the code printed on a giấy khen. It uses GET, so the result can be shared as a link."""

    template_name = "portal/verify.html"
    help = "xac-minh"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.GET.get("ma", "").strip()[:40]
        if not typed:
            return super().get(request, *args, **kwargs)
        return redirect("portal:verified", code=typed.replace("/", "").replace(" ", "") or "-")


class VerificationResultPage(PublicPage):
    """The entry of a code; 404 for an unknown code, 429 after too many unknown codes."""

    template_name = "portal/verified.html"
    help = "xac-minh"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = address_group(client_address(request))
        if not queries.may_look_up_code(address):
            return self.render("portal/verify.html", status=429, too_many=True)
        entry = queries.honour_by_code(kwargs["code"])
        if entry is None:
            queries.count_unknown_code(address)
            return self.render("portal/verified.html", status=404, entry=None, typed=kwargs["code"][:40])
        return self.render("portal/verified.html", entry=entry, code=printed_code(entry.code))


def _honour_card(entry: HonourEntry) -> dict[str, str]:
    return {
        "name": entry.name,
        "place": entry.unit_name,
        "deed": f"{entry.achievement_in_full}.",
        "tag": upper_first(entry.award_title),
        "note": f"Quyết định số {entry.decision_number} ngày {entry.decision_date:%d/%m/%Y}",
        "url": entry.get_absolute_url(),
    }


def _menu(path: str) -> list[dict[str, Any]]:
    entries = [
        ("Trang đầu", "home", "house"),
        ("Bảng vàng", "portal:roll", "award"),
        ("Điển hình", "portal:stories", "star"),
        ("Xác minh giấy khen", "portal:verify", "patch-check"),
        ("Trợ giúp", "help_index", "question-circle"),
    ]
    return [_menu_entry(label, reverse(name), icon, path) for label, name, icon in entries]


def _menu_entry(label: str, url: str, icon: str, path: str) -> dict[str, Any]:
    is_active = path == url or (url != "/" and path.startswith(url))
    return {"label": label, "url": url, "icon": icon, "active": is_active}
