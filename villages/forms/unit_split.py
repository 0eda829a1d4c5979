"""The form of a split: the new units, each with its households and people."""

from typing import Any

from django import forms

from emulation.core.fields import CleanAreaField
from emulation.core.text import fold
from villages.forms.unit_changes import MAX_NAME, UnitChangeForm, UnitNameField
from villages.models import Household, Person


class SplitUnitForm(UnitChangeForm):
    """The new units of a split, each with its households and people; the rest stays. `count`: how many are new."""

    def __init__(
        self, *args: Any, count: int, households: list[Household], people: list[Person], **kwargs: Any
    ) -> None:
        self.suffixes = [f"_{number}" for number in range(1, count + 1)]
        self.households = households
        self.people = people
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        households = [
            (str(row.pk), f"{row.head_name}{f', {row.address}' if row.address else ''}") for row in self.households
        ]
        people = [
            (str(row.pk), f"{row.shown_name}{f', {row.birth_year}' if row.birth_year else ''}") for row in self.people
        ]
        for suffix in self.suffixes:
            number = suffix[1:]
            self.add_new_unit_fields(suffix, label=f"Tên đơn vị mới thứ {number}")
            self.fields[f"list{suffix}"] = CleanAreaField(
                label=f"Danh sách chủ hộ sang đơn vị mới thứ {number}",
                required=False,
                max_length=20000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text="Dán danh sách, mỗi dòng một họ tên chủ hộ; hoặc đánh dấu ở dưới. Người trong hộ đi theo hộ.",
            )
            self._add_ticks(f"households{suffix}", f"Hộ sang đơn vị mới thứ {number}", households)
            self._add_ticks(f"people{suffix}", f"Người (chưa gắn với hộ) sang đơn vị mới thứ {number}", people)
        self.fields["rest_name"] = UnitNameField(
            label="Tên mới của phần còn lại", required=False, max_length=MAX_NAME, help_text="Trống: giữ tên cũ."
        )

    def _add_ticks(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[name] = forms.MultipleChoiceField(
                label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
            )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self.moving: dict[str, dict[str, tuple[int, ...]]] = {}
        taken: dict[tuple[str, int], str] = {}
        for suffix in self.suffixes:
            households = {int(key) for key in data.get(f"households{suffix}", [])} | self._listed(suffix)
            people = {int(key) for key in data.get(f"people{suffix}", [])}
            for key in [*(("hộ", pk) for pk in households), *(("người", pk) for pk in people)]:
                if key in taken:
                    self.add_error(f"name{suffix}", f"Có {key[0]} được chọn cho cả hai đơn vị mới.")
                    break
                taken[key] = suffix
            self.moving[suffix] = {"households": tuple(sorted(households)), "people": tuple(sorted(people))}
        return data

    def _listed(self, suffix: str) -> set[int]:
        """The households of the pasted list; an error names the lines of which there is none or more than one."""
        by_name: dict[str, list[int]] = {}
        for row in self.households:
            by_name.setdefault(fold(row.head_name), []).append(row.pk)
        found: set[int] = set()
        wrong = []
        for line in filter(None, map(str.strip, self.cleaned_data.get(f"list{suffix}", "").splitlines())):
            keys = by_name.get(fold(line), [])
            if len(keys) == 1:
                found.add(keys[0])
            else:
                wrong.append(f"{line} ({'trùng tên, hãy đánh dấu ở dưới' if keys else 'không có trong danh sách hộ'})")
        if wrong:
            self.add_error(f"list{suffix}", "Không xác định được: " + "; ".join(wrong[:10]) + ".")
        return found
