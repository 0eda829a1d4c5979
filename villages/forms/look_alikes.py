"""The form in which the office records that two records are one person."""

from typing import Any

from django import forms

from emulation.core.fields import ReasonField
from villages.models import Person

THIS = "this"
OTHER = "other"


class MergeForm(forms.Form):
    """The other record, which of the two is kept, and how it is known; `compared` is the record that the page showed."""

    other = forms.ChoiceField(label="Hồ sơ kia")
    compared = forms.CharField(required=False, widget=forms.HiddenInput)
    keep = forms.ChoiceField(
        label="Giữ hồ sơ nào",
        widget=forms.RadioSelect,
        initial=THIS,
        help_text="Việc mới ghi vào hồ sơ giữ lại. Hồ sơ kia vẫn còn, văn bản đã ban hành không đổi.",
    )
    reason = ReasonField(
        label="Căn cứ",
        max_length=300,
        help_text="Vì sao biết chắc là một người, ví dụ: đã hỏi trưởng thôn, đã xem căn cước.",
    )

    def __init__(
        self, *args: Any, person: Person, candidates: list[Person], chosen: Person | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.candidates = {str(one.pk): one for one in candidates}
        choices = [("", "Chọn hồ sơ"), *((pk, _described(one)) for pk, one in self.candidates.items())]
        other: Any = self.fields["other"]
        other.choices = choices
        keep: Any = self.fields["keep"]
        keep.choices = [
            (THIS, _described(person)),
            (OTHER, _described(chosen) if chosen else "Hồ sơ kia"),
        ]
        other.initial = self.fields["compared"].initial = str(chosen.pk) if chosen else ""

    @property
    def was_compared(self) -> bool:
        """Whether the page showed the chosen record next to this one."""
        return bool(self.cleaned_data["other"] == self.cleaned_data["compared"])

    @property
    def chosen(self) -> Person:
        """The chosen record."""
        return self.candidates[self.cleaned_data["other"]]

    def kept_and_other(self) -> tuple[Person, Person]:
        """The record to keep and the other one."""
        pair = (self.person, self.chosen)
        return pair if self.cleaned_data["keep"] == THIS else (pair[1], pair[0])


def _described(person: Person) -> str:
    born = f"sinh {person.birth_year}" if person.birth_year else "chưa ghi năm sinh"
    return ", ".join(part for part in (person.name_and_nickname, born, person.present_post, person.unit.name) if part)
