"""Forms to open and to reopen a period."""

from datetime import date

from django import forms

from campaigns.exemplars.models.period import Period
from emulation.core.fields import ReasonField, VnDateField


class OpenPeriodForm(forms.Form):
    """A month or a quarter to open manually."""

    kind = forms.ChoiceField(label="Loại kỳ", choices=Period.KINDS, widget=forms.RadioSelect, initial=Period.MONTH)
    number = forms.IntegerField(
        label="Tháng hoặc quý số",
        min_value=1,
        max_value=12,
        error_messages={
            "invalid": "Nhập một số.",
            "min_value": "Tháng từ 1 đến 12, quý từ 1 đến 4.",
            "max_value": "Tháng từ 1 đến 12, quý từ 1 đến 4.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter"}),
    )
    year = forms.IntegerField(
        label="Năm",
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": "Năm gồm bốn chữ số, ví dụ 2026.",
            "min_value": "Năm phải từ 2000 đến 2100.",
            "max_value": "Năm phải từ 2000 đến 2100.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter"}),
    )
    due_on = VnDateField(
        label="Hạn gửi",
        required=False,
        help_text="Để trống: ngày 25 của tháng (hoặc của tháng cuối quý). Trùng ngày nghỉ thì tính đến ngày làm việc tiếp theo.",
    )

    @staticmethod
    def next_of(on: date) -> dict[str, int]:
        """Initial values: the month of that day."""
        return {"number": on.month, "year": on.year}


class ReopenPeriodForm(forms.Form):
    """The new due day, and the reason."""

    due_on = VnDateField(label="Hạn gửi mới", help_text="Trùng ngày nghỉ thì tính đến ngày làm việc tiếp theo.")
    reason = ReasonField(label="Lý do mở lại", max_length=500, rows=2)
