"""The working days of a year, and the form with which the office adds or mends one."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.acts import who
from emulation.acts.gate import verdict
from emulation.acts.once import once
from emulation.acts.web import ActPage, Page
from emulation.communes.models import Commune
from emulation.core.fields import LAST_YEAR, parse_date
from emulation.legal import calendar_actions, days
from emulation.legal.calendar_forms import PutDayForm
from emulation.legal.models import CalendarDay
from emulation.legal.months import months_of, stretches_of

HELP = "lich-lam-viec"


class CalendarPage(Page):
    """The twelve months of a year with days off and make-up days, where each is written, and what the office changed."""

    who, help = who.signed_in, HELP
    template_name = "legal/calendar.html"

    def content(self) -> dict[str, Any]:
        commune, year = self.commune, self.year
        lines, calendar = days.days_of(commune.pk), days.calendar_of(commune.pk)
        rows = CalendarDay.objects.visible_to(self.request.user).filter(day__year=year).select_related("created_by")
        stretches = stretches_of(year, lines)
        return {
            "title": f"Lịch làm việc năm {year}",
            "may": verdict("legal.put_day", commune, self.request.user),
            "year": year,
            "chips": [_chip(shown, year) for shown in _years({day.year for day in lines}, year)],
            "months": months_of(year, lines, calendar),
            "stretches": stretches,
            "known": year in calendar.years,
            "unconfirmed": any(not stretch.line.confirmed for stretch in stretches),
            "history": rows.order_by("-pk"),
        }

    @property
    def year(self) -> int:
        asked = self.request.GET.get("nam", "")
        year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
        return year if days.first_year() <= year <= LAST_YEAR else timezone.localdate().year


def _years(known: set[int], shown: int) -> list[int]:
    return sorted(known | {shown, min(max(known) + 1, LAST_YEAR)})


def _chip(year: int, shown: int) -> dict[str, Any]:
    return {"label": str(year), "url": _address(year), "active": year == shown, "count": None}


def _address(year: int) -> str:
    return f"{reverse('legal:calendar')}?nam={year}"


class PutDay(ActPage):
    """The office adds a day or mends one; `?ngay=` fills in what holds now."""

    who, act, model = who.office, "legal.put_day", Commune
    form_class, help = PutDayForm, HELP
    template_name = "legal/put_day.html"
    title = "Thêm hoặc sửa một ngày"
    done = "Đã ghi ngày này vào lịch làm việc."

    def subject(self) -> Commune:
        return self.commune

    def extra(self) -> dict[str, Any]:
        day = self.asked
        line = days.days_of(self.commune.pk).get(day) if day else None
        return {"day": day, "line": line, "back": _address(day.year if day else timezone.localdate().year)}

    @property
    def asked(self) -> date | None:
        """The day in the address, if it is one."""
        try:
            return parse_date(self.request.GET.get("ngay", "")[:20])
        except ValidationError:
            return None

    def initial(self) -> dict[str, Any]:
        day = self.asked
        line = days.days_of(self.commune.pk).get(day) if day else None
        return {"day": day, **({"kind": line.kind, "name": line.name} if line else {})}

    def perform(self, form: PutDayForm) -> Any:
        def make() -> CalendarDay:
            return calendar_actions.put_day(by=self.request.user, commune=self.object, **form.cleaned_data)

        row = once(self.once_key, self.object, CalendarDay, make)
        return redirect(_address(row.day.year))
