"""Form of the shortlist notice."""

from typing import Any

from django import forms

from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from emulation.core.fields import CleanAreaField, CleanTextField


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
    signer = CleanTextField(label="Người ký", required=False, max_length=120, help_text="Chỉ ghi họ tên.")
    deputy = forms.BooleanField(label="Phó Chủ tịch ký thay (KT. CHỦ TỊCH)", required=False)

    @staticmethod
    def initial_of(notice: ShortlistNotice) -> dict[str, Any]:
        return {name: getattr(notice, name) for name in (*ShortlistNotice.TEXTS, "signer", "deputy")}
