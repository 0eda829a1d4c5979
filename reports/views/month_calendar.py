"""Lịch công tác: the month, one day of it, and the days of the year counted back."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from emulation.core.fields import parse_date
from emulation.core.formatting import format_date
from emulation.legal.calendar.commune_calendar import special_days_of, work_calendar_of
from emulation.workflow import permissions
from emulation.workflow.views import PAGE_SIZE, PageView
from reports.queries import milestones, month_calendar
from reports.rules import month_grid as rules

HELP = "lich-cong-tac"


def month_url(first: date, only: str = "", name: str = "reports:calendar") -> str:
    """A page of the calendar for that month and kind."""
    asked = {"thang": rules.month_key(first), **({"loai": only} if only else {})}
    return f"{reverse(name)}?{urlencode(asked)}"


class MonthView(PageView):
    """What is asked for a month and a kind: `?thang=2026-11&loai=session`, this month and all kinds when nothing is."""

    permission, help = permissions.signed_in, HELP

    def asked(self, data: Any) -> tuple[date, str]:
        """The first day of the month, and the kind."""
        return rules.parse_month(data.get("thang", ""), timezone.localdate()), data.get("loai", "")[:40]


class MonthCalendarPage(MonthView):
    """Everything dated that this person has in a month: a grid on a wide screen, a list on a telephone."""

    template_name = "reports/calendar.html"

    def get_context_data(self) -> dict[str, Any]:
        first, only = self.asked(self.request.GET)
        commune, today = self.commune, timezone.localdate()
        shown = month_calendar.personal_month(self.request.user, first, only, today)
        only = only if only in {kind.code for kind in shown.kinds} else ""
        before, after = rules.neighbour_months(first)
        return {
            "title": f"Lịch công tác {rules.month_title(first)}",
            "commune": commune,
            "month": shown,
            "heads": list(zip(rules.WEEKDAY_SHORT_LABELS, rules.WEEKDAY_LABELS, strict=True)),
            "before": (rules.month_title(before), month_url(before, only)) if before else None,
            "after": (rules.month_title(after), month_url(after, only)) if after else None,
            "now": month_url(today, only),
            "chips": _chips(shown, only),
            "paper": month_url(first, only, "reports:month_sheet"),
            "year": first.year,
            "counted": MilestonesPage.permission.allows(self.capacity, None),
        }


def _chips(shown: month_calendar.PersonalMonth, only: str) -> list[dict[str, Any]]:
    whole = {
        "label": "Tất cả",
        "url": month_url(shown.first),
        "active": not only,
        "count": sum(shown.counts.values()),
    }
    kinds = [
        {
            "label": kind.label,
            "url": month_url(shown.first, kind.code),
            "active": only == kind.code,
            "count": shown.counts[kind.code],
        }
        for kind in shown.kinds
    ]
    return [whole, *kinds]


class CalendarDayPage(PageView):
    """All that falls on one day, `?ngay=25/11/2026`, 25 things a page; today when no day is asked for."""

    permission, help = permissions.signed_in, HELP
    template_name = "reports/calendar_day.html"

    def get_context_data(self) -> dict[str, Any]:
        day, today, commune = self.day, timezone.localdate(), self.commune
        items, _ = month_calendar.calendar_items(self.request.user, day, day, today)
        working = work_calendar_of(commune.pk)
        return {
            "title": f"{rules.WEEKDAY_LABELS[day.weekday()]}, {format_date(day)}",
            "crumbs": [(f"Lịch công tác {rules.month_title(day)}", month_url(day)), (format_date(day), "")],
            "day": day,
            "today": today,
            "page": Paginator(items, PAGE_SIZE).get_page(self.request.GET.get("trang")),
            "line": special_days_of(commune.pk).get(day),
            "works": working.is_working(day),
            "known": working.known(day),
            "back": month_url(day),
        }

    @property
    def day(self) -> date:
        """The day in the address, today where that is none."""
        try:
            day = parse_date(self.request.GET.get("ngay", "")[:20])
        except ValidationError:
            return timezone.localdate()
        return day if rules.FIRST_MONTH_YEAR <= day.year <= rules.LAST_MONTH_YEAR else timezone.localdate()


class MilestonesPage(PageView):
    """The yearly days and every step before them, with how each was counted; the office sets the real day from here."""

    permission = permissions.staff | permissions.superior | permissions.unit_head | permissions.council_member
    help = HELP
    template_name = "reports/milestones.html"

    def get_context_data(self) -> dict[str, Any]:
        year, today = self.year, timezone.localdate()
        return {
            "title": f"Mốc hằng năm {year}",
            "crumbs": [("Lịch công tác", month_url(today)), ("Mốc hằng năm", "")],
            "year": year,
            "today": today,
            "years": [_year(shown, year) for shown in range(year - 1, year + 2)],
            "chains": [self._shown(one) for one in milestones.milestone_chains_for(self.request.user, year)],
            "may_set": permissions.office.allows(self.capacity, None),
        }

    def _shown(self, one: milestones.CountedChain) -> dict[str, Any]:
        asked = {"ma": one.chain.code, "cach": "override", "ngay": format_date(one.due.day)}
        return {"counted": one, "set": f"{reverse('legal:start_local')}?{urlencode(asked)}"}

    @property
    def year(self) -> int:
        asked = self.request.GET.get("nam", "")
        year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
        return year if rules.FIRST_MONTH_YEAR <= year < rules.LAST_MONTH_YEAR else timezone.localdate().year


def _year(year: int, shown: int) -> dict[str, Any]:
    return {
        "label": str(year),
        "url": f"{reverse('reports:milestones')}?nam={year}",
        "active": year == shown,
        "count": None,
    }
