"""Forms of the page "Vì sao?": another day of the law, override reason."""

from typing import Any

from django import forms

from emulation.core.fields import CleanAreaField, VnDateField, VnDateInput

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


class OverrideReasonForm(forms.Form):
    """Why a case proceeds despite a warning or a rule that is not confirmed."""

    reason = CleanAreaField(
        label="Lý do vẫn xét",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ghi rõ căn cứ, văn bản, ý kiến của người có thẩm quyền. Lý do được giữ cùng hồ sơ; chỉ Văn phòng và Chủ tịch đọc được.",
    )
