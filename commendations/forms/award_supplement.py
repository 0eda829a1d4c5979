"""Form of what was done with a supplement."""

from django import forms

from emulation.core.fields import CleanTextField, VnDateField, VnDateInput

PAID = "paid"
DECLINED = "declined"


class AwardSupplementForm(forms.Form):
    done = forms.ChoiceField(
        label="Đã làm gì?",
        choices=[(PAID, "Đã chi"), (DECLINED, "Không chi (ghi lý do ở ô ghi chú)")],
        widget=forms.RadioSelect,
    )
    answered_on = VnDateField(label="Ngày", widget=VnDateInput(attrs={"class": "short"}))
    received_by = CleanTextField(
        label="Người nhận", max_length=120, required=False, help_text="Không chi thì để trống."
    )
    note = CleanTextField(label="Ghi chú, lý do không chi", max_length=200, required=False)

    def clean_done(self) -> bool:
        """Whether it was paid."""
        return bool(self.cleaned_data["done"] == PAID)
