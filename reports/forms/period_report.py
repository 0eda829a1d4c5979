"""Forms of the quarterly report: year and quarter, the texts (assessment, shortcomings, plan)."""

from typing import Any

from django import forms
from django.utils import timezone

from emulation.core.fields import CleanAreaField
from emulation.documents.forms import deputy_field, signer_field
from reports.rules import quarters

MAX_REPORT_TEXT = 6000


class StartPeriodReportForm(forms.Form):
    """Choice of the quarter; the last finished one is preselected."""

    year = forms.IntegerField(
        label="Năm",
        min_value=2020,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric", "class": "shorter"}),
        error_messages={
            "required": "Hãy ghi năm, ví dụ 2026.",
            "invalid": "Năm phải là một số, ví dụ 2026.",
            "min_value": "Năm phải từ 2020 đến 2100.",
            "max_value": "Năm phải từ 2020 đến 2100.",
        },
    )
    quarter = forms.TypedChoiceField(
        label="Quý",
        coerce=int,
        choices=[(number, f"Quý {numeral}") for number, numeral in enumerate(quarters.QUARTER_NUMERALS, 1)],
        error_messages={"required": "Hãy chọn quý.", "invalid_choice": "Hãy chọn một trong bốn quý."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        year, quarter = quarters.last_finished_quarter(timezone.localdate())
        kwargs["initial"] = {"year": year, "quarter": quarter, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class PeriodReportTextForm(forms.Form):
    """The text parts and who signs."""

    assessment = CleanAreaField(
        label="Đánh giá chung",
        required=False,
        max_length=MAX_REPORT_TEXT,
        help_text="Mặt được: phong trào nổi bật, lĩnh vực có nhiều điển hình, việc làm có sức lan tỏa.",
        widget=forms.Textarea({"rows": 6}),
    )
    shortcomings = CleanAreaField(
        label="Tồn tại, hạn chế và nguyên nhân",
        required=False,
        max_length=MAX_REPORT_TEXT,
        help_text="Đơn vị chưa gửi, lĩnh vực chưa có điển hình, việc làm chậm; vì sao.",
        widget=forms.Textarea({"rows": 5}),
    )
    plan = CleanAreaField(
        label="Phương hướng, nhiệm vụ quý sau",
        required=False,
        max_length=MAX_REPORT_TEXT,
        help_text="Mỗi việc một dòng.",
        widget=forms.Textarea({"rows": 6}),
    )
    signer = signer_field()
    deputy = deputy_field()
