"""Forms of the movement."""

from typing import Any

from django import forms


class MultipleFileInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class MultipleFileField(forms.FileField):
    """Several photos; gives a list of uploaded files."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return list(data) if isinstance(data, (list, tuple)) else [data] if data else []
