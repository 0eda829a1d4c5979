"""Form of the handover of an award."""

from django import forms

from emulation.core.fields import CleanTextField, VnDateField, VnDateInput


class AwardHandoverForm(forms.Form):
    received_by = CleanTextField(
        label="Người nhận", max_length=120, help_text="Người nhận thay thì ghi rõ ở ô ghi chú."
    )
    received_on = VnDateField(label="Ngày nhận", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú", max_length=200, required=False)
