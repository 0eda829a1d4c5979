"""Forms of a unit's head, and of the names of the commune by date."""

from typing import Any

from django import forms

from emulation.core.fields import CleanTextField, VnDateField
from villages.forms.unit_changes import ACTING_HELP
from villages.models import Person
from villages.queries.former_names import FormerName


class UnitHeadForm(forms.Form):
    """Who heads the unit from a day, as elected or appointed head or as acting one until a day."""

    head = forms.ChoiceField(label="Người đứng đầu")
    starts_on = VnDateField(label="Từ ngày")
    acting_until = VnDateField(label="Phụ trách đến hết ngày", required=False, help_text=ACTING_HELP)
    paper = CleanTextField(label="Văn bản (số, ngày, cơ quan)", required=False, max_length=200)

    def __init__(self, *args: Any, heads: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in heads}
        head: Any = self.fields["head"]
        head.choices = [
            ("", "chọn người"),
            *((key, f"{one.full_name}, {one.unit.name}") for key, one in self.people.items()),
        ]


class IdentityForm(forms.Form):
    """The names of the commune and of its superior from a day."""

    starts_on = VnDateField(label="Có hiệu lực từ ngày")
    name = CleanTextField(label="Tên xã", max_length=120, help_text="Như “xã Bình Lương”.")
    place_name = CleanTextField(label="Địa danh ghi trên văn bản", max_length=80)
    issuer = CleanTextField(label="Cơ quan ban hành (in hoa)", max_length=160)
    issuer_short = CleanTextField(label="Tên gọi tắt của cơ quan", max_length=80)
    letterhead_parent = CleanTextField(
        label="Cơ quan chủ quản in trên đầu văn bản", required=False, max_length=160, help_text="Thường để trống."
    )
    superior_office = CleanTextField(label="Cơ quan cấp trên nhận báo cáo", max_length=160)
    district = CleanTextField(
        label="Huyện", required=False, max_length=80, help_text="Trống từ ngày không còn cấp huyện."
    )
    province = CleanTextField(label="Tỉnh", max_length=80)
    paper = CleanTextField(label="Văn bản (số, ngày, cơ quan, trích yếu)", required=False, max_length=300)

    def names(self) -> dict[str, str]:
        """The names without the day and the paper."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("starts_on", "paper")}


class FollowNameForm(forms.Form):
    """Who gets the new name of the commune in theirs."""

    names = forms.MultipleChoiceField(
        label="Đổi các tên này",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một tên."},
    )

    def __init__(self, *args: Any, found: list[FormerName], **kwargs: Any) -> None:
        """`found`: those that can be renamed now; ticked are the ones with the whole name of the commune."""
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = [(one.key, f"{one.name} → {one.new_name}") for one in found]  # type: ignore[attr-defined]
        self.fields["names"].initial = [one.key for one in found if one.has_whole_name]
