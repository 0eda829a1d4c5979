"""The form of the units that a commune has when it begins: a box for each kind, one name a line."""

from itertools import chain
from typing import Any

from django import forms

from emulation.core.fields import CleanAreaField
from emulation.core.formatting import lower_first
from emulation.core.text import clean
from villages.forms.unit_changes import HEAD_TITLES
from villages.models import Unit
from villages.rules.existing_units import units_of_text
from villages.rules.typed_names import unit_name_fault
from villages.rules.unit_changes import NewUnit

BOXES = {
    Unit.VILLAGE: ("Thôn, bản, khu phố", "Ví dụ: Thôn 1"),
    Unit.SCHOOL: ("Trường học", "Ví dụ: Trường Tiểu học Bình Lương"),
    Unit.STATION: ("Trạm Y tế", "Ví dụ: Trạm Y tế xã Bình Lương"),
    Unit.ORGANISATION: (
        "Mặt trận, đoàn thể",
        "Chức danh khác thì ghi sau dấu chấm phẩy: Đoàn TNCS Hồ Chí Minh xã; Bí thư",
    ),
}


class ExistingUnitsForm(forms.Form):
    """`units` are those entered already, which can be taken out again."""

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, (label, example) in BOXES.items():
            self.fields[kind] = CleanAreaField(
                label=label,
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 6 if kind == Unit.VILLAGE else 3}),
                help_text=f"Mỗi dòng một đơn vị. {example}",
            )
        if units:
            self.fields["removed"] = forms.MultipleChoiceField(
                label="Ghi nhầm thì bỏ",
                required=False,
                choices=[(str(unit.pk), unit.name) for unit in units],
                widget=forms.CheckboxSelectMultiple,
            )

    def new_units(self) -> list[NewUnit]:
        """The typed units, by kind in the order of their lines."""
        typed = (units_of_text(self.cleaned_data[kind], kind, HEAD_TITLES[kind]) for kind in BOXES)
        return list(chain.from_iterable(typed))

    def removed(self) -> list[int]:
        """The ids of the units to take out."""
        return [int(pk) for pk in self.cleaned_data.get("removed", ())]

    def clean(self) -> dict[str, Any]:
        super().clean()
        for kind in BOXES:
            names = (line.partition(";")[0] for line in str(self.data.get(self.add_prefix(kind), "")).splitlines())
            for fault in dict.fromkeys(filter(None, map(_named_fault, names))):
                self.add_error(kind, fault)
        if not self.errors and not self.new_units() and not self.removed():
            raise forms.ValidationError("Hãy ghi tên đơn vị, mỗi dòng một đơn vị.")
        return self.cleaned_data


def _named_fault(name: str) -> str:
    """The fault of the name on a line, with the line."""
    fault = unit_name_fault(name)
    return f"“{clean(name)[:60]}”: {lower_first(fault)}" if fault else ""
