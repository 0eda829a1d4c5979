"""Form of the acts that only need a reason."""

from django import forms

from commendations.forms.nomination import textarea_field


class ActReasonForm(forms.Form):
    reason = textarea_field("Lý do", 3, 1000, required=True)
