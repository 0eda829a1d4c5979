"""The filter of a list by one day, typed as a date (`?ngay=`)."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from emulation.core.fields import parse_date
from emulation.workflow.lists import ListFilter

PARAMETER = "ngay"


def day_filter(request: HttpRequest) -> tuple[ListFilter, date | None]:
    """The filter with what was typed, and the day; None if nothing was typed or it is no date, which `fault` explains."""
    typed = request.GET.get(PARAMETER, "").strip()[:20]
    day = None
    fault = ""
    if typed:
        try:
            day = parse_date(typed)
        except ValidationError as error:
            fault = error.messages[0]
    return ListFilter(PARAMETER, "Ngày", {}, typed, is_day=True, fault=fault), day


def bounds_of_day(day: date) -> tuple[datetime, datetime]:
    """The first and last moment of the day in local time."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time.min, zone), datetime.combine(day, time.max, zone)
