"""Form field for uploaded scans and evidence, and reading what was uploaded."""

from typing import Any

from django import forms
from django.conf import settings

from emulation.core.uploads import MultipleFileField, MultipleFileInput

ACCEPT = ".pdf,.jpg,.jpeg,.png"


class PaperFilesField(MultipleFileField):
    """Several PDFs or images, at most `most`; `read_uploads()` returns (name, bytes) of each."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(widget=MultipleFileInput(attrs={"accept": ACCEPT, "multiple": True}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = super().clean(data, initial)
        if self.required and not found:
            raise forms.ValidationError("Hãy chọn tệp.", code="required")
        if len(found) > self.most:
            raise forms.ValidationError(
                f"Mỗi lần gửi nhiều nhất {self.most} tệp. Hãy bỏ bớt hoặc quét thành một tệp PDF."
            )
        for file in found:
            if file.size > settings.UPLOAD_MAX_BYTES:
                limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
                raise forms.ValidationError(f"{file.name[:80]}: tệp nặng hơn {limit} MB. Hãy quét lại ở 200 dpi.")
        return found


def read_uploads(files: list[Any]) -> list[tuple[str, bytes]]:
    """(name, bytes) of each uploaded file."""
    return [(file.name, file.read()) for file in files]
