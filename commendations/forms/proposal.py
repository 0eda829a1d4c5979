"""Forms of a tờ trình to the superior: edit the draft, issue, record the result."""

from django import forms

from commendations.actions.proposal import ProposalWording, SuperiorDecision
from commendations.forms.nomination import textarea_field
from commendations.models import Proposal
from emulation.core.fields import CleanTextField, VnDateField, VnDateInput

SHORT = {"class": "short"}


class ProposalForm(forms.Form):
    wording_class = ProposalWording

    subject = CleanTextField(
        label="Trích yếu", max_length=300, help_text="In dưới chữ TỜ TRÌNH, bắt đầu bằng “Về việc …”."
    )
    addressee = textarea_field("Kính gửi", 2, 600, "Mỗi dòng một nơi.", required=True)
    expected_on = VnDateField(
        label="Ngày dự kiến ký", widget=VnDateInput(attrs=SHORT), help_text="Tên gọi, căn cứ lấy theo ngày này."
    )
    grounds = textarea_field("Căn cứ", 8, 4000, "Mỗi dòng một căn cứ.", required=True)
    opinion = textarea_field("Lời đề nghị thêm", 4, 4000, "Viết thêm nếu cần. Để trống cũng được.")
    recipients = textarea_field("Nơi nhận", 4, 1000, "Mỗi dòng một nơi, dòng cuối là “Lưu: VT, …”.", required=True)
    signer_title = forms.ChoiceField(label="Chức vụ người ký", choices=Proposal.SIGNER_TITLES)
    signer_name = CleanTextField(label="Họ tên người ký", max_length=120)


class IssueProposalForm(forms.Form):
    issued_on = VnDateField(
        label="Ngày ký tờ trình",
        widget=VnDateInput(attrs=SHORT),
        help_text="Ngày người ký đã đặt bút. Số được cấp ngay khi bấm nút và không lấy lại được.",
    )


class SuperiorDecisionForm(forms.Form):
    number = CleanTextField(
        label="Số, ký hiệu quyết định của cấp trên", max_length=60, help_text="Ví dụ: 1234/QĐ-UBND."
    )
    decided_on = VnDateField(label="Ngày quyết định", widget=VnDateInput(attrs=SHORT))
    issuer = CleanTextField(label="Cơ quan, người quyết định", max_length=160)

    def outcome(self) -> SuperiorDecision:
        return SuperiorDecision(**self.cleaned_data)
