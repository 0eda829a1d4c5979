"""Forms of the dated changes of a person."""

from typing import Any

from django import forms
from django.utils import timezone

from emulation.core.fields import CleanTextField, VnDateField, VnDateInput
from villages.forms.people import CERTIFICATE_HINT
from villages.models import Person
from villages.rules.groups import group_choices


class PersonChangeForm(forms.Form):
    """Base: the day, and on what it is based."""

    effective_on = VnDateField(label="Từ ngày", widget=VnDateInput(attrs={"class": "short"}))
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
