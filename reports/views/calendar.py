"""Lịch công tác: the month, one day of it, and the days of the year counted back."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import PAGE_SIZE, Page
from emulation.core.fields import parse_date
from emulation.core.words import vn_date
from emulation.legal.days import calendar_of, days_of
from reports import month as rules
from reports.queries import calendar, milestones

HELP = "lich-cong-tac"


def address(first: date, only: str = "", name: str = "reports:calendar") -> str:
    """A page of the calendar for that month and kind."""
    asked = {"thang": rules.key_of(first), **({"loai": only} if only else {})}
    return f"{reverse(name)}?{urlencode(asked)}"


class OfMonth(Page):
    """What is asked for a month and a kind: `?thang=2026-11&loai=session`, this month and all kinds when nothing is."""

    who, help = who.signed_in, HELP

    def asked(self, data: Any) -> tuple[date, str]:
        """The first day of the month, and the kind."""
        return rules.month_of(data.get("thang", ""), timezone.localdate()), data.get("loai", "")[:40]


class MonthPage(OfMonth):
    """Everything dated that this person has in a month: a grid on a wide screen, a list on a telephone."""

    template_name = "reports/calendar.html"

    def content(self) -> dict[str, Any]:
        first, only = self.asked(self.request.GET)
        commune, today = self.commune, timezone.localdate()
        shown = calendar.month(self.request.user, first, only, today)
        only = only if only in {kind.code for kind in shown.kinds} else ""
        before, after = rules.neighbours(first)
        return {
            "title": f"Lịch công tác {rules.title_of(first)}",
            "commune": commune,
            "month": shown,
            "heads": list(zip(rules.SHORT, rules.WEEKDAYS, strict=True)),
            "before": (rules.title_of(before), address(before, only)) if before else None,
            "after": (rules.title_of(after), address(after, only)) if after else None,
            "now": address(today, only),
            "chips": _chips(shown, only),
            "paper": address(first, only, "reports:month_sheet"),
            "year": first.year,
            "counted": Milestones.who.test(self.standing, None),
        }


def _chips(shown: calendar.Month, only: str) -> list[dict[str, Any]]:
    whole = {
        "label": "Tất cả",
        "url": address(shown.first),
        "active": not only,
        "count": sum(shown.counts.values()),
    }
    kinds = [
        {
            "label": kind.label,
            "url": address(shown.first, kind.code),
            "active": only == kind.code,
            "count": shown.counts[kind.code],
        }
        for kind in shown.kinds
    ]
    return [whole, *kinds]


class DayPage(Page):
    """All that falls on one day, `?ngay=25/11/2026`, 25 things a page; today when no day is asked for."""

    who, help = who.signed_in, HELP
    template_name = "reports/calendar_day.html"

    def content(self) -> dict[str, Any]:
        day, today, commune = self.day, timezone.localdate(), self.commune
        items, _ = calendar.items_of(self.request.user, day, day, today)
        working = calendar_of(commune.pk)
        return {
            "title": f"{rules.WEEKDAYS[day.weekday()]}, {vn_date(day)}",
            "crumbs": [(f"Lịch công tác {rules.title_of(day)}", address(day)), (vn_date(day), "")],
            "day": day,
            "today": today,
            "page": Paginator(items, PAGE_SIZE).get_page(self.request.GET.get("trang")),
            "line": days_of(commune.pk).get(day),
            "works": working.is_working(day),
            "known": working.known(day),
            "back": address(day),
        }

    @property
    def day(self) -> date:
        """The day in the address, today where that is none."""
        try:
            day = parse_date(self.request.GET.get("ngay", "")[:20])
        except ValidationError:
            return timezone.localdate()
        return day if rules.FIRST_YEAR <= day.year <= rules.LAST_YEAR else timezone.localdate()


class Milestones(Page):
    """The yearly days and every step before them, with how each was counted; the office sets the real day from here."""

    who = who.staff | who.superior | who.unit_head | who.council_member
    help = HELP
    template_name = "reports/milestones.html"

    def content(self) -> dict[str, Any]:
        year, today = self.year, timezone.localdate()
        return {
            "title": f"Mốc hằng năm {year}",
            "crumbs": [("Lịch công tác", address(today)), ("Mốc hằng năm", "")],
            "year": year,
            "today": today,
            "years": [_year(shown, year) for shown in range(year - 1, year + 2)],
            "chains": [self._shown(one) for one in milestones.chains_for(self.request.user, year)],
            "may_set": who.office.test(self.standing, None),
        }

    def _shown(self, one: milestones.Counted) -> dict[str, Any]:
        asked = {"ma": one.chain.code, "cach": "override", "ngay": vn_date(one.due.day)}
        return {"counted": one, "set": f"{reverse('legal:start_local')}?{urlencode(asked)}"}

    @property
    def year(self) -> int:
        asked = self.request.GET.get("nam", "")
        year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
        return year if rules.FIRST_YEAR <= year < rules.LAST_YEAR else timezone.localdate().year


def _year(year: int, shown: int) -> dict[str, Any]:
    return {
        "label": str(year),
        "url": f"{reverse('reports:milestones')}?nam={year}",
        "active": year == shown,
        "count": None,
    }
