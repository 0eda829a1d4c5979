"""The form that takes the yearly evaluations of a unit from a pasted table or a workbook."""

import json
from dataclasses import replace
from typing import Any

from django import forms

from emulation.core.errors import RuleBroken
from emulation.core.pasted_table import PastedRow, rows_of_text, rows_of_workbook
from villages.actions.people_table import EnteredValue
from villages.forms.people_table import EvaluationTableForm
from villages.models import Evaluation, Person
from villages.rules.evaluations import level_of
from villages.rules.pasted_people import ListedName, ReadRow, ValueColumn, named_before, read_rows

LEVEL_LABELS = dict(Evaluation.LEVELS)
LEVEL_COLUMN = ValueColumn(
    heads=("ket qua", "xep loai", "muc", "danh gia"),
    read=level_of,
    missing="Dòng này chưa ghi kết quả.",
    unknown="Không hiểu kết quả “{typed}”: ghi Hoàn thành xuất sắc, Hoàn thành tốt, Hoàn thành hoặc Không hoàn thành nhiệm vụ.",
)
MOST_UNFOLDED = 30
MAX_CHARACTERS = 200_000
SAVED_BY_ANOTHER_ROW = "Người này vừa được lưu theo một dòng khác của bảng."


class PastedEvaluationsForm(forms.Form):
    """Names with levels, pasted or in a file; the file is read into the text.

    `people`: those of the unit; `recorded`: their recorded levels by id. The field `seen` carries the recorded levels that
    the page showed, by the id of the person.
    """

    file = forms.FileField(
        label="Tệp Excel (.xlsx)",
        required=False,
        help_text="Trang tính đầu tiên, có cột Họ và tên, Kết quả; cột Năm sinh nếu có người trùng tên.",
    )
    pasted = forms.CharField(
        label="Hoặc dán từ Excel",
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Mỗi dòng một người: họ tên, năm sinh (nếu cần), kết quả. Có dòng tiêu đề hay không đều được.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    source = EvaluationTableForm.base_fields["source"]
    reason = EvaluationTableForm.base_fields["reason"]
    despite = EvaluationTableForm.base_fields["despite"]

    field_order = ["file", "pasted", "source", "reason", "despite"]

    def __init__(self, *args: Any, people: list[Person], recorded: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        self.recorded = recorded
        self.read: list[ReadRow] = []
        self.warnings: list[str] = []

    def clean(self) -> dict[str, Any]:
        super().clean()
        try:
            rows = self._rows()
        except RuleBroken as broken:
            self.add_error(broken.field or "pasted", broken.message)
            return self.cleaned_data
        listed = [ListedName(one.pk, one.full_name, one.birth_year) for one in self.people.values()]
        self.read = read_rows(rows, listed, LEVEL_COLUMN)
        if not self.read and "pasted" not in self.errors:
            self.add_error("pasted", "Hãy dán bảng hoặc chọn tệp, có ít nhất một dòng ghi họ tên và kết quả.")
        return self.cleaned_data

    def _rows(self) -> list[PastedRow]:
        """The rows of the file, else of the text. The text becomes that of the file."""
        sent = self.cleaned_data.get("file")
        if not sent:
            return rows_of_text(self.cleaned_data.get("pasted", ""))
        rows = rows_of_workbook(sent.read())
        self._set_text(rows)
        return rows

    def _set_text(self, rows: list[PastedRow]) -> None:
        self.data = {**{name: self.data[name] for name in self.data}, "pasted": "\n".join(row.text for row in rows)}

    @property
    def taken(self) -> list[tuple[Person, str, str]]:
        """The rows that can be saved: the person, the level in words, the recorded level in words if it is another."""
        rows = ((self.people[row.pk], row.value) for row in self.read if row.pk)
        return [
            (one, LEVEL_LABELS[level], LEVEL_LABELS.get(self.recorded.get(one.pk, ""), ""))
            if self.recorded.get(one.pk) not in (None, level)
            else (one, LEVEL_LABELS[level], "")
            for one, level in rows
        ]

    @property
    def is_long(self) -> bool:
        """Whether the rows that can be saved are folded, so that the fields below are in reach."""
        return len(self.taken) > MOST_UNFOLDED

    @property
    def left(self) -> list[ReadRow]:
        """The rows that cannot be taken."""
        return [row for row in self.read if row.fault]

    def mark(self, faults: dict[int, str]) -> None:
        """Moves the rows of these people to those that cannot be taken, with the reason."""
        self.read = [ReadRow(row.row, None, "", faults[row.pk]) if row.pk in faults else row for row in self.read]

    def entered(self) -> dict[int, EnteredValue]:
        """The levels to save by person id, with what the page showed as recorded."""
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            seen = {}
        shown = seen if isinstance(seen, dict) else {}
        return {
            row.pk: EnteredValue(row.value, str(shown.get(str(row.pk), self.recorded.get(row.pk, ""))))
            for row in self.read
            if row.pk
        }

    @property
    def seen_now(self) -> str:
        """The recorded levels of those who are taken, for the field `seen`."""
        return json.dumps({row.pk: self.recorded.get(row.pk, "") for row in self.read if row.pk})

    def keep_only_left(self) -> None:
        """After the others are saved: the text is that of the rows that could not be taken, numbered as they are in it."""
        numbers = {left.row.number: number for number, left in enumerate(self.left, start=1)}
        self.read = [_renumbered(left, numbers) for left in self.left]
        self._set_text([left.row for left in self.read])


def _renumbered(left: ReadRow, numbers: dict[int, int]) -> ReadRow:
    """The row by the new numbers; a fault that names another row names it by its new number, or as saved if it has none."""
    number = numbers[left.row.number]
    fault = left.fault
    if left.named_at is not None:
        fault = named_before(numbers[left.named_at]) if left.named_at in numbers else SAVED_BY_ANOTHER_ROW
    return replace(left, row=replace(left.row, number=number), fault=fault)
