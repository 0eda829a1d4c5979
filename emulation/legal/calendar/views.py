"""Pages of the working calendar: a year, and the form that records a day."""

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
    """The twelve months of a year, its days off and make-up days with their citations, and the days recorded by the office."""

    permission = permissions.signed_in
    help = HELP
    template_name = "legal/calendar.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commune = self.commune
        year = self.year
        lines = commune_calendar.special_days_of(commune.pk)
        calendar = commune_calendar.work_calendar_of(commune.pk)
        rows = CalendarDay.objects.visible_to(self.request.user).filter(day__year=year).select_related("created_by")
        stretches = special_day_stretches(year, lines)
        return {
            **super().get_context_data(**context),
            "title": f"Ngày nghỉ, ngày làm bù năm {year}",
            "may": check_act("legal.put_day", commune, self.request.user),
            "year": year,
            "chips": [_chip(chip_year, year) for chip_year in _years({day.year for day in lines}, year)],
            "months": work_months(year, lines, calendar),
            "stretches": stretches,
            "known": year in calendar.years,
            "lines": [stretch.line for stretch in stretches],
            "history": rows.order_by("-pk"),
        }

    @property
    def year(self) -> int:
        """The year `?nam=`; this year when there is none or when the calendar does not have it."""
        text = self.request.GET.get("nam", "")
        year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
        return year if commune_calendar.first_calendar_year() <= year <= LAST_FORM_YEAR else timezone.localdate().year


def _years(with_lines: set[int], shown: int) -> list[int]:
    """The years with special days, the next one and the one shown."""
    return sorted(with_lines | {shown, min(max(with_lines) + 1, LAST_FORM_YEAR)})


def _chip(year: int, shown: int) -> dict[str, Any]:
    return {"label": str(year), "url": _year_url(year), "active": year == shown, "count": None}


def _year_url(year: int) -> str:
    return f"{reverse('legal:calendar')}?nam={year}"


class RecordCalendarDay(ActFormView):
    """The office adds or corrects a day; `?ngay=` fills in the present entry."""

    permission = permissions.office
    act = "legal.put_day"
    model = Commune
    form_class = CalendarDayForm
    help = HELP
    template_name = "legal/put_day.html"
    title = "Thêm hoặc sửa một ngày"
    success_message = "Đã ghi ngày này vào lịch làm việc."

    def get_object(self) -> Commune:
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        day = self.requested_day
        line = commune_calendar.special_days_of(self.commune.pk).get(day) if day else None
        return {
            **super().get_context_data(**context),
            "day": day,
            "line": line,
            "back": _year_url(day.year if day else timezone.localdate().year),
        }

    @property
    def requested_day(self) -> date | None:
        """The day `?ngay=`, None when it is missing or not a date."""
        try:
            return parse_date(self.request.GET.get("ngay", "")[:20])
        except ValidationError:
            return None

    def get_initial(self) -> dict[str, Any]:
        day = self.requested_day
        line = commune_calendar.special_days_of(self.commune.pk).get(day) if day else None
        return {"day": day, **({"kind": line.kind, "name": line.name} if line else {})}

    def form_valid(self, form: CalendarDayForm) -> Any:
        def make() -> CalendarDay:
            return actions.record_calendar_day(by=self.request.user, commune=self.object, **form.cleaned_data)

        row = create_once(self.idempotency_key, self.object, CalendarDay, make)
        return redirect(_year_url(row.day.year))
