"""Fields for uploaded papers."""

from typing import Any

from django import forms
from django.conf import settings

from emulation.core.uploads import MultipleFileField, MultipleFileInput

ACCEPT = ".pdf,.jpg,.jpeg,.png"


class PaperFilesField(MultipleFileField):
    """Several papers or photos; `read_uploads()` gives (name, bytes) of each."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=MultipleFileInput(attrs={"accept": ACCEPT, "multiple": True}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = super().clean(data, initial)
        if self.required and not found:
            raise forms.ValidationError("Hãy chọn tệp.", code="required")
        most = settings.UPLOAD_MAX_BYTES
        for file in found:
            if file.size > most:
                limit = most // 1024 // 1024
                raise forms.ValidationError(f"{file.name[:80]}: tệp nặng hơn {limit} MB. Hãy quét lại ở 200 dpi.")
        return found


def read_uploads(files: list[Any]) -> list[tuple[str, bytes]]:
    """Name and content of uploaded files."""
    return [(file.name, file.read()) for file in files]
