"""Form of the shortlist notice: subject, opening, closing, recipients, signer."""

from django import forms

from emulation.core.fields import CleanAreaField
from emulation.documents.forms import deputy_field, signer_field


class ShortlistNoticeForm(forms.Form):
    """The text of the notice."""

    subject = CleanAreaField(label="Trích yếu", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    opening = CleanAreaField(label="Mở đầu", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    closing = CleanAreaField(label="Kết", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    recipients = CleanAreaField(
        label="Nơi nhận",
        required=False,
        max_length=2000,
        help_text="Mỗi nơi một dòng.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    signer = signer_field()
    deputy = deputy_field()
