"""Forms of the handover and the recovery of an award."""

from django import forms

from emulation.core.fields import CleanTextField, VnDateField, VnDateInput


class AwardHandoverForm(forms.Form):
    received_by = CleanTextField(
        label="Người nhận", max_length=120, help_text="Người nhận thay thì ghi rõ ở ô ghi chú."
    )
    received_on = VnDateField(label="Ngày nhận", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú", max_length=200, required=False)


class AwardRecoveryForm(forms.Form):
    certificate = forms.BooleanField(label="Đã thu hồi giấy khen, bằng", required=False)
    amount = forms.IntegerField(
        label="Số tiền đã thu hồi (đồng)",
        min_value=0,
        max_value=1_000_000_000,
        required=False,
        help_text="Ghi số, ví dụ 760000. Không thu tiền thì để trống.",
    )
    recovered_on = VnDateField(label="Ngày thu hồi", widget=VnDateInput(attrs={"class": "short"}))
    note = CleanTextField(label="Ghi chú", max_length=200, required=False)

    def clean_amount(self) -> int:
        return self.cleaned_data["amount"] or 0
