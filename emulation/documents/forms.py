"""Forms for issuing papers, acts on issued papers, and images for giấy khen."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from emulation.core.fields import CleanTextField, VnDateField
from emulation.core.formatting import format_date
from emulation.core.images import MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS
from emulation.documents.models import BrandingImage, DocumentFile
from emulation.documents.number_checks import ALREADY_CHECKED, BOOK_FIELD, UncheckedBook


def signer_field() -> CleanTextField:
    """The name of the person who signs a paper for the committee."""
    return CleanTextField(label="Người ký", required=False, max_length=120, help_text="Chỉ ghi họ tên.")


def deputy_field() -> forms.BooleanField:
    """Whether a deputy chair signs in the place of the chair."""
    return forms.BooleanField(label="Phó Chủ tịch ký thay (KT. CHỦ TỊCH)", required=False)


class IssueDocumentForm(forms.Form):
    """The date on the paper, not before the date of its approval; the number comes from the number book."""

    issued_on = VnDateField(
        label="Ngày ban hành",
        initial=timezone.localdate,
        help_text="Ngày ghi trên văn bản; số tiếp theo của sổ được lấy ngay khi bấm.",
    )

    def __init__(self, *args: Any, approved_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.approved_on = approved_on

    def clean_issued_on(self) -> date:
        day: date = self.cleaned_data["issued_on"]
        if day < self.approved_on:
            raise forms.ValidationError(
                f"Ngày ban hành không được trước ngày Chủ tịch duyệt ({format_date(self.approved_on)})."
            )
        return day


class HandOverDocumentForm(forms.Form):
    to = CleanTextField(label="Người, nơi nhận", max_length=300)


class LastNumbersForm(forms.Form):
    """After a restore: one field for each book that waits; those left empty go on waiting."""

    sure = forms.BooleanField(label="Tôi đã xem lại, số cách xa là đúng", required=False)

    def __init__(self, *args: Any, books: list[UncheckedBook], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.books = books
        fields: dict[str, forms.Field] = {}
        for book in books:
            last = f"số {book.last}" if book.last else "chưa có số nào"
            fields[book.field] = forms.IntegerField(
                label=", ".join(book.titles),
                min_value=0,
                max_value=99_999,
                required=False,
                help_text=f"Trong bản sao: {last}. Sau đó không dùng số nào thì ghi {book.last}.",
            )
        self.fields = {**fields, **self.fields}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if any(name.startswith(BOOK_FIELD) and name not in self.fields and typed for name, typed in self.data.items()):
            raise forms.ValidationError(ALREADY_CHECKED)
        if not self.errors and not self.typed():
            raise forms.ValidationError("Hãy ghi số cuối của ít nhất một sổ.")
        return values

    def typed(self) -> list[tuple[UncheckedBook, int]]:
        """The books whose field is filled in, with the number."""
        numbers = [(book, self.cleaned_data.get(book.field)) for book in self.books]
        return [(book, number) for book, number in numbers if number is not None]


class CorrectNumberForm(forms.Form):
    """Another last number on paper instead of a mistyped one."""

    last_on_paper = forms.IntegerField(label="Số cuối cùng đã dùng trên giấy", min_value=0, max_value=99_999)
    reason = CleanTextField(label="Vì sao sửa?", max_length=300)
    sure = forms.BooleanField(label="Tôi đã xem lại, số cách xa là đúng", required=False)


class UploadDocumentFileForm(forms.Form):
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


class BrandingImageForm(forms.Form):
    kind = forms.ChoiceField(
        label="Hình",
        choices=BrandingImage.KINDS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn Quốc huy hay Khung viền."),
    )
    picture = forms.FileField(
        label="Tệp ảnh PNG hoặc JPEG",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text=(
            "Quốc huy: cao từ 200 điểm ảnh, nền trong suốt (PNG) thì đẹp nhất. Khung viền: cả tờ A4 nằm ngang, "
            f"rộng từ 1.200 điểm ảnh, hoa văn cách mép không quá 12 mm. Tối đa {MAX_IMAGE_BYTES // 1024 // 1024} MB, "
            f"{MAX_IMAGE_PIXELS // 1_000_000} triệu điểm ảnh."
        ),
        error_messages={"required": "Hãy chọn tệp ảnh.", "empty": "Tệp ảnh rỗng. Hãy chọn lại tệp."},
    )
