"""Fields shared by the forms of campaigns: figures, dates, long texts."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from emulation.core.fields import CleanAreaField, VnDateField, VnDateInput
from emulation.core.formatting import format_vnd
from emulation.core.text import clean

_FIGURE = re.compile(r"(?:\d{1,3}(?:[. ]\d{3})+|\d+)(?:,\d{1,2})?", re.ASCII)
LARGEST = Decimal(10) ** 12


class FigureInput(forms.TextInput):
    """A text input that shows figures as 1.250,5."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "shorter", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return format_vnd(value) if isinstance(value, (int, Decimal)) else super().format_value(value)


class FigureField(forms.Field):
    """A figure in Vietnamese notation: `1.250` or `1250`, at most two decimal places after a comma. Cleans to Decimal or None."""

    widget = FigureInput

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        text = clean(str(value)).rstrip("%").strip()
        if not text:
            return None
        if not _FIGURE.fullmatch(text) or len(text) > 30:
            raise ValidationError("Nhập một con số, ví dụ 1.250 hoặc 92,5 (phần lẻ sau dấu phẩy).", code="invalid")
        figure = Decimal(text.replace(".", "").replace(" ", "").replace(",", "."))
        if figure >= LARGEST:
            raise ValidationError("Con số quá lớn.", code="max_value")
        return figure


def long_text_field(
    label: str, rows: int, hint: str = "", max_length: int = 6000, required: bool = False
) -> CleanAreaField:
    """A field for several lines of text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanAreaField(label=label, required=required, max_length=max_length, help_text=hint, widget=widget)


def date_field(label: str, hint: str = "", required: bool = False, **kwargs: Any) -> VnDateField:
    """A date field."""
    return VnDateField(
        label=label, required=required, help_text=hint, widget=VnDateInput(attrs={"class": "short"}), **kwargs
    )
