"""Opening a closed period again."""

from django import forms

from emulation.core.fields import CleanAreaField, VnDateField


class ReopenForm(forms.Form):
    """A new day by which units answer, and why."""

    due_on = VnDateField(label="Hạn gửi mới")
    reason = CleanAreaField(label="Lý do mở lại", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
