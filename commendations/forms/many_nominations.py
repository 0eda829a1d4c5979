"""Forms for many cases of a unit for one title: their deeds, and which files are complete."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from commendations.actions.appraisal import nomination_note_labels
from commendations.actions.group_request import UnitMeeting
from commendations.actions.many_nominations import TypedDeed
from commendations.forms.nomination import textarea_field
from commendations.models import Nomination
from commendations.models.group_request import MEETING_FIELDS
from commendations.queries.qualifying import JudgedCase
from emulation.core.fields import CleanTextField, VnDateField, VnDateInput

NUMBER_INPUT = forms.NumberInput(attrs={"class": "shorter", "inputmode": "numeric"})

EXAMPLE_OF_HOUSEHOLDS = "đạt các tiêu chuẩn Gia đình văn hóa theo kết quả bình xét của thôn."
EXAMPLE_OF_PEOPLE = "hoàn thành tốt nhiệm vụ được giao, chấp hành nội quy của cơ quan, đơn vị."
MOST_UNFOLDED = 5


class DeedsForm(forms.Form):
    """The deed (`deed_12`) of each case with the version that the page showed (`seen_12`), and the unit's meeting.

    `rest` is the deed of those that have none of their own, `others` the cases on other pages of the list.
    """

    met_on = VnDateField(
        label="Đơn vị họp bình xét ngày",
        required=False,
        help_text="Ghi một lần cho mọi hồ sơ; có ngày họp thì phần mềm lập luôn biên bản họp bình xét khi nộp.",
        widget=VnDateInput(attrs={"class": "short"}),
    )
    place = CleanTextField(label="Địa điểm họp", required=False, max_length=200)
    presider = CleanTextField(label="Chủ trì", required=False, max_length=200, help_text="Họ tên, chức vụ.")
    secretary = CleanTextField(label="Thư ký", required=False, max_length=200)
    present = forms.IntegerField(
        label="Số người có mặt", required=False, min_value=1, max_value=5000, widget=NUMBER_INPUT
    )
    invited = forms.IntegerField(
        label="Số người được mời", required=False, min_value=1, max_value=5000, widget=NUMBER_INPUT
    )
    attendees = textarea_field("Thành phần dự họp", 2, 2000, "Mỗi thành phần một dòng.")
    discussion = textarea_field("Ý kiến, kết quả biểu quyết", 3, 8000)
    rest = textarea_field("Thành tích chung", 2, 8000)

    def __init__(
        self,
        *data: Any,
        cases: Sequence[Nomination],
        others: Sequence[Nomination],
        meeting: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*data, initial=meeting, **kwargs)
        self.cases = cases
        self.others = others
        self.of_households = any(case.household_id for case in cases)
        example = EXAMPLE_OF_HOUSEHOLDS if self.of_households else EXAMPLE_OF_PEOPLE
        self.fields["rest"].help_text = f"Chỉ dùng cho hồ sơ để trống, ví dụ: {example}"
        for case in cases:
            field = textarea_field(f"Thành tích của {case.nominee_name}", 3, 8000)
            field.initial = case.deed
            field.return_note = _return_note(case)  # type: ignore[attr-defined]
            self.fields[f"deed_{case.pk}"] = field
            hidden = forms.IntegerField(required=False, initial=case.version, widget=forms.HiddenInput)
            self.fields[f"seen_{case.pk}"] = hidden

    def typed(self) -> list[TypedDeed]:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        shown = [
            TypedDeed(case, data[f"deed_{case.pk}"] or data["rest"], data[f"seen_{case.pk}"]) for case in self.cases
        ]
        return [*shown, *(TypedDeed(case, case.deed or data["rest"], None) for case in self.others)]

    def meeting(self) -> UnitMeeting:
        """The facts of the meeting, as the action takes them."""
        return UnitMeeting(**{name: self.cleaned_data[name] for name in MEETING_FIELDS})

    @property
    def meeting_fields(self) -> list[Any]:
        """The fields of the minutes, which are folded away; those with an error are shown by the page."""
        return [self[name] for name in MEETING_FIELDS if name != "met_on"]

    @property
    def has_meeting_errors(self) -> bool:
        """Whether a folded field has an error."""
        return any(field.errors for field in self.meeting_fields)

    @property
    def is_folded(self) -> bool:
        """Whether the deeds of the single cases are folded away: many households, which share one deed as a rule."""
        return self.of_households and len(self.cases) > MOST_UNFOLDED

    @property
    def has_own_deeds(self) -> bool:
        """Whether the folded fields have something to read: different deeds, errors, notes of a return."""
        deeds = {self[f"deed_{case.pk}"].value() or "" for case in self.cases}
        wrong = any(self[f"deed_{case.pk}"].errors for case in self.cases)
        return wrong or len(deeds) > 1 or any(case.return_notes for case in self.cases)

    def mark(self, faults: dict[int, str]) -> None:
        """Adds the errors to their rows, with the present versions, so that saving again succeeds."""
        data = {name: self.data[name] for name in self.data}
        for case in self.cases:
            if case.pk in faults:
                self.add_error(f"deed_{case.pk}", faults[case.pk])
                data[f"seen_{case.pk}"] = str(Nomination.objects.values_list("version", flat=True).get(pk=case.pk))
        for case in self.others:
            if case.pk in faults:
                self.add_error(None, f"{case.nominee_name}: {faults[case.pk]}")
        self.data = data

    def lines(self) -> Iterator[tuple[Nomination, Any, Any]]:
        """(case, field of the deed, field of the version) for each row of the page."""
        for case in self.cases:
            yield case, self[f"deed_{case.pk}"], self[f"seen_{case.pk}"]


def _return_note(case: Nomination) -> str:
    """What the office asks to correct: first in the deed, then elsewhere in the file, with the label of the field."""
    labels = nomination_note_labels(case)
    others = [f"{labels.get(name, name)}: {reason}" for name, reason in case.return_notes.items() if name != "deed"]
    return "; ".join(filter(None, [case.return_notes.get("deed", ""), *others]))


class CheckManyForm(forms.Form):
    """Which cases are complete: "12:3" is a case and the version that the page showed. `faults`: by case, why not.

    `refused`: by case, why somebody else confirms it; such a case is not offered.
    """

    cases = forms.MultipleChoiceField(
        error_messages={
            "required": "Chưa đánh dấu hồ sơ nào.",
            "invalid_choice": "Danh sách vừa thay đổi: có hồ sơ đã được xử lý hoặc sửa. Xem lại các dấu rồi bấm lại.",
        }
    )

    def __init__(self, *data: Any, rows: Sequence[JudgedCase], refused: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.rows = rows
        self.refused = refused
        self.faults: dict[int, str] = {}
        self.fields["cases"].choices = [(row.value, str(row.nomination)) for row in rows]  # type: ignore[attr-defined]
        self.fields["cases"].initial = [
            row.value for row in rows if row.shown.eligible and row.nomination.pk not in refused
        ]

    @property
    def has_offered(self) -> bool:
        """Whether the user can confirm any of the cases."""
        return len(self.refused) < len(self.rows)

    @property
    def ticked(self) -> set[str]:
        """The values of the boxes that are ticked."""
        return set(self["cases"].value() or [])

    def chosen(self) -> list[Nomination]:
        """The ticked cases, as the page showed them."""
        return [row.nomination for row in self.rows if row.value in self.cleaned_data["cases"]]
