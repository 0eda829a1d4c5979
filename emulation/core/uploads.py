"""Form field and widget for uploading several files at once."""

from typing import Any

from django import forms


class MultipleFileInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class MultipleFileField(forms.FileField):
    """Several files; the value is a list of uploaded files."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if isinstance(data, (list, tuple)):
            return list(data)
        return [data] if data else []
