"""Forms of changes of units: the paper and the day, a new unit, which units are merged, who moves when a unit is split."""

from typing import Any

from django import forms

from emulation.core.fields import CleanAreaField, CleanTextField, VnDateField
from villages.models import Person, Unit
from villages.rules.typed_names import unit_name_fault
from villages.rules.unit_changes import NewUnit, OrderingPaper

NEW = "new"
NOBODY = ("", "chưa cử")
HEAD_TITLES = {
    Unit.VILLAGE: "Trưởng thôn",
    Unit.SCHOOL: "Hiệu trưởng",
    Unit.STATION: "Trưởng trạm",
    Unit.ORGANISATION: "Chủ tịch",
}
UNIT_KINDS = [(kind, label) for kind, label in Unit.KINDS if kind != Unit.OFFICE]
MAX_NAME = 120
ACTING_HELP = "Chỉ ghi khi phụ trách tạm thời (quyền, phụ trách), theo thời hạn của luật. Trống: chính thức."


class UnitNameField(CleanTextField):
    """The name of a unit; old encodings, letters of other alphabets and damaged characters are refused with the right name."""

    def to_python(self, value: Any) -> str | None:
        if fault := unit_name_fault(str(value or "")):
            raise forms.ValidationError(fault)
        return super().to_python(value)


