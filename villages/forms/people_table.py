"""Forms with one row for each person of a unit: the yearly evaluations, the groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from emulation.core.fields import CleanTextField, ReasonField
from villages.actions.people_table import EnteredValue
from villages.models import Evaluation, Person
from villages.rules.groups import GROUPS, group_choices, group_label


class PeopleTableForm(forms.Form):
    """A value (`value_12`) for each person of a unit, and the recorded value that the page showed (`seen_12`).

    `rest`: a field of the form; its value is taken for the people who have none and for whom none was chosen.
    """

    def __init__(self, *args: Any, people: Sequence[Any], recorded: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.recorded = recorded
        for person in people:
            value = recorded.get(person.pk, "")
            self.fields[f"value_{person.pk}"] = forms.ChoiceField(
                label=self.name_of(person),
                required=False,
                choices=self.choices_for(value),
                initial=value,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
            )
            self.fields[f"seen_{person.pk}"] = forms.CharField(
                required=False, initial=value, max_length=10, widget=forms.HiddenInput
            )

    def name_of(self, row: Any) -> str:
        """The name of a row; next to a twin with what distinguishes them (`mark_twins`)."""
        return str(row.shown_name or row.full_name)

    def choices_for(self, recorded: str) -> list[tuple[str, str]]:
        """The choices of a row with this recorded value."""
        raise NotImplementedError

    def label_of(self, recorded: str) -> str:
        """The recorded value in words, "" if there is none."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        rest = self.cleaned_data.get("rest")
        for person in self.people if rest else ():
            if self.cleaned_data.get(f"value_{person.pk}") == "" and not self.recorded.get(person.pk):
                self.cleaned_data[f"value_{person.pk}"] = rest
        return self.cleaned_data

    def entered(self) -> dict[int, EnteredValue]:
        """What was entered, by person id, as the actions take it."""
        data = self.cleaned_data
        return {one.pk: EnteredValue(data[f"value_{one.pk}"], data[f"seen_{one.pk}"]) for one in self.people}

    def mark(self, rows: Mapping[int, str], now: Mapping[int, str]) -> None:
        """Adds the errors to their rows, and sets the seen values to the recorded ones, so that saving again succeeds."""
        data = {name: self.data[name] for name in self.data}
        for pk, fault in rows.items():
            if f"value_{pk}" in self.fields:
                self.add_error(f"value_{pk}", fault)
                data[f"seen_{pk}"] = now.get(pk, "")
        self.data = data

    def lines(self) -> Iterator[tuple[Person, Any, Any, str]]:
        """(person, field of the value, field of the seen value, recorded value in words) for each row of the page."""
        for person in self.people:
            label = self.label_of(self.recorded.get(person.pk, ""))
            yield person, self[f"value_{person.pk}"], self[f"seen_{person.pk}"], label


class EvaluationTableForm(PeopleTableForm):
    """A level for each person of a unit, with the source and the reason common to all rows."""

    source = CleanTextField(
        label="Văn bản ghi kết quả",
        required=False,
        max_length=200,
        help_text="Dùng chung cho mọi kết quả lưu lần này, ví dụ: Thông báo số 15/TB-THCS ngày 20/12/2025.",
    )
    rest = forms.ChoiceField(
        label="Những người chưa chọn",
        required=False,
        choices=[("", "Để trống, ghi sau"), *((value, f"Ghi là “{label}”") for value, label in Evaluation.LEVELS)],
        help_text="Chọn nhanh cho số đông; người khác mức thì chọn riêng ở dưới.",
    )
    reason = ReasonField(
        label="Lý do sửa", required=False, max_length=300, rows=2, help_text="Chỉ cần khi sửa kết quả đã ghi trước đây."
    )

    despite = ReasonField(
        label="Lý do vẫn giữ",
        required=False,
        max_length=300,
        rows=2,
        help_text="Chỉ cần khi kết quả khác quy định mà cấp có thẩm quyền đã quyết định như vậy; lý do được giữ trong nhật ký.",
    )

    def choices_for(self, recorded: str) -> list[tuple[str, str]]:
        return [("", "Chưa ghi"), *Evaluation.LEVELS]

    def clean(self) -> dict[str, Any]:
        # A copy: an error of a row removes its level from `cleaned_data`.
        self.typed = dict(super().clean())
        return self.cleaned_data

    def levels(self) -> dict[int, str]:
        """The level of each row, by the id of the kept record: as typed, else as recorded."""
        typed = self.typed if self.is_bound else {}
        return {one.kept_id: typed.get(f"value_{one.pk}") or self.recorded.get(one.pk, "") for one in self.people}

    def label_of(self, recorded: str) -> str:
        return dict(Evaluation.LEVELS).get(recorded, "")


class UnitEvaluationsForm(EvaluationTableForm):
    """A level for each unit of the commune."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rest"].label = "Những đơn vị chưa chọn"
        self.fields["rest"].help_text = "Chọn nhanh cho số đông; đơn vị khác mức thì chọn riêng ở dưới."

    def name_of(self, row: Any) -> str:
        return str(row.name)

    def levels(self) -> dict[int, str]:
        """The level of each unit by its id: as typed, else as recorded."""
        typed = self.typed if self.is_bound else {}
        return {unit.pk: typed.get(f"value_{unit.pk}") or self.recorded.get(unit.pk, "") for unit in self.people}


class GroupTableForm(PeopleTableForm):
    """A group for each person of a unit."""

    rest = forms.ChoiceField(
        label="Những người còn chưa rõ",
        required=False,
        choices=[
            ("", "Để chưa rõ, ghi sau"),
            *((code, f"Ghi là “{dict(GROUPS)[code]}”") for code, _ in group_choices()[1:]),
        ],
        help_text="Chọn nhanh cho số đông ở trang này; người khác nhóm thì chọn riêng ở dưới.",
    )

    def choices_for(self, recorded: str) -> list[tuple[str, str]]:
        return group_choices(recorded)

    def label_of(self, recorded: str) -> str:
        return group_label(recorded) if recorded else ""
