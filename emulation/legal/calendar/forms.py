"""Form that records a day off or a make-up day."""

from django import forms

from emulation.core.fields import CleanTextField, VnDateField
from emulation.legal.models import CalendarDay


class CalendarDayForm(forms.Form):
    day = VnDateField(label="Ngày")
    kind = forms.ChoiceField(
        label="Ngày này là",
        choices=CalendarDay.KINDS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn ngày này là ngày gì."),
    )
    name = CleanTextField(
        label="Tên ngày", max_length=120, required=False, help_text="Ngày như thường trong tuần thì để trống."
    )
    reason = CleanTextField(
        label="Căn cứ",
        max_length=300,
        help_text="Số, ngày, nơi ban hành của thông báo hoặc công văn quyết định ngày này.",
        error_messages={"required": "Hãy ghi căn cứ: số, ngày của thông báo hoặc công văn."},
    )
