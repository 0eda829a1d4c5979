"""Forms of council liaisons."""

from typing import Any

from django import forms

from villages.models import Person, Unit


class CouncilLiaisonsForm(forms.Form):
    """The council member in charge of each unit."""

    def __init__(self, *args: Any, units: list[Unit], members: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.members = {str(person.pk): person for person in members}
        choices = [
            ("", "chưa phân công"),
            *((pk, person.full_name) for pk, person in self.members.items()),
        ]
        for unit in units:
            self.fields[f"unit_{unit.pk}"] = forms.ChoiceField(label=unit.name, required=False, choices=choices)

    def chosen(self) -> dict[int, Person | None]:
        """{unit id: the chosen member, or None}."""
        return {unit.pk: self.members.get(self.cleaned_data[f"unit_{unit.pk}"]) for unit in self.units}
