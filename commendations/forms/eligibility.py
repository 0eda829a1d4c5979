"""Forms of the page "Vì sao?": another day of the law, override reason."""

from typing import Any

from django import forms

from emulation.core.fields import VnDateField, VnDateInput

FIRST_LAW_YEAR = 2018
LAST_LAW_YEAR = 2100


class WhatIfForm(forms.Form):
    """Another day whose law is tried."""

    ngay = VnDateField(label="Nếu xét vào ngày khác", required=False, widget=VnDateInput(attrs={"class": "short"}))

    def clean_ngay(self) -> Any:
        day = self.cleaned_data["ngay"]
        if day and not FIRST_LAW_YEAR <= day.year <= LAST_LAW_YEAR:
            raise forms.ValidationError(f"Phần mềm giữ quy định từ năm {FIRST_LAW_YEAR}. Hãy chọn ngày sau đó.")
        return day
