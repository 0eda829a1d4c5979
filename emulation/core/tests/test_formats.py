"""Django's own fields and filters read and write as Vietnamese offices do."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.forms import DateField as DjangoDateField  # noqa: TID251 - what the rule forbids elsewhere
from django.template import Context, Template

from emulation.core.fields import time_of_day_field

DAY = date(2026, 2, 5)


@pytest.mark.parametrize("text", ["05/02/2026", "5/2/2026", "05-02-2026", "05.02.2026", "05022026"])
def test_a_date_field_of_django_reads_the_day_first(text: str) -> None:
    assert DjangoDateField().clean(text) == DAY


def test_a_date_field_of_django_refuses_the_month_first() -> None:
    with pytest.raises(ValidationError):
        DjangoDateField().clean("02/25/2026")


def test_a_date_field_of_django_shows_what_it_reads() -> None:
    assert 'value="05/02/2026"' in DjangoDateField().widget.render("day", DAY)


@pytest.mark.parametrize("text", ["14:30", "14h30", "14.30", "14 giờ 30"])
def test_a_time_field_of_django_reads_hours_with_their_words(text: str) -> None:
    assert forms.TimeField().clean(text) == time(14, 30)


@pytest.mark.parametrize("text", ["7:00", "07h00", "7h", "7 h", "7", "7g", "7 giờ", "7 GIỜ 00", " 7.00 "])
def test_a_time_of_day_is_read_in_its_usual_spellings(text: str) -> None:
    assert time_of_day_field("Giờ").clean(text) == time(7)


@pytest.mark.parametrize("text", ["25:00", "7:60", "sáng", "700"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Nhập giờ và phút"):
        time_of_day_field("Giờ").clean(text)


def test_a_decimal_field_of_django_reads_a_comma() -> None:
    assert forms.DecimalField(localize=True).clean("1490000,5") == Decimal("1490000.5")


@pytest.mark.parametrize(
    ("written", "value", "text"),
    [
        ("{{ value }}", DAY, "05/02/2026"),
        ("{{ value|date }}", DAY, "05/02/2026"),
        ("{{ value|date }}", None, ""),
        ("{{ value|date }}", datetime(2026, 2, 4, 17, 30, tzinfo=UTC), "05/02/2026"),
        ('{{ value|date:"SHORT_DATE_FORMAT" }}', DAY, "05/02/2026"),
        ('{{ value|date:"DATETIME_FORMAT" }}', datetime(2026, 2, 4, 17, 30, tzinfo=UTC), "00:30, 05/02/2026"),
        ("{{ value|time }}", time(14, 5), "14:05"),
        ("{{ value|floatformat:1 }}", 85.5, "85,5"),
        ('{{ value|floatformat:"0g" }}', 1490000, "1.490.000"),
        ("{{ value }}", 2026, "2026"),
        ("{{ value }}", 1490000, "1490000"),
    ],
)
def test_filters_of_django_write_as_offices_do(written: str, value: Any, text: str) -> None:
    assert Template("{% load sovang %}" + written).render(Context({"value": value})) == text


@pytest.mark.parametrize(
    ("days", "words", "note"),
    [
        (-3, "còn 3 ngày", " (còn 3 ngày)"),
        (0, "hôm nay", " (hôm nay)"),
        (5, "5 ngày trước", " (5 ngày trước)"),
        (60, "60 ngày trước", " (60 ngày trước)"),
        (61, "06/12/2025", ""),
    ],
)
def test_a_day_long_ago_is_not_written_twice(days: int, words: str, note: str) -> None:
    with time_machine.travel(datetime(2026, 2, 5, 3, tzinfo=UTC)):
        day = DAY - timedelta(days=days)
        written = "{% load sovang %}{{ value|days_ago }}|{{ value|days_ago_note }}"
        assert Template(written).render(Context({"value": day})) == f"{words}|{note}"
        assert Template(written).render(Context({"value": None})) == "|"
