"""Pages of the cancellation of a paper: the office's or clerk's proposal, the chair's decision."""

from typing import Any

from emulation.documents import cancellations
from emulation.documents.models import DocumentCancellation, IssuedDocument
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin

HELP = "huy-van-ban"


class CancellationPage(PageView):
    """One proposal: the reason, what the cancellation changes or changed, the decision."""

    permission = permissions.staff
    template_name = "documents/cancellation.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        cancellation = self.get_visible_or_404(
            DocumentCancellation, self.kwargs["pk"], "document", "proposed_by", "decided_by"
        )
        preview = cancellations.cancellation_consequences(cancellation.document) if cancellation.is_proposed else []
        return super().get_context_data(
            object=cancellation, consequences=cancellation.consequences or preview, **context
        )


class ProposeCancellation(ReasonFormMixin, ActFormView):
    """The form for the reason, with the list of what the cancellation changes."""

    permission = permissions.office | permissions.clerk
    act = "documents.propose_cancellation"
    model = IssuedDocument
    template_name = "documents/propose_cancellation.html"
    help = HELP
    title = "Đề nghị Chủ tịch hủy văn bản"
    reason_label = "Lý do hủy"
    reason_help = "Chủ tịch và những người đã nhận văn bản đều đọc lý do này; nó nằm trong sổ văn bản đi."
    success_message = "Đã trình Chủ tịch. Văn bản còn hiệu lực cho đến khi Chủ tịch đồng ý."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(consequences=cancellations.cancellation_consequences(self.object), **context)

    def form_valid(self, form: ReasonForm) -> Any:
        return cancellations.propose_cancellation(
            by=self.request.user,
            document=self.object,
            reason=form.cleaned_data["reason"],
            key=self.idempotency_key,
        )


class AgreeToCancellation(ActPostView):
    permission = permissions.chair
    act = "documents.agree_cancellation"
    model = DocumentCancellation
    success_message = "Đã hủy văn bản. Những người được xem văn bản đã được báo."

    def perform(self) -> Any:
        return cancellations.agree_to_cancellation(by=self.request.user, cancellation=self.object, seen=self.seen)


class DeclineCancellation(ReasonFormMixin, ActFormView):
    permission = permissions.chair
    act = "documents.decline_cancellation"
    model = DocumentCancellation
    help = HELP
    reason_label = "Vì sao không hủy?"
    reason_help = "Người đề nghị đọc lời này. Văn bản giữ nguyên hiệu lực."
    success_message = "Đã ghi ý kiến. Văn bản giữ nguyên hiệu lực."

    def form_valid(self, form: ReasonForm) -> Any:
        return cancellations.decline_cancellation(
            by=self.request.user, cancellation=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class WithdrawCancellation(ActPostView):
    permission = permissions.office | permissions.clerk
    act = "documents.withdraw_cancellation"
    model = DocumentCancellation
    success_message = "Đã rút đề nghị. Văn bản giữ nguyên hiệu lực."

    def perform(self) -> Any:
        return cancellations.withdraw_cancellation(by=self.request.user, cancellation=self.object, seen=self.seen)
