"""Forms of consent, of what followed, and of the shared reasons."""

from typing import Any

from django import forms
from django.utils import timezone

from campaigns.models import Consent, Exemplar, FollowUp, ReturnReason
from emulation.core.fields import CleanAreaField, CleanTextField, VnDateField

CHOOSE = {"required": "Hãy chọn một.", "invalid_choice": "Hãy chọn một mục trong danh sách."}


class ConsentForm(forms.Form):
    """What the person answered, and who wrote it down for him."""

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
        """The last answer, or who is to be asked."""
        consent = getattr(exemplar, "consent", None)
        if consent is not None:
            return {name: getattr(consent, name) for name in ("answer", "by_whom", "guardian", "how", "photos")}
        if exemplar.person is not None:
            return {"by_whom": exemplar.person.full_name}
        return {"by_whom": exemplar.household.head_name} if exemplar.household is not None else {}


class FollowUpForm(forms.Form):
    """One thing that was done."""

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


class ReasonForm(forms.Form):
    """A reason of the commune's own."""

    field = forms.ChoiceField(label="Mục", choices=ReturnReason.FIELDS, error_messages=CHOOSE)
    text = CleanTextField(
        label="Lý do", max_length=200, help_text="Viết như nói với đơn vị: “Chưa ghi rõ ngày, nơi làm”."
    )


class PraiseForm(forms.Form):
    """The words of a thư khen."""

    addressee = CleanTextField(label="Thân gửi", max_length=200)
    text = CleanAreaField(
        label="Lời thư",
        max_length=4000,
        help_text="Mỗi đoạn một dòng. Thư khen không có số, không kèm tiền thưởng.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    signer = CleanTextField(label="Người ký", required=False, max_length=120, help_text="Chỉ ghi họ tên Chủ tịch.")
