"""Form of a praise letter (thư khen): addressee, text, signer."""

from django import forms

from emulation.core.fields import CleanAreaField, CleanTextField
from emulation.documents.forms import deputy_field, signer_field


class PraiseLetterForm(forms.Form):
    """The text of a thư khen."""

    addressee = CleanTextField(label="Thân gửi", max_length=200)
    text = CleanAreaField(
        label="Lời thư",
        max_length=4000,
        help_text="Mỗi đoạn một dòng. Thư khen không có số, không kèm tiền thưởng.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    signer = signer_field()
    deputy = deputy_field()
