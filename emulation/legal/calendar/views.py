"""The working days of a year, and the form with which the office adds or mends one."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core.fields import LAST_FORM_YEAR, parse_date
from emulation.legal.calendar import actions, commune_calendar
from emulation.legal.calendar.forms import CalendarDayForm
from emulation.legal.calendar.year_grid import special_day_stretches, work_months
from emulation.legal.models import CalendarDay
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.idempotency import create_once
from emulation.workflow.views import ActFormView, PageView

HELP = "lich-lam-viec"


class WorkCalendarPage(PageView):
    """The twelve months of a year with days off and make-up days, where each is written, and what the office changed."""

    permission, help = permissions.signed_in, HELP
    template_name = "legal/calendar.html"

    def get_context_data(self) -> dict[str, Any]:
        commune, year = self.commune, self.year
        lines, calendar = commune_calendar.special_days_of(commune.pk), commune_calendar.work_calendar_of(commune.pk)
        rows = CalendarDay.objects.visible_to(self.request.user).filter(day__year=year).select_related("created_by")
        stretches = special_day_stretches(year, lines)
        return {
            "title": f"Lịch làm việc năm {year}",
            "may": check_act("legal.put_day", commune, self.request.user),
            "year": year,
            "chips": [_chip(shown, year) for shown in _years({day.year for day in lines}, year)],
            "months": work_months(year, lines, calendar),
            "stretches": stretches,
            "known": year in calendar.years,
            "unconfirmed": any(not stretch.line.confirmed for stretch in stretches),
            "history": rows.order_by("-pk"),
        }

    @property
    def year(self) -> int:
        asked = self.request.GET.get("nam", "")
        year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
        return year if commune_calendar.first_calendar_year() <= year <= LAST_FORM_YEAR else timezone.localdate().year


def _years(known: set[int], shown: int) -> list[int]:
    return sorted(known | {shown, min(max(known) + 1, LAST_FORM_YEAR)})


def _chip(year: int, shown: int) -> dict[str, Any]:
    return {"label": str(year), "url": _address(year), "active": year == shown, "count": None}


def _address(year: int) -> str:
    return f"{reverse('legal:calendar')}?nam={year}"


class RecordCalendarDay(ActFormView):
    """The office adds a day or mends one; `?ngay=` fills in what holds now."""

    permission, act, model = permissions.office, "legal.put_day", Commune
    form_class, help = CalendarDayForm, HELP
    template_name = "legal/put_day.html"
    title = "Thêm hoặc sửa một ngày"
    success_message = "Đã ghi ngày này vào lịch làm việc."

    def get_object(self) -> Commune:
        return self.commune

    def get_extra_context(self) -> dict[str, Any]:
        day = self.asked
        line = commune_calendar.special_days_of(self.commune.pk).get(day) if day else None
        return {"day": day, "line": line, "back": _address(day.year if day else timezone.localdate().year)}

    @property
    def asked(self) -> date | None:
        """The day in the address, if it is one."""
        try:
            return parse_date(self.request.GET.get("ngay", "")[:20])
        except ValidationError:
            return None

    def get_initial(self) -> dict[str, Any]:
        day = self.asked
        line = commune_calendar.special_days_of(self.commune.pk).get(day) if day else None
        return {"day": day, **({"kind": line.kind, "name": line.name} if line else {})}

    def perform(self, form: CalendarDayForm) -> Any:
        def make() -> CalendarDay:
            return actions.record_calendar_day(by=self.request.user, commune=self.object, **form.cleaned_data)

        row = create_once(self.idempotency_key, self.object, CalendarDay, make)
        return redirect(_address(row.day.year))
