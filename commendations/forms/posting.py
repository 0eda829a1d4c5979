"""Forms of a posted list: its day and place, an objection, the answer to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from commendations.actions.objection import ObjectionFacts
from commendations.actions.posting import PostingPlace
from commendations.forms.nomination import textarea_field
from commendations.models import Nomination, Objection
from emulation.core.fields import CleanTextField, VnDateField, VnDateInput


class StartPostingForm(forms.Form):
    """From which day and where the list is posted."""

    starts_on = VnDateField(
        label="Niêm yết từ ngày",
        help_text="Ngày cuối được tính theo luật của ngày này.",
        widget=VnDateInput(attrs={"class": "short"}),
    )
    place = CleanTextField(label="Nơi niêm yết", max_length=200, help_text="Ví dụ: nhà văn hóa thôn.")

    def where(self) -> PostingPlace:
        return PostingPlace(self.cleaned_data["starts_on"], self.cleaned_data["place"])


class ObjectionForm(forms.Form):
    """An objection to one case of the list."""

    nomination = forms.ChoiceField(
        label="Về trường hợp", error_messages={"required": "Hãy chọn trường hợp bị phản ánh."}
    )
    raised_on = VnDateField(label="Ngày phản ánh", widget=VnDateInput(attrs={"class": "short"}))
    raised_by = CleanTextField(
        label="Người phản ánh",
        required=False,
        max_length=160,
        help_text="Để trống nếu người đó không muốn nêu tên. Tên không in trên giấy nào.",
    )
    content = textarea_field("Nội dung phản ánh", 4, 4000, required=True)

    def __init__(self, *data: Any, cases: Sequence[Nomination], **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.cases = cases
        choices = [("", "Chọn trường hợp"), *((str(case.pk), case.nominee_name) for case in cases)]
        self.fields["nomination"].choices = choices  # type: ignore[attr-defined]
        self.fields["raised_on"].initial = timezone.localdate()

    def case(self) -> Nomination:
        return next(case for case in self.cases if str(case.pk) == self.cleaned_data["nomination"])

    def facts(self) -> ObjectionFacts:
        data = self.cleaned_data
        return ObjectionFacts(data["raised_by"], data["raised_on"], data["content"])


class AnswerForm(forms.Form):
    """What was found, and whether the case stays on the list."""

    outcome = forms.ChoiceField(
        label="Kết quả",
        choices=Objection.OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn kết quả giải quyết."},
    )
    answer = textarea_field("Đã xác minh, trả lời thế nào", 4, 4000, required=True)
    answered_on = VnDateField(label="Ngày trả lời", widget=VnDateInput(attrs={"class": "short"}))
