"""Forms that choose the day, or the two days, to show."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from emulation.core.fields import VnDateField
from emulation.core.formatting import format_date


class LawDayForm(forms.Form):
    """The day to show."""

    ngay = VnDateField(label="Xem quy định ngày", required=False)

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data if "ngay" in data else None, initial={"ngay": today})
        self.fields["ngay"].widget.attrs["class"] = "short"
        self.today = today

    @property
    def day(self) -> date:
        """The day entered; today when there is none, or when it is not a date (the field shows the error)."""
        entered: date | None = self.cleaned_data.get("ngay") if self.is_bound and self.is_valid() else None
        return entered or self.today


class CompareDaysForm(forms.Form):
    """Two days, one award or all, and whether to show equal rows too."""

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

    def __init__(self, data: Any, awards: dict[str, str], first: date, days: tuple[date, date]) -> None:
        """`awards`: code and name; `first`: the first day of the catalogue; `days`: the default days."""
        super().__init__({"a": format_date(days[0]), "b": format_date(days[1]), **data.dict()})
        self.first = first
        self.fields["danh_hieu"].choices = [("", "Tất cả"), *awards.items()]  # type: ignore[attr-defined]
        for name in ("a", "b"):
            self.fields[name].widget.attrs["class"] = "short"

    def clean_a(self) -> date:
        return self._clean_day("a")

    def clean_b(self) -> date:
        return self._clean_day("b")

    def _clean_day(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day < self.first:
            raise ValidationError(
                f"Phần mềm giữ quy định từ ngày {format_date(self.first)}. Hãy chọn từ ngày đó trở đi."
            )
        return day
