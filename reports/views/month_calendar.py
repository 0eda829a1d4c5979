"""Lịch công tác: the month, one day, and the yearly due dates with their steps."""

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
from emulation.workflow.lists import PAGE_SIZE
from emulation.workflow.views import PageView
from reports.queries import milestones, month_calendar
from reports.rules import month_grid as rules

HELP = "lich-cong-tac"


def month_url(first: date, only: str = "", name: str = "reports:calendar") -> str:
    """The URL of a calendar page for the month and kind."""
    query = {"thang": rules.month_key(first)}
    if only:
        query["loai"] = only
    return f"{reverse(name)}?{urlencode(query)}"


class MonthView(PageView):
    """Base of the views of a month: `?thang=2026-11&loai=session`; the default is this month and all kinds."""

    permission = permissions.signed_in
    help = HELP

    def month_and_kind(self, data: Any) -> tuple[date, str]:
        """The first day of the month, and the kind."""
        return rules.parse_month(data.get("thang", ""), timezone.localdate()), data.get("loai", "")[:40]


class MonthCalendarPage(MonthView):
    """The user's deadlines of a month: a grid on a wide screen, a list on a phone."""

    template_name = "reports/calendar.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        first, only = self.month_and_kind(self.request.GET)
        today = timezone.localdate()
        shown = month_calendar.personal_month(self.request.user, first, only, today)
        only = only if only in {kind.code for kind in shown.kinds} else ""
        before, after = rules.neighbour_months(first)
        return {
            **super().get_context_data(**context),
            "title": f"Lịch {rules.month_title(first)}",
            "commune": self.commune,
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
    """The kinds of which the month has something, and the chosen one."""
    all_kinds = {
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
        if shown.counts[kind.code] or only == kind.code
    ]
    return [all_kinds, *kinds]


class CalendarDayPage(PageView):
    """All deadlines of one day, `?ngay=25/11/2026` (default today), 25 per page."""

    permission = permissions.signed_in
    help = HELP
    template_name = "reports/calendar_day.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        day = self.day
        today = timezone.localdate()
        items, _ = month_calendar.calendar_items(self.request.user, day, day, today)
        calendar = work_calendar_of(self.commune.pk)
        return {
            **super().get_context_data(**context),
            "title": f"{rules.WEEKDAY_LABELS[day.weekday()]}, {format_date(day)}",
            "crumbs": [(f"Lịch {rules.month_title(day)}", month_url(day)), (format_date(day), "")],
            "day": day,
            "today": today,
            "page": Paginator(items, PAGE_SIZE).get_page(self.request.GET.get("trang")),
            "line": special_days_of(self.commune.pk).get(day),
            "works": calendar.is_working(day),
            "known": calendar.known(day),
            "back": month_url(day),
        }

    @property
    def day(self) -> date:
        """The day of the query; today when it is missing, invalid or out of range."""
        try:
            day = parse_date(self.request.GET.get("ngay", "")[:20])
        except ValidationError:
            return timezone.localdate()
        return day if rules.FIRST_MONTH_YEAR <= day.year <= rules.LAST_MONTH_YEAR else timezone.localdate()


class MilestonesPage(PageView):
    """The yearly due dates and the steps before them, each with its calculation; the office can set a local due date."""

    permission = permissions.staff | permissions.superior | permissions.unit_head | permissions.council_member
    help = HELP
    template_name = "reports/milestones.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        year = self.year
        today = timezone.localdate()
        return {
            **super().get_context_data(**context),
            "title": f"Mốc hằng năm {year}",
            "crumbs": [("Lịch", month_url(today)), ("Mốc hằng năm", "")],
            "year": year,
            "today": today,
            "years": [_year_chip(other, year) for other in range(year - 1, year + 2)],
            "chains": [_chain_row(counted) for counted in milestones.milestone_chains_for(self.request.user, year)],
            "may_set": permissions.office.allows(self.capacity, None),
        }

    @property
    def year(self) -> int:
        """The year of the query; this year when it is missing, invalid or out of range."""
        text = self.request.GET.get("nam", "")
        year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
        return year if rules.FIRST_MONTH_YEAR <= year < rules.LAST_MONTH_YEAR else timezone.localdate().year


def _chain_row(counted: milestones.CountedChain) -> dict[str, Any]:
    """The chain, and the URL of the form that sets a local due date."""
    query = {"ma": counted.chain.code, "cach": "override", "ngay": format_date(counted.due.day)}
    return {"counted": counted, "set": f"{reverse('legal:start_local')}?{urlencode(query)}"}


def _year_chip(year: int, shown: int) -> dict[str, Any]:
    return {
        "label": str(year),
        "url": f"{reverse('reports:milestones')}?nam={year}",
        "active": year == shown,
        "count": None,
    }
