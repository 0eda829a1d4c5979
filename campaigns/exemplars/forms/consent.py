"""Form of consent: the answer, who gave it and how, whether photos may be shown."""

from typing import Any

from django import forms
from django.utils import timezone

from campaigns.catalogue.forms import CHOOSE
from campaigns.exemplars.models.consent import Consent
from campaigns.exemplars.models.exemplar import Exemplar
from emulation.core.fields import CleanTextField, VnDateField


class ConsentForm(forms.Form):
    """The person's answer, who gave it, and how."""

    answer = forms.ChoiceField(
        label="Có đồng ý cho nêu gương trên trang công khai không?",
        choices=Consent.ANSWERS,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    by_whom = CleanTextField(
        label="Ai trả lời?",
        max_length=120,
        help_text="Chính người được nêu gương; hộ gia đình: chủ hộ; tập thể: người đứng đầu; trẻ em: cha, mẹ, người giám hộ.",
    )
    guardian = forms.BooleanField(label="Cha, mẹ hoặc người giám hộ trả lời thay", required=False)
    answered_on = VnDateField(label="Trả lời ngày", initial=timezone.localdate)
    how = forms.ChoiceField(
        label="Trả lời bằng cách nào?", choices=Consent.HOWS, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    photos = forms.BooleanField(
        label="Đồng ý đăng cả ảnh", required=False, help_text="Không đánh dấu thì chỉ đăng lời kể, không đăng ảnh."
    )

    @staticmethod
    def initial_of(exemplar: Exemplar) -> dict[str, Any]:
        """The last answer, or the name of the person to ask."""
        consent = getattr(exemplar, "consent", None)
        if consent is not None:
            return {name: getattr(consent, name) for name in ("answer", "by_whom", "guardian", "how", "photos")}
        if exemplar.person is not None:
            return {"by_whom": exemplar.person.full_name}
        return {"by_whom": exemplar.household.head_name} if exemplar.household is not None else {}
