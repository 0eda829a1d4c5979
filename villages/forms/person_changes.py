"""Forms of the dated changes of a person."""

from typing import Any

from django import forms
from django.utils import timezone

from emulation.core.fields import CleanTextField, VnDateField, VnDateInput
from villages.forms.people import CERTIFICATE_HINT
from villages.models import Person, PersonChange, Unit
from villages.rules.groups import group_choices


class PersonChangeForm(forms.Form):
    """Base: the day, and on what it is based."""

    effective_on = VnDateField(
        label="Từ ngày",
        widget=VnDateInput(attrs={"class": "short"}),
        help_text="Hôm nay hoặc ngày đã qua. Ngày chưa đến thì từ ngày đó mới ghi được.",
    )
    note = CleanTextField(
        label="Căn cứ, ghi chú",
        required=False,
        max_length=300,
        help_text="Ví dụ: Quyết định số 12/QĐ-UBND ngày 01/9/2026.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["effective_on"].initial = timezone.localdate()


class PostForm(PersonChangeForm):
    """The post and group from a day."""

    post = CleanTextField(label="Nghề nghiệp, chức vụ", required=False, max_length=120, help_text=CERTIFICATE_HINT)
    group = forms.ChoiceField(label="Nhóm đối tượng", required=False, choices=group_choices())
    field_order = ("effective_on", "post", "group", "note")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["post"].initial = person.post
        self.fields["group"].initial = person.group
        group: Any = self.fields["group"]
        group.choices = group_choices(person.group)


class MoveForm(PersonChangeForm):
    """The unit to which a person belongs from a day."""

    to_unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Đơn vị mới",
        empty_label="Chọn đơn vị",
        error_messages={"invalid_choice": "Hãy chọn một đơn vị trong danh sách."},
    )
    field_order = ("effective_on", "to_unit", "note")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        to_unit: Any = self.fields["to_unit"]
        units = Unit.objects.filter(commune_id=person.commune_id).in_force(timezone.localdate())
        to_unit.queryset = units.exclude(pk=person.unit_id)


class LeavingForm(PersonChangeForm):
    """Why a person is not in the unit any more, and since when."""

    kind = forms.ChoiceField(
        label="Trường hợp",
        choices=[pair for pair in PersonChange.KINDS if pair[0] in PersonChange.ENDINGS],
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "effective_on", "note")
