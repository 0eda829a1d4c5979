"""Forms of the handover and the recovery of an award."""

from typing import Any

from django import forms

from commendations.models import Award
from emulation.core.fields import CleanTextField, VnDateField, VnDateInput
from emulation.core.formatting import format_dong


class AwardHandoverForm(forms.Form):
    received_by = CleanTextField(
        label="Người nhận", max_length=120, help_text="Người nhận thay thì ghi rõ ở ô ghi chú."
    )
    received_on = VnDateField(label="Ngày nhận", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú", max_length=200, required=False)


class AwardRecoveryForm(forms.Form):
    """What came back; only the fields of what may still come back."""

    certificate = forms.BooleanField(label="Đã thu hồi giấy khen, bằng", required=False)
    amount = forms.IntegerField(
        label="Số tiền đã thu hồi (đồng)",
        min_value=0,
        max_value=1_000_000_000,
        required=False,
        help_text="Ghi số, ví dụ 760000. Không thu tiền thì để trống.",
    )
    not_handed = forms.BooleanField(label="Chưa trao gì nên không phải thu hồi", required=False)
    recovered_on = VnDateField(label="Ngày thu hồi", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú", max_length=200, required=False)

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = {
            "certificate": award.has_certificate_to_recover,
            "amount": award.money_left_to_recover > 0,
            "not_handed": not (award.counts or award.handovers.exists() or award.recoveries.exists()),
        }
        for name in [name for name, is_possible in possible.items() if not is_possible]:
            del self.fields[name]
        if "amount" in self.fields:
            self.fields["amount"].help_text += f" Còn phải thu {format_dong(award.money_left_to_recover)}."

    def clean_amount(self) -> int:
        return self.cleaned_data["amount"] or 0
