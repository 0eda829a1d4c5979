"""Form of a letter: subject, parts of the text, recipients, signer."""

from django import forms

from emulation.core.fields import CleanAreaField
from emulation.documents.forms import deputy_field, signer_field


def _area(label: str, rows: int, hint: str = "", max_length: int = 8000) -> CleanAreaField:
    return CleanAreaField(
        label=label, required=False, max_length=max_length, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )


class LetterForm(forms.Form):
    """The text of the commune's letter, one field per part; nothing is required before the letter is submitted."""

    subject = _area("Trích yếu", 2, max_length=500)
    addressees = _area("Kính gửi", 4, "Mỗi nơi một dòng.", 2000)
    opening = _area("Mở đầu: căn cứ, mục đích", 8, "Mỗi đoạn một dòng.")
    tasks_1 = _area("Nhóm việc 1", 6, "Dòng bắt đầu bằng dấu gạch (-) thành một ý riêng.")
    tasks_2 = _area("Nhóm việc 2", 6)
    tasks_3 = _area("Nhóm việc 3", 6)
    tasks_4 = _area("Nhóm việc 4", 8)
    closing = _area("Kết", 3, max_length=2000)
    recipients = _area(
        "Nơi nhận", 8, "Mỗi nơi một dòng, kèm mã: (b/c) báo cáo, (p/h) phối hợp, (c/đ) chỉ đạo, (t/h) thực hiện.", 3000
    )
    signer = signer_field()
    deputy = deputy_field()
