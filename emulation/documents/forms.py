"""Questions asked about issued papers."""

from typing import Any

from django import forms
from django.conf import settings

from emulation.core.fields import CleanTextField
from emulation.documents.models import DocumentFile


class CancelForm(forms.Form):
    reason = CleanTextField(label="Lý do hủy", max_length=1000, help_text="Số đã cấp vẫn nằm trong sổ, kèm lý do này.")


class HandOverForm(forms.Form):
    to = CleanTextField(label="Người, nơi nhận", max_length=300)


class UploadForm(forms.Form):
    format = forms.ChoiceField(
        label="Loại tệp",
        choices=[row for row in DocumentFile.FORMATS if row[0] in (DocumentFile.SCAN, DocumentFile.SIGNED)],
    )
    file = forms.FileField(label="Tệp PDF", help_text="Bản quét có dấu hoặc bản đã ký số; tối đa 12 MB.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError("Tệp lớn hơn 12 MB. Hãy quét lại ở 200 dpi hoặc chia nhỏ.")
        return file
