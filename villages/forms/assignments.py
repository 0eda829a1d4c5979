"""Forms of council liaisons and of absences of unit heads."""

from typing import Any

from django import forms

from emulation.accounts.models import User
from emulation.core.fields import CleanTextField, VnDateField
from villages.models import Person, Unit


class CouncilLiaisonsForm(forms.Form):
    """The council member in charge of each unit."""

    def __init__(self, *args: Any, units: list[Unit], members: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.members = {str(person.pk): person for person in members}
        choices = [
            ("", "chưa phân công (ủy viên thường trực nhận tin)"),
            *((pk, person.full_name) for pk, person in self.members.items()),
        ]
        for unit in units:
            self.fields[f"unit_{unit.pk}"] = forms.ChoiceField(label=unit.name, required=False, choices=choices)

    def chosen(self) -> dict[int, Person | None]:
        """{unit id: the chosen member, or None}."""
        return {unit.pk: self.members.get(self.cleaned_data[f"unit_{unit.pk}"]) for unit in self.units}


class AbsenceForm(forms.Form):
    """The head who is away, the days, and the deputy."""

    head = forms.ChoiceField(label="Người vắng")
    starts_on = VnDateField(label="Vắng từ ngày")
    ends_on = VnDateField(label="Đến hết ngày")
    deputy = forms.ChoiceField(
        label="Người làm thay",
        required=False,
        help_text="Người có tài khoản trong xã. Trong những ngày đó người này trả lời thay cho đơn vị.",
    )
    note = CleanTextField(label="Ghi chú", required=False, max_length=200, help_text="Không bắt buộc.")

    def __init__(self, *args: Any, heads: list[User], deputies: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user in [*heads, *deputies]}
        head: Any = self.fields["head"]
        head.choices = [(str(user.pk), user.full_name) for user in heads]
        deputy: Any = self.fields["deputy"]
        deputy.choices = [("", "chưa có"), *((str(user.pk), user.full_name) for user in deputies)]
