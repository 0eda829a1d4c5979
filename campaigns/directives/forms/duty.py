"""Forms of a task: its text and days; a unit's report on tasks; the reason with which a report is returned."""

from typing import Any

from django import forms
from django.utils import timezone

from campaigns.directives.actions.duty import DutyText
from campaigns.directives.actions.duty_report import MAX_REPORT_FILES, DutyReportText
from campaigns.directives.forms.uploads import PaperFilesField, read_uploads
from campaigns.directives.models.duty import Duty, UnitDuty
from campaigns.directives.rules.duty import PERFORMERS
from emulation.core.fields import CleanAreaField, CleanTextField, ReasonField, VnDateField
from emulation.core.formatting import format_date

GROUPS = [("0", "Phần chung"), *((str(number), f"Nhóm việc {number}") for number in range(1, 5))]


class DutyForm(forms.Form):
    """One task."""

    words = CleanAreaField(
        label="Nội dung việc", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Viết lại ngắn gọn: ai đọc cũng hiểu phải làm gì.",
    )  # fmt: skip
    performers = forms.MultipleChoiceField(
        label="Ai làm?",
        required=False,
        choices=[(key, name[:1].upper() + name[1:]) for key, name in PERFORMERS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
    )
    due_on = VnDateField(label="Hạn", required=False, help_text="Để trống nếu việc làm thường xuyên, không có hạn.")
    recurring = CleanTextField(
        label="Làm thường xuyên", required=False, max_length=80, help_text="Ví dụ: hằng tháng, hằng quý."
    )
    group = forms.ChoiceField(label="Thuộc phần nào của công văn?", choices=GROUPS, initial="1")
    is_aim = forms.BooleanField(label="Đây là mục tiêu chung, không phải việc để đánh dấu", required=False)

    def text(self) -> DutyText:
        data = self.cleaned_data
        return DutyText(**{**data, "group": int(data["group"])})

    @staticmethod
    def initial_of(duty: Duty) -> dict[str, Any]:
        names = ("words", "performers", "due_on", "recurring", "is_aim")
        return {**{name: getattr(duty, name) for name in names}, "group": str(duty.group)}


class DutyReportForm(forms.Form):
    """Several tasks reported at once with one text."""

    duties = forms.MultipleChoiceField(
        label="Việc nào?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một việc.",
            "invalid_choice": "Có việc đã báo cáo rồi hoặc không phải của đơn vị. Hãy chọn lại.",
        },
    )
    text = CleanAreaField(
        label="Đã làm gì?",
        max_length=2000,
        help_text="Vài câu: làm việc gì, ở đâu, bao nhiêu người. Một báo cáo dùng chung cho các việc đã chọn.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Hãy ghi đã làm gì, hoặc vì sao chưa làm được."},
    )
    cannot = forms.BooleanField(label="Chưa làm được (ghi lý do ở trên)", required=False)
    done_on = VnDateField(label="Ngày làm", initial=timezone.localdate)
    files = PaperFilesField(
        label="Ảnh, văn bản minh chứng", most=MAX_REPORT_FILES, required=False,
        help_text=f"Không bắt buộc. Ảnh JPEG, PNG hoặc PDF, nhiều nhất {MAX_REPORT_FILES} tệp.",
    )  # fmt: skip

    def __init__(self, *args: Any, unit_duties: list[UnitDuty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), _label(one)) for one in unit_duties]
        self.fields["duties"].choices = choices
        if len(choices) == 1:
            self.fields["duties"].initial = [choices[0][0]]

    def content(self) -> DutyReportText:
        data = self.cleaned_data
        return DutyReportText(data["text"], data["done_on"], data["cannot"], read_uploads(data["files"]))

    def ids(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["duties"]]


class ReturnDutyReportForm(forms.Form):
    """The tasks of a report to return, and what the unit should add."""

    duties = forms.MultipleChoiceField(
        label="Trả lại việc nào?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một việc để trả lại.",
            "invalid_choice": "Hãy chọn việc trong báo cáo này.",
        },
        help_text="Việc không chọn được chấp nhận.",
    )
    reason = ReasonField(label="Cần báo thêm gì?")

    def __init__(self, *args: Any, unit_duties: list[UnitDuty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].choices = [(str(one.pk), _label(one)) for one in unit_duties]
        self.fields["duties"].initial = [str(one.pk) for one in unit_duties]

    def ids(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["duties"]]


def _label(one: UnitDuty) -> str:
    due = f" (hạn {format_date(one.due_day)})" if one.due_day else ""
    return f"{one.duty.words}{due}"
