"""Forms of manual reminders and of the reminder plan."""

from datetime import date
from typing import Any

from django import forms

from campaigns.obligations.models import ReminderPlan
from campaigns.obligations.queries import Obligation
from campaigns.reminders.queries.outstanding import OutstandingBoard
from campaigns.reminders.queries.outstanding_items import OutstandingItem
from emulation.core.fields import CleanAreaField, time_of_day_field


class ManualReminderForm(forms.Form):
    """The open obligations to send a reminder for, and an optional message of the office."""

    asks = forms.MultipleChoiceField(
        label="Đơn vị",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "Hãy chọn ít nhất một đơn vị.",
            "invalid_choice": "Có đơn vị vừa gửi xong, không còn nợ việc này. Danh sách dưới đây là mới nhất, hãy xem lại.",
        },
    )
    text = CleanAreaField(
        label="Lời nhắn thêm", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, board: OutstandingBoard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.value: line for line in board.lines}
        field: Any = self.fields["asks"]
        field.choices = [(value, _label(line)) for value, line in self.lines.items()]

    def groups(self) -> list[dict[str, Any]]:
        """The check boxes by obligation and due day, in the order of the board: `item`, the first one, `boxes`, `is_ticked`: any."""
        by_object: dict[tuple[str, date], dict[str, Any]] = {}
        for box, line in zip(self["asks"], self.lines.values(), strict=True):
            group = by_object.setdefault(
                (line.object_key, line.ask.due_on), {"item": line, "boxes": [], "is_ticked": False}
            )
            group["boxes"].append(box)
            group["is_ticked"] |= box.data["selected"]
        return list(by_object.values())

    def selected_obligations(self) -> list[Obligation]:
        """The obligations that were ticked."""
        return [self.lines[value].ask for value in self.cleaned_data["asks"]]


def _label(line: OutstandingItem) -> str:
    """The unit; its obligation and the time left are in the heading of the group."""
    return f"{line.unit_name} (đã nhắc hôm nay)" if line.is_reminded_today else line.unit_name


def _days(label: str, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=60,
        help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter"}),
        error_messages={
            "invalid": "Ghi số ngày làm việc, ví dụ 3.",
            "min_value": "Ít nhất 1 ngày làm việc.",
            "max_value": "Nhiều nhất 60 ngày làm việc.",
        },
    )


class ReminderPlanForm(forms.Form):
    """The reminder plan of the commune."""

    is_on = forms.BooleanField(label="Tự động nhắc theo lịch", required=False)
    before = _days("Nhắc trước hạn", "Số ngày làm việc, không tính thứ bảy, chủ nhật, ngày lễ, Tết.")
    after = _days("Nhắc lại sau hạn")
    council_after = _days("Báo thêm ủy viên phụ trách sau hạn")
    chair_after = _days("Báo thêm Chủ tịch sau hạn")
    close_after = _days("Tự chốt kỳ sau hạn", "Kỳ không ai chốt thì tự chốt sau chừng này ngày làm việc.")
    digest_at = time_of_day_field("Giờ gửi", help_text="Mỗi người nhận nhiều nhất một tin nhắc một ngày, vào giờ này.")
    quiet_from = time_of_day_field("Không nhắc sau", help_text="Từ giờ này đến giờ gửi hôm sau không nhắc ai.")

    FIELDS = ("is_on", "before", "after", "council_after", "chair_after", "close_after", "digest_at", "quiet_from")

    @classmethod
    def initial_of(cls, plan: ReminderPlan) -> dict[str, Any]:
        return {name: getattr(plan, name) for name in cls.FIELDS}
