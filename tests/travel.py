"""A test on another day."""

from datetime import date, datetime
from typing import Any

import time_machine
from django.utils import timezone


def at(day: date) -> Any:
    """The clock at nine in the morning of that day."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_current_timezone()))
