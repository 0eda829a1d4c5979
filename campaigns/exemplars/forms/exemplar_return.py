"""Form with which an exemplar is returned: usual reasons to tick, and a note for each field."""

from collections.abc import Iterable
from typing import Any

from django import forms

from campaigns.catalogue.models import ReturnReason
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.queries.exemplar import exemplar_note_labels
from emulation.core.fields import CleanAreaField


class ReturnExemplarForm(forms.Form):
    """Why an exemplar is returned, by field of its form: usual reasons to tick, and free text."""

    def __init__(self, *args: Any, exemplar: Exemplar, reasons: Iterable[ReturnReason] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = exemplar_note_labels(exemplar)
        usual: dict[str, list[tuple[str, str]]] = {}
        for reason in reasons:
            usual.setdefault(reason.field, []).append((str(reason.pk), reason.text))
        for name, label in self.labels.items():
            if usual.get(name):
                self.fields[f"usual_{name}"] = forms.MultipleChoiceField(
                    label=f"{label}: lý do thường gặp",
                    required=False,
                    choices=usual[name],
                    widget=forms.CheckboxSelectMultiple,
                    error_messages={"invalid_choice": "Lý do vừa đánh dấu không còn trong danh sách."},
                )
            self.fields[name] = CleanAreaField(
                label=f"{label}: ghi thêm" if usual.get(name) else label,
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
            )

    @property
    def rows(self) -> list[tuple[str, str, Any, Any]]:
        """For each field of the exemplar: its name, its label, the usual reasons to tick (None: there are none), the free text."""
        return [
            (name, label, self[f"usual_{name}"] if f"usual_{name}" in self.fields else None, self[name])
            for name, label in self.labels.items()
        ]

    def notes(self) -> dict[str, str]:
        """{field: reason}: the ticked reasons, then the free text."""
        found = {}
        for name in self.labels:
            usual = dict(self.fields[f"usual_{name}"].choices) if f"usual_{name}" in self.fields else {}
            lines = [usual[key].rstrip(".") + "." for key in self.cleaned_data.get(f"usual_{name}", [])]
            if text := " ".join([*lines, self.cleaned_data.get(name, "")]).strip():
                found[name] = text
        return found
