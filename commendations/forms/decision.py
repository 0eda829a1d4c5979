"""Forms of a decision: edit the draft, issue."""

from django import forms

from commendations.actions.decision import DecisionWording
from commendations.models import Decision
from emulation.core.fields import CleanAreaField, CleanTextField, VnDateField, VnDateInput

SHORT = {"class": "short"}


class DecisionForm(forms.Form):
    wording_class = DecisionWording

    subject = CleanTextField(
        label="Trích yếu", max_length=300, help_text="In dưới chữ QUYẾT ĐỊNH, bắt đầu bằng “Về việc …”."
    )
    expected_on = VnDateField(
        label="Ngày dự kiến ký",
        widget=VnDateInput(attrs=SHORT),
        help_text="Tiền thưởng và căn cứ lấy theo quy định của ngày này.",
    )
    grounds = CleanAreaField(
        label="Căn cứ",
        max_length=4000,
        help_text="Mỗi dòng một căn cứ. Đổi ngày dự kiến ký mà không sửa ô này thì căn cứ được lấy lại theo ngày mới.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    list_order = forms.ChoiceField(label="Thứ tự danh sách", choices=Decision.ORDERS, widget=forms.RadioSelect)
    funding = CleanTextField(label="Điều 2: nguồn kinh phí", max_length=300)
    carried_out_by = CleanAreaField(
        label="Điều 3: ai thi hành", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    recipients = CleanAreaField(
        label="Nơi nhận",
        max_length=1000,
        help_text="Mỗi dòng một nơi, dòng cuối là “Lưu: VT, …”.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    signer_title = forms.ChoiceField(label="Chức vụ người ký", choices=Decision.SIGNER_TITLES)
    signer_name = CleanTextField(label="Họ tên người ký", max_length=120)


class IssueDecisionForm(forms.Form):
    issued_on = VnDateField(
        label="Ngày ký quyết định",
        widget=VnDateInput(attrs=SHORT),
        help_text="Ngày người ký đã đặt bút. Số được cấp ngay khi bấm nút và không lấy lại được.",
    )
