"""Checks of what actions are given, shared by all apps: reasons, and days of what has already happened."""

from datetime import date

from django.utils import timezone

from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean_lines, is_reason


def require_reason(text: str, message: str = "Hãy ghi lý do.", field: str = "reason") -> str:
    """The cleaned reason. Raises RuleBroken with `message` if the text has no content (`is_reason`)."""
    cleaned = clean_lines(text)
    if not is_reason(cleaned):
        raise RuleBroken(message, field)
    return cleaned


def not_future(day: date, what: str, field: str) -> None:
    """Raises RuleBroken if the day is after today: "`what` không được sau hôm nay (28/11/2026)."."""
    today = timezone.localdate()
    if day > today:
        raise RuleBroken(f"{what} không được sau hôm nay ({format_date(today)}).", field)
