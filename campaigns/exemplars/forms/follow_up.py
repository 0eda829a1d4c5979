"""Form of a follow-up: what was done to honour an exemplar, and when."""

from django import forms
from django.utils import timezone

from campaigns.catalogue.forms import CHOOSE
from campaigns.exemplars.models.follow_up import FollowUp
from emulation.core.fields import CleanTextField, VnDateField


class FollowUpForm(forms.Form):
    """One thing that was done to honour an exemplar."""

    kind = forms.ChoiceField(label="Việc gì?", choices=FollowUp.KINDS, widget=forms.RadioSelect, error_messages=CHOOSE)
    done_on = VnDateField(label="Ngày", initial=timezone.localdate)
    place = CleanTextField(
        label="Ở đâu",
        required=False,
        max_length=200,
        help_text="Cần có khi biểu dương, ví dụ: họp thôn, loa truyền thanh xã, lễ chào cờ.",
    )
    number = CleanTextField(
        label="Số văn bản", required=False, max_length=60, help_text="Cần có khi gửi thư khen, đề nghị cấp trên."
    )
    note = CleanTextField(label="Ghi chú", required=False, max_length=300)
