"""Pages of the tờ trình to the superior and of its results."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from commendations.actions import proposal as actions
from commendations.forms.proposal import IssueProposalForm, ProposalForm, SuperiorDecisionForm
from commendations.models import Nomination, Proposal
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import outgoing_lines
from commendations.queries.nomination import requested_award
from commendations.queries.proposal import proposal_faults
from commendations.queries.recipient_faults import with_corrections
from commendations.queries.returned_papers import outgoing_changes
from commendations.views.outgoing_paper import EditOutgoingPaperView, ReturnToDraftView, SendToSignatureView
from emulation.documents.models import Draft
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.lists import ListColumn, PagedListView, page_of_rows
from emulation.workflow.success_messages import NEXT_TASK
from emulation.workflow.views import ActFormView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of

NOMINEE_RELATIONS = ("unit", "person", "household", "collective", "commune")


class ProposalList(PagedListView):
    permission = permissions.staff
    template_name = "commendations/proposal_list.html"
    help = "trinh-cap-tren"
    title = "Tờ trình cấp trên"
    columns = (
        ListColumn("Tờ trình", lambda row: row.subject, width=48),
        ListColumn("Tình trạng", lambda row: state_of(row).label),
        ListColumn("Số", lambda row: row.document.reference if row.document else "", width=16),
        ListColumn("Ngày", lambda row: row.issued_on, width=14),
        ListColumn("Số trường hợp", lambda row: row.people, width=12),
        ListColumn("Cấp trên đã trả lời", lambda row: row.answered, width=14),
    )

    def get_queryset(self) -> QuerySet[Proposal]:
        rows = Proposal.objects.visible_to(self.request.user).select_related("document", "chair_submission__session")
        on_list = Q(
            chair_submission__items__approved=True, chair_submission__items__nomination__award_code=F("award_code")
        )
        answered = on_list & Q(chair_submission__items__nomination__state__in=["awarded_above", "refused_above"])
        return rows.annotate(
            people=Count("chair_submission__items", filter=on_list),
            answered=Count("chair_submission__items", filter=answered),
        ).order_by(F("issued_on").desc(nulls_first=True), "-pk")


class ProposalPage(PageView):
    """One tờ trình: its list, faults, the paper, and the superior's answers so far."""

    permission = permissions.staff
    template_name = "commendations/proposal.html"
    help = "trinh-cap-tren"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        related = ("document", "commune", "chair_submission__session__version_of_council", "chair_submission__document")
        proposal = self.get_visible_or_404(Proposal, self.kwargs["pk"], *related)
        listed = outgoing_lines(proposal, proposal.issued_on or proposal.expected_on)
        if not proposal.document:
            proposal.known_faults = proposal_faults(proposal, listed=listed)
        return {
            **super().get_context_data(**context),
            "object": proposal,
            "resubmitted": outgoing_changes(proposal, listed),
            "page": page_of_rows(self.request, listed),
            "against": with_corrections(proposal.known_faults or [], listed),
            "draft": self._draft(proposal, listed),
        }

    def _draft(self, proposal: Proposal, listed: list[AwardLine]) -> Draft | None:
        if proposal.document:
            return None
        return actions.proposal_signature_steps.current_draft(proposal, by=self.request.user, listed=listed)


class EditProposal(EditOutgoingPaperView):
    steps = actions.proposal_signature_steps
    act = "commendations.edit_proposal"
    model = Proposal
    form_class = ProposalForm
    title = "Sửa dự thảo tờ trình"
    help = "trinh-cap-tren"


class SendProposalToSignature(SendToSignatureView):
    steps = actions.proposal_signature_steps
    act = "commendations.proposal_to_signature"
    model = Proposal


class ReturnProposalToDraft(ReturnToDraftView):
    steps = actions.proposal_signature_steps
    act = "commendations.proposal_back"
    model = Proposal
    help = "trinh-cap-tren"


class IssueProposal(ActFormView):
    """The clerk's page: the day of signing, then the number."""

    permission = permissions.clerk
    act = "commendations.issue_proposal"
    model = Proposal
    form_class = IssueProposalForm
    title = "Lấy số tờ trình"
    help = "trinh-cap-tren"

    def form_valid(self, form: Any) -> Any:
        issued = actions.issue_proposal(by=self.request.user, proposal=self.object, seen=self.seen, **form.cleaned_data)
        text = f"Đã ban hành {issued.document}. Văn phòng ghi kết quả khi cấp trên trả lời."
        messages.success(self.request, text, extra_tags=NEXT_TASK)
        return issued


class SuperiorOutcomeView(ActFormView):
    """The superior's answer on one nomination."""

    permission = permissions.office
    model = Nomination
    help = "trinh-cap-tren"

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)


class RecordAwardAbove(SuperiorOutcomeView):
    act = "commendations.award_above"
    form_class = SuperiorDecisionForm
    title = "Cấp trên đã khen thưởng"
    success_message = "Đã ghi kết quả, đơn vị và người liên quan đã được báo."

    def get_initial(self) -> dict[str, Any]:
        return {"issuer": requested_award(self.object, timezone.localdate()).decider.label}

    def form_valid(self, form: SuperiorDecisionForm) -> Any:
        return actions.record_award_above(
            by=self.request.user, nomination=self.object, outcome=form.outcome(), seen=self.seen
        )


class ReopenOutcomeAbove(ReasonFormMixin, SuperiorOutcomeView):
    act = "commendations.reopen_above"
    reason_label = "Vì sao ghi lại kết quả?"
    title = "Ghi lại kết quả của cấp trên"
    success_message = "Hồ sơ lại chờ kết quả của cấp trên; hãy ghi kết quả đúng."

    def form_valid(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.reopen_outcome_above(by=self.request.user, nomination=self.object, reason=reason, seen=self.seen)


class RecordRefusalAbove(ReasonFormMixin, SuperiorOutcomeView):
    act = "commendations.refuse_above"
    reason_label = "Lý do cấp trên không khen thưởng"
    title = "Cấp trên không khen thưởng"
    success_message = "Đã ghi kết quả, đơn vị và người liên quan đã được báo."

    def form_valid(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.record_refusal_above(by=self.request.user, nomination=self.object, reason=reason, seen=self.seen)
