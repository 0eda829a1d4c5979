"""Forms for many cases of a unit for one title: their deeds, and which files are complete."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from commendations.actions.many_nominations import TypedDeed
from commendations.forms.nomination import textarea_field
from commendations.models import Nomination
from commendations.queries.qualifying import JudgedCase
from emulation.core.fields import VnDateField, VnDateInput


class DeedsForm(forms.Form):
    """The deed (`deed_12`) of each case with the version that the page showed (`seen_12`), and the day of the meeting.

    `rest` is the deed of those that have none of their own.
    """

    met_on = VnDateField(
        label="Đơn vị họp bình xét ngày",
        required=False,
        help_text="Ghi một lần cho mọi hồ sơ dưới đây; giấy đề nghị dẫn biên bản này.",
        widget=VnDateInput(attrs={"class": "short"}),
    )
    rest = textarea_field(
        "Thành tích chung",
        2,
        8000,
        "Chỉ dùng cho hồ sơ để trống ở dưới, ví dụ: đạt các tiêu chuẩn Gia đình văn hóa theo kết quả bình xét của thôn.",
    )

    def __init__(self, *data: Any, cases: Sequence[Nomination], **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.cases = cases
        self.fields["met_on"].initial = next((case.met_on for case in cases if case.met_on), None)
        for case in cases:
            field = textarea_field(f"Thành tích của {case.nominee_name}", 3, 8000)
            field.initial = case.deed
            self.fields[f"deed_{case.pk}"] = field
            hidden = forms.IntegerField(required=False, initial=case.version, widget=forms.HiddenInput)
            self.fields[f"seen_{case.pk}"] = hidden

    def typed(self) -> list[TypedDeed]:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return [
            TypedDeed(case, data[f"deed_{case.pk}"] or data["rest"], data[f"seen_{case.pk}"]) for case in self.cases
        ]

    def mark(self, faults: dict[int, str]) -> None:
        """Adds the errors to their rows, with the present versions, so that saving again succeeds."""
        data = {name: self.data[name] for name in self.data}
        for case in self.cases:
            if case.pk in faults:
                self.add_error(f"deed_{case.pk}", faults[case.pk])
                data[f"seen_{case.pk}"] = str(Nomination.objects.values_list("version", flat=True).get(pk=case.pk))
        self.data = data

    def lines(self) -> Iterator[tuple[Nomination, Any, Any]]:
        """(case, field of the deed, field of the version) for each row of the page."""
        for case in self.cases:
            yield case, self[f"deed_{case.pk}"], self[f"seen_{case.pk}"]


class CheckManyForm(forms.Form):
    """Which cases are complete: "12:3" is a case and the version that the page showed. `faults`: by case, why not."""

    cases = forms.MultipleChoiceField(
        error_messages={
            "required": "Chưa đánh dấu hồ sơ nào.",
            "invalid_choice": "Danh sách vừa thay đổi: có hồ sơ đã được xử lý hoặc sửa. Xem lại các dấu rồi bấm lại.",
        }
    )

    def __init__(self, *data: Any, rows: Sequence[JudgedCase], **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.rows = rows
        self.faults: dict[int, str] = {}
        self.fields["cases"].choices = [(row.value, str(row.nomination)) for row in rows]  # type: ignore[attr-defined]
        self.fields["cases"].initial = [row.value for row in rows if row.shown.eligible]

    @property
    def ticked(self) -> set[str]:
        """The values of the boxes that are ticked."""
        return set(self["cases"].value() or [])

    def chosen(self) -> list[Nomination]:
        """The ticked cases, as the page showed them."""
        return [row.nomination for row in self.rows if row.value in self.cleaned_data["cases"]]
