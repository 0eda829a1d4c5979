"""Forms of a joint proposal: joining a case, taking that back."""

from typing import Any

from django import forms

from emulation.core.fields import CleanAreaField
from villages.models import Unit


class JointProposalForm(forms.Form):
    """What the second unit knows about the deed."""

    deed = CleanAreaField(
        label="Thành tích, lý do đơn vị cùng đề nghị",
        max_length=4000,
        help_text="Ghi điều đơn vị biết về việc làm này; nội dung vào giấy đề nghị của đơn vị và hồ sơ chung.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Hãy ghi thành tích, lý do đơn vị cùng đề nghị."},
    )


class LeaveCaseForm(forms.Form):
    """Which unit leaves, where the user may choose, and why."""

    unit_id = forms.ChoiceField(label="Đơn vị thôi cùng đề nghị", widget=forms.RadioSelect)
    reason = CleanAreaField(
        label="Lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi lý do thôi cùng đề nghị."},
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        choices = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["unit_id"].choices = choices  # type: ignore[attr-defined]
        self.fields["unit_id"].initial = choices[0][0] if len(choices) == 1 else None

    @property
    def unit(self) -> Unit:
        """The chosen unit."""
        return self.units[self.cleaned_data["unit_id"]]