class OrderingPaperForm(forms.Form):
    """The paper that orders a change, each part optional."""

    paper_number = CleanTextField(label="Số, ký hiệu văn bản", required=False, max_length=60)
    paper_date = VnDateField(label="Ngày văn bản", required=False)
    paper_issuer = CleanTextField(label="Cơ quan ban hành", required=False, max_length=160)
    paper_summary = CleanAreaField(
        label="Trích yếu", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def paper(self) -> OrderingPaper:
        """The paper as it was typed."""
        data = self.cleaned_data
        return OrderingPaper(data["paper_number"], data["paper_date"], data["paper_issuer"], data["paper_summary"])


class UnitChangeForm(OrderingPaperForm):
    """The day of a change and the paper that orders it; base of the forms of all kinds. `units`: those in force."""

    effective_on = VnDateField(
        label="Có hiệu lực từ ngày",
        help_text="Ngày sau này cũng được: đến ngày đó tự thực hiện. Ghi lùi chỉ trong năm nay.",
    )

    def __init__(
        self, *args: Any, units: list[Unit], heads: list[Person], members: list[Person], **kwargs: Any
    ) -> None:
        self.units = units
        self.heads = heads
        self.members = members
        super().__init__(*args, **kwargs)
        self.add_fields()
        order = [name for name in self.fields if name not in OrderingPaperForm.base_fields and name != "effective_on"]
        self.order_fields([*order, "effective_on", *OrderingPaperForm.base_fields])

    def add_fields(self) -> None:
        """Adds the fields of the kind of change."""

    def add_new_unit_fields(
        self, suffix: str = "", *, name_required: bool = True, label: str = "Tên đơn vị mới"
    ) -> None:
        """Fields for the name, the head's title, the head and the council liaison of a unit."""
        people = [(str(person.pk), f"{person.full_name}, {person.unit.name}") for person in self.heads]
        members = [(str(person.pk), person.full_name) for person in self.members]
        self.fields |= {
            f"name{suffix}": UnitNameField(label=label, required=name_required, max_length=MAX_NAME),
            f"head_title{suffix}": CleanTextField(
                label="Chức danh người đứng đầu", required=False, max_length=60, help_text="Trống: theo loại đơn vị."
            ),
            f"head{suffix}": forms.ChoiceField(
                label="Người đứng đầu",
                required=False,
                choices=[NOBODY, *people],
                help_text="Người có tài khoản trong xã; cử sau cũng được.",
            ),
            f"acting_until{suffix}": VnDateField(label="Phụ trách đến hết ngày", required=False, help_text=ACTING_HELP),
            f"liaison{suffix}": forms.ChoiceField(
                label="Ủy viên Hội đồng phụ trách",
                required=False,
                choices=[("", "chưa phân công"), *members],
                help_text="Chưa phân công thì ủy viên thường trực nhận tin.",
            ),
        }

    def new_unit(self, kind: str, sort: int, suffix: str = "", **moving: Any) -> NewUnit:
        """The unit as it was typed."""
        data = self.cleaned_data
        return NewUnit(
            name=data[f"name{suffix}"],
            kind=kind,
            head_title=data[f"head_title{suffix}"] or HEAD_TITLES.get(kind, ""),
            sort=sort,
            head=int(data[f"head{suffix}"] or 0) or None,
            acting_until=data[f"acting_until{suffix}"],
            liaison=int(data[f"liaison{suffix}"] or 0) or None,
            **moving,
        )


class OpenUnitForm(UnitChangeForm):
    """A unit that is founded."""

    def add_fields(self) -> None:
        self.fields["kind"] = forms.ChoiceField(label="Loại", choices=UNIT_KINDS)
        self.add_new_unit_fields()
        places = [("", "đầu danh sách"), *((str(unit.pk), f"sau {unit.name}") for unit in self.units)]
        last = str(self.units[-1].pk) if self.units else ""
        self.fields["after"] = forms.ChoiceField(
            label="Thứ tự trong danh sách", required=False, choices=places, initial=last
        )

    def place(self) -> int:
        """The unit's place in the order."""
        after = next((unit for unit in self.units if str(unit.pk) == self.cleaned_data["after"]), None)
        return after.sort + 1 if after else 0


class RenameUnitForm(UnitChangeForm):
    """The new name of a unit."""

    def add_fields(self) -> None:
        self.fields["name"] = UnitNameField(label="Tên mới", max_length=MAX_NAME)


class CloseUnitForm(UnitChangeForm):
    """Which unit takes over, if one does."""

    def add_fields(self) -> None:
        choices = [("", "không có: đơn vị không còn người, hộ, việc dở"), *_unit_choices(self.units)]
        self.fields["into"] = forms.ChoiceField(
            label="Đơn vị nhận tiếp",
            required=False,
            choices=choices,
            help_text="Nhận người, hộ, việc còn dở; người đứng đầu xem được hồ sơ, sổ khen thưởng cũ.",
        )


class MergeUnitsForm(UnitChangeForm):
    """Which units are merged, into a new one or one of them."""

    def add_fields(self) -> None:
        self.fields["sources"] = forms.MultipleChoiceField(
            label="Các đơn vị sáp nhập",
            choices=_unit_choices(self.units),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Chọn ít nhất hai đơn vị để sáp nhập."},
        )
        self.fields["into"] = forms.ChoiceField(
            label="Sáp nhập thành",
            choices=[
                (NEW, "một đơn vị mới"),
                *((key, f"{name} (giữ đơn vị này)") for key, name in _unit_choices(self.units)),
            ],
            initial=NEW,
        )
        self.add_new_unit_fields(name_required=False, label="Tên sau sáp nhập")
        self.fields["name"].help_text = "Bắt buộc với đơn vị mới; giữ một đơn vị cũ thì trống là giữ tên cũ."

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        into = data.get("into")
        if into == NEW and not data.get("name") and "name" not in self.errors:
            self.add_error("name", "Ghi tên của đơn vị mới.")
        if into and into != NEW and into not in data.get("sources", [into]):
            self.add_error("into", "Đơn vị được giữ phải là một trong các đơn vị sáp nhập.")
        return data

    def sources(self) -> list[Unit]:
        """The chosen units."""
        return [unit for unit in self.units if str(unit.pk) in self.cleaned_data["sources"]]

    def into(self) -> int | None:
        """The unit that stays; None: a new one."""
        return None if self.cleaned_data["into"] == NEW else int(self.cleaned_data["into"])


class CorrectChangeForm(OrderingPaperForm):
    """The paper and the name of a change, as they should have been typed."""

    name = UnitNameField(label="Tên đơn vị", required=False, max_length=MAX_NAME)

    def __init__(self, *args: Any, has_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_name:
            del self.fields["name"]


def _unit_choices(units: list[Unit]) -> list[tuple[str, str]]:
    return [(str(unit.pk), unit.name) for unit in units]
