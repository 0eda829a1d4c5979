"""Form of a new return reason."""

from django import forms

from campaigns.catalogue.models import ReturnReason
from emulation.core.fields import CleanTextField

CHOOSE = {"required": "Hãy chọn một.", "invalid_choice": "Hãy chọn một mục trong danh sách."}


class ReturnReasonForm(forms.Form):
    """A return reason of the commune's own."""

    field = forms.ChoiceField(label="Mục", choices=ReturnReason.FIELDS, error_messages=CHOOSE)
    text = CleanTextField(
        label="Lý do", max_length=200, help_text="Viết như nói với đơn vị: “Chưa ghi rõ ngày, nơi làm”."
    )
