"""The form of acts that ask for nothing but a reason."""

from typing import Any

from django import forms

from emulation.core.fields import ReasonField


class ReasonForm(forms.Form):
    """Why something is returned, withdrawn, cancelled …; the view gives the label and the help text."""

    reason = ReasonField(label="Lý do")

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or "Lý do"
        self.fields["reason"].help_text = help_text
