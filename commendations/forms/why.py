"""What is asked on the pages "Vì sao?"."""

from typing import Any

from django import forms

from emulation.core.fields import CleanAreaField, VnDateField, VnDateInput

FIRST, LAST = 2018, 2100


class WhatIfForm(forms.Form):
    """Another day whose law is to be tried."""

    ngay = VnDateField(label="Nếu xét vào ngày khác", required=False, widget=VnDateInput(attrs={"class": "short"}))

    def clean_ngay(self) -> Any:
        day = self.cleaned_data["ngay"]
        if day and not FIRST <= day.year <= LAST:
            raise forms.ValidationError(f"Phần mềm giữ quy định từ năm {FIRST}. Hãy chọn ngày sau đó.")
        return day


class BookForm(WhatIfForm):
    """The award book: the year for which somebody is judged (this year when left empty, whatever the day), and the day."""

    nam = forms.IntegerField(
        label="Năm xét",
        required=False,
        min_value=FIRST,
        max_value=LAST,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Hãy ghi năm bằng bốn chữ số.",
            "min_value": f"Năm xét từ {FIRST}.",
            "max_value": f"Năm xét đến {LAST}.",
        },
    )


class OverrideForm(forms.Form):
    """Why a case goes on although the law, as far as known here, says otherwise."""

    reason = CleanAreaField(
        label="Lý do vẫn xét",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ghi rõ căn cứ, văn bản, ý kiến của người có thẩm quyền. Lý do được giữ cùng hồ sơ; chỉ Văn phòng và Chủ tịch đọc được.",
    )
