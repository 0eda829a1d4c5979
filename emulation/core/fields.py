"""Form and model fields for Vietnamese dates, money and normalised text.

VnDateField is used everywhere: it also takes 5/2/2026 with spaces and says in Vietnamese what is wrong with a date.
"""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from emulation.core.formatting import format_date, format_vnd
from emulation.core.text import clean, clean_lines, is_reason

REQUIRED_MESSAGE = "Hãy nhập mục này."
CHOICE_REQUIRED_MESSAGE = "Hãy chọn một mục."
FILE_REQUIRED_MESSAGE = "Hãy chọn tệp."
FIRST_FORM_YEAR, LAST_FORM_YEAR = 1900, 2100

_DATE = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+", re.ASCII)
_CURRENCY = re.compile(r"\s*(?:đồng|vnđ|vnd|đ|₫)\.?$", re.IGNORECASE)


def parse_date(text: str) -> date:
    """The date in `5/2/2026`, `05-02-2026`, `05.02.2026` or `05022026`, day first.

    Raises ValidationError with a Vietnamese message.
    """
    match = _DATE.fullmatch(clean(text))
    if not match:
        raise ValidationError("Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026.", code="invalid")
    day, month, year = (int(part) for part in match.groups() if part is not None)
    if not FIRST_FORM_YEAR <= year <= LAST_FORM_YEAR:
        raise ValidationError(
            f"Năm {year} không hợp lệ: phải từ {FIRST_FORM_YEAR} đến {LAST_FORM_YEAR}.", code="invalid"
        )
    if not 1 <= month <= 12:
        raise ValidationError(f"Không có tháng {month}. Nhập ngày trước, tháng sau, ví dụ 05/02/2026.", code="invalid")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(f"Tháng {month} năm {year} không có ngày {day}.", code="invalid") from None


class VnDateInput(forms.TextInput):
    """A text input that shows dd/mm/yyyy; it also accepts eight digits, for the number pad of a phone."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        defaults = {"inputmode": "numeric", "placeholder": "ngày/tháng/năm", "autocomplete": "off"}
        # date-picker.js adds a button that opens the calendar of the device.
        super().__init__({**defaults, "data-date": True, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return format_date(value) if isinstance(value, date) else super().format_value(value)


class VnDateField(forms.Field):
    """A date, read day first in every locale; the value is a `datetime.date` or None."""

    widget = VnDateInput
    default_error_messages = {"required": REQUIRED_MESSAGE}

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        text = clean(str(value))
        return parse_date(text) if text else None


class TimeOfDayField(forms.TimeField):
    """A time of day in the usual spellings: 14:00, 14h30, 14 giờ 30, 7h, 7; the value is a `datetime.time` or None."""

    SPELLING = re.compile(r"(\d{1,2})\s*(?:[:hg.]\s*(\d{2})?)?")

    def to_python(self, value: Any) -> time | None:
        found = self.SPELLING.fullmatch(clean(str(value or "")).lower().replace("giờ", "h"))
        return super().to_python(f"{found[1]}:{found[2] or '00'}" if found else value)


def time_of_day_field(label: str, required: bool = True, help_text: str = "") -> TimeOfDayField:
    """A short input of a time of day."""
    return TimeOfDayField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"class": "shorter", "placeholder": "14:00", "autocomplete": "off"}),
        error_messages={"required": REQUIRED_MESSAGE, "invalid": "Nhập giờ và phút, ví dụ 14:00."},
    )


class VnMoneyInput(forms.TextInput):
    """A text input that shows 1.490.000."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        defaults = {"inputmode": "numeric", "placeholder": "1.490.000", "autocomplete": "off"}
        super().__init__({**defaults, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return format_vnd(value) if isinstance(value, int) else super().format_value(value)


class VnMoneyField(forms.Field):
    """Whole đồng from `1.490.000`, `1490000` or `1.490.000 đồng`; rejects `1.49` and commas. The value is int or None."""

    widget = VnMoneyInput
    default_error_messages = {"required": REQUIRED_MESSAGE}

    def __init__(self, *, min_value: int = 0, max_value: int = 10**12, **kwargs: Any) -> None:
        self.min_value = min_value
        self.max_value = max_value
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        text = _CURRENCY.sub("", clean(str(value)))
        if not text:
            return None
        if not _GROUPED.fullmatch(text) or len(text) > 40:
            raise ValidationError(
                "Nhập số tiền bằng đồng, ngăn hàng nghìn bằng dấu chấm, ví dụ 1.490.000.", code="invalid"
            )
        return int(re.sub(r"\D", "", text))

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and value < self.min_value:
            raise ValidationError(f"Số tiền ít nhất là {format_vnd(self.min_value)} đồng.", code="min_value")
        if value is not None and value > self.max_value:
            raise ValidationError(f"Số tiền nhiều nhất là {format_vnd(self.max_value)} đồng.", code="max_value")


class CleanTextField(forms.CharField):
    """One line of text, normalised (NFC, single spaces, no invisible characters) before its length is checked."""

    default_error_messages = {"required": REQUIRED_MESSAGE}
    clean_text = staticmethod(clean)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [_in_vietnamese(validator) for validator in self.validators]

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value if value is None else self.clean_text(str(value)))
        return text or self.empty_value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser cuts off what is pasted into a field with maxlength, without a word. It counts combining marks, which
        # the server counts together with their letters, and a newline as two characters.
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class CleanAreaField(CleanTextField):
    """Several lines of text, normalised line by line."""

    widget = forms.Textarea
    clean_text = staticmethod(clean_lines)


class ReasonField(CleanAreaField):
    """Why something is returned, corrected, cancelled …; a text without content (`is_reason`) is refused."""

    default_error_messages = {"no_reason": "Hãy ghi lý do bằng vài chữ, để người đọc hiểu."}

    def __init__(self, *, rows: int = 3, max_length: int = 1000, **kwargs: Any) -> None:
        super().__init__(**{"max_length": max_length, "widget": forms.Textarea(attrs={"rows": rows}), **kwargs})

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_reason(value):
            raise ValidationError(self.error_messages["no_reason"], code="no_reason")


def _in_vietnamese(validator: Any) -> Any:
    if isinstance(validator, MaxLengthValidator):
        return MaxLengthValidator(
            validator.limit_value,
            "Nhiều nhất %(limit_value)d ký tự, đang có %(show_value)d. Hãy viết gọn lại.",
        )
    return validator


class CleanCharField(models.CharField):
    """A one-line text column, normalised before every save, wherever the value comes from."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clean(text) if isinstance(text, str) else text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", CleanTextField)
        return super().formfield(**kwargs)


class CleanTextModelField(models.TextField):
    """A multi-line text column, normalised line by line before every save."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clean_lines(text) if isinstance(text, str) else text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean_lines(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", CleanAreaField)
        return super().formfield(**kwargs)
