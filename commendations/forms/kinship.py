"""Form of a declared relation."""

from typing import Any

from django import forms

from commendations.models import Kinship
from emulation.core.fields import CleanTextField
from villages.models import Person


class KinshipForm(forms.Form):
    """Who is related to the nominee, and how; `people` are those for whom the user may declare."""

    person = forms.ChoiceField(label="Ai có quan hệ với người được đề nghị?")
    kind = forms.ChoiceField(label="Quan hệ", choices=Kinship.KINDS, widget=forms.RadioSelect)
    note = CleanTextField(label="Ghi rõ (có thể để trống)", required=False, max_length=200)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        choices = [(key, one.marked_name) for key, one in self.people.items()]
        if len(choices) != 1:
            choices.insert(0, ("", "Chọn người"))
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        """The chosen person."""
        return self.people[self.cleaned_data["person"]]
