"""Forms of a session: schedule, minutes, adding a nomination."""

from typing import Any

from django import forms

from commendations.actions.session import SessionSchedule
from commendations.forms.nomination import textarea_field
from commendations.models import CouncilSession
from commendations.queries.session import planned_sessions
from emulation.core.fields import CleanTextField, VnDateField, VnDateInput, time_of_day_field


class SessionPlanForm(forms.Form):
    """Day, starting time, place and title of a session."""

    held_on = VnDateField(label="Ngày họp", widget=VnDateInput(attrs={"class": "short"}))
    starts_at = time_of_day_field("Giờ bắt đầu")
    place = CleanTextField(label="Địa điểm", max_length=200)
    title = CleanTextField(label="Nội dung phiên họp", max_length=200, initial="Xét đề nghị khen thưởng")

    def schedule(self) -> SessionSchedule:
        return SessionSchedule(**self.cleaned_data)


class AdjournSessionForm(SessionPlanForm):
    """The new day of a session that was cut short, and why."""

    reason = CleanTextField(
        label="Lý do hoãn",
        max_length=300,
        help_text="Ví dụ: không đủ số thành viên dự họp. Điểm danh, kết quả đã ghi được xóa để họp lại từ đầu.",
    )
    field_order = ("reason", "held_on", "starts_at", "place", "title")

    def schedule(self) -> SessionSchedule:
        return SessionSchedule(**{name: self.cleaned_data[name] for name in SessionPlanForm.base_fields})


class MinutesForm(forms.Form):
    """Discussion, conclusion and closing time."""

    discussion = textarea_field(
        "Ý kiến thảo luận",
        5,
        8000,
        "Ai có ý kiến gì; ý kiến khác với số đông cũng ghi lại. Việc báo cáo kết quả thẩm định, biên bản đã tự ghi.",
    )
    conclusion = textarea_field(
        "Kết luận của người chủ trì",
        4,
        4000,
        "Danh sách đạt, không đạt tự được ghi vào biên bản theo kết quả biểu quyết.",
    )
    ends_at = time_of_day_field("Giờ kết thúc", required=False, help_text="Ghi khi phiên họp xong.")

    def __init__(self, *args: Any, session: CouncilSession, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(session, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)


class AddToSessionForm(forms.Form):
    """Choose the planned session for a complete nomination."""

    session = forms.ModelChoiceField(
        CouncilSession.objects.none(),
        label="Phiên họp",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn phiên họp.", "invalid_choice": "Phiên họp này không còn nhận hồ sơ."},
    )

    def __init__(self, *args: Any, commune_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = planned_sessions(commune_id)
        self.fields["session"].queryset = planned  # type: ignore[attr-defined]
        if len(planned) == 1:
            self.fields["session"].initial = planned[0].pk
