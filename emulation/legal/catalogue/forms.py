"""Which day, or which two, to look at."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from emulation.core.fields import VnDateField
from emulation.core.formatting import format_date


class LawDayForm(forms.Form):
    """The day to look at."""

    ngay = VnDateField(label="Xem quy định ngày", required=False)

    def __init__(self, asked: Any, today: date) -> None:
        super().__init__(asked if "ngay" in asked else None, initial={"ngay": today})
        self.fields["ngay"].widget.attrs["class"] = "short"
        self.today = today

    @property
    def day(self) -> date:
        """The day asked for; today when none is, or when what was typed is no day (the field says so)."""
        return (self.cleaned_data.get("ngay") if self.is_bound and self.is_valid() else None) or self.today


class CompareDaysForm(forms.Form):
    """Two days, one award or all, and whether to show also what is the same."""

    a = VnDateField(label="Ngày thứ nhất")
    b = VnDateField(label="Ngày thứ hai")
    danh_hieu = forms.ChoiceField(
        label="Danh hiệu, hình thức",
        required=False,
        error_messages={
            "invalid_choice": "Không có danh hiệu, hình thức này trong danh mục. Hãy chọn trong danh sách."
        },
    )
    het = forms.BooleanField(label="Hiện cả phần giống nhau", required=False)

    def __init__(self, asked: Any, awards: dict[str, str], first: date, days: tuple[date, date]) -> None:
        """`awards`: code and name; `first`: the first day kept; `days`: shown when none are asked for."""
        data = {"a": format_date(days[0]), "b": format_date(days[1]), **asked.dict()}
        super().__init__(data)
        self.first = first
        self.fields["danh_hieu"].choices = [("", "Tất cả"), *awards.items()]  # type: ignore[attr-defined]
        for name in ("a", "b"):
            self.fields[name].widget.attrs["class"] = "short"

    def clean_a(self) -> date:
        return self._kept("a")

    def clean_b(self) -> date:
        return self._kept("b")

    def _kept(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day < self.first:
            raise ValidationError(
                f"Phần mềm giữ quy định từ ngày {format_date(self.first)}. Hãy chọn từ ngày đó trở đi."
            )
        return day
