"""Pages of decisions: list, page, editing, signature, issue; certificates and the payment list."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from commendations.actions import decision as actions
from commendations.forms.decision import DecisionForm, IssueDecisionForm
from commendations.models import Amendment, Award, Decision
from commendations.queries.decision import decision_faults, outgoing_lines
from commendations.queries.decision_standing import decision_standing, standing_of_awards
from commendations.queries.nominee_words import nominee_marks
from commendations.queries.open_amendments import mark_open_amendments
from commendations.queries.recipient_faults import with_corrections
from commendations.queries.returned_papers import outgoing_changes
from commendations.views.outgoing_paper import EditOutgoingPaperView, ReturnToDraftView, SendToSignatureView
from emulation.core.formatting import money_in_words
from emulation.documents.queries import document_file_statuses, draft_file_statuses
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView, page_of_rows
from emulation.workflow.success_messages import NEXT_TASK
from emulation.workflow.views import ActFormView, ActPostView, PageView
from emulation.workflow.workflow import state_of
from villages.rules.name_marks import marked_name


class DecisionList(PagedListView):
    permission = permissions.staff
    template_name = "commendations/decision_list.html"
    help = "quyet-dinh"
    title = "Quyết định khen thưởng"
    columns = (
        ListColumn("Quyết định", lambda row: row.subject, width=48),
        ListColumn("Phiên họp", lambda row: str(row.chair_submission.session), width=32),
        ListColumn("Tình trạng", lambda row: state_of(row).label),
        ListColumn("Số", lambda row: row.document.reference if row.document else "", width=16),
        ListColumn("Ngày ban hành", lambda row: row.issued_on, width=14),
        ListColumn("Số trường hợp", lambda row: row.in_force if row.document_id else row.listed, width=10),
    )

    def get_queryset(self) -> QuerySet[Decision]:
        rows = Decision.objects.visible_to(self.request.user).exclude(state=Decision.DROPPED)
        rows = rows.select_related("document", "chair_submission__session")
        on_list = Q(
            chair_submission__items__approved=True, chair_submission__items__nomination__award_code=F("award_code")
        )
        listed = Count("chair_submission__items", filter=on_list, distinct=True)
        granted = Count("awards", distinct=True)
        cancelled = Count("awards", filter=Q(awards__cancellation__isnull=False), distinct=True)
        replaced = Count("awards", filter=Q(awards__replaced_by__isnull=False), distinct=True)
        rows = rows.annotate(listed=listed, granted=granted, cancelled=cancelled, replaced=replaced)
        rows = rows.annotate(in_force=F("granted") - F("cancelled") - F("replaced"))
        return rows.order_by(F("issued_on").desc(nulls_first=True), "-pk")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = super().get_context_data(**context)
        for row in shown["rows"]:
            row.standing = decision_standing(
                in_force=row.in_force > 0, cancelled=row.cancelled > 0, replaced=row.replaced > 0
            )
        return shown


class DecisionPage(PageView):
    """One decision: its list with money, faults, the paper (draft, bản trình ký or issued), the certificates."""

    permission = permissions.staff
    template_name = "commendations/decision.html"
    help = "quyet-dinh"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        related = ("document", "commune", "chair_submission__session__version_of_council", "chair_submission__document")
        decision = self.get_visible_or_404(Decision, self.kwargs["pk"], *related)
        content = self.issued(decision) if decision.document else self.draft(decision)
        return {**super().get_context_data(**context), "object": decision, **content}

    def draft(self, decision: Decision) -> dict[str, Any]:
        listed = outgoing_lines(decision, decision.expected_on)
        total = sum(line.amount for line in listed)
        draft = actions.decision_signature_steps.current_draft(decision, by=self.request.user, listed=listed)
        files = draft_file_statuses(draft) if draft else []
        decision.known_faults = decision_faults(decision, listed=listed)
        return {
            "lines": listed,
            "resubmitted": outgoing_changes(decision, listed),
            "page": page_of_rows(self.request, listed),
            "total": total,
            "total_words": money_in_words(total),
            "against": with_corrections(decision.known_faults, listed),
            "draft": draft,
            "files": [line for line in files if line.is_ready],
        }

    def issued(self, decision: Decision) -> dict[str, Any]:
        assert decision.document is not None
        rows = decision.awards.with_standing().order_by("decision_serial")
        awards = mark_open_amendments(rows, self.request.user)
        in_force = [award for award in awards if award.counts]
        total = sum(award.payable for award in in_force)
        files = document_file_statuses(decision.document)
        return {
            "awards": awards,
            "page": page_of_rows(self.request, awards),
            "in_force": in_force,
            "standing": standing_of_awards(awards),
            "amendments": decision.amendments.exclude(state=Amendment.DROPPED).select_related("document"),
            "total": total,
            "total_words": money_in_words(total),
            "files": [line for line in files if line.is_ready],
            "batch": next((line for line in files if line.format == "all"), None),
            **self.certificates(awards),
        }

    def certificates(self, awards: list[Award]) -> dict[str, Any]:
        """Whether there are giấy khen or bằng, how many are in force, and whose are not printed any more."""
        with_certificate = [award for award in awards if award.certificate_id]
        not_printed = [award for award in with_certificate if not award.counts]
        return {
            "printable": bool(with_certificate),
            "sheets": len(with_certificate) - len(not_printed),
            "not_printed": not_printed,
        }


class CertificateProgressPage(DecisionPage):
    """The progress of the certificates as a part of the page; the browser polls it while they are rendered."""

    template_name = "commendations/_certificate_batch.html"


class EditDecision(EditOutgoingPaperView):
    steps = actions.decision_signature_steps
    act = "commendations.edit_decision"
    model = Decision
    form_class = DecisionForm
    title = "Sửa dự thảo quyết định"
    help = "quyet-dinh"


class SendDecisionToSignature(SendToSignatureView):
    steps = actions.decision_signature_steps
    act = "commendations.to_signature"
    model = Decision


class ReturnDecisionToDraft(ReturnToDraftView):
    steps = actions.decision_signature_steps
    act = "commendations.back_to_draft"
    model = Decision
    help = "quyet-dinh"


class IssueDecision(ActFormView):
    """The clerk's page: day of signing, then the number. A second request is redirected to the issued decision."""

    permission = permissions.clerk
    act = "commendations.issue"
    model = Decision
    form_class = IssueDecisionForm
    template_name = "commendations/decision_issue.html"
    title = "Lấy số, ban hành"
    help = "ban-hanh-quyet-dinh"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.redirect_if_issued() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.redirect_if_issued() or super().post(request, *args, **kwargs)

    def redirect_if_issued(self) -> HttpResponse | None:
        self.check_object()
        if self.object.state != "issued" or not self.permission.allows(self.capacity, self.object):
            return None
        messages.info(self.request, f"{self.object.document} đã ban hành, không cấp thêm số.")
        return redirect(self.object)

    def get_object(self) -> Decision:
        return self.get_visible_or_404(Decision, self.kwargs["pk"], "document", "commune", "chair_submission")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        signed = self.object.signed_list if hasattr(self, "object") else []
        marks = nominee_marks([row["nomination"] for row in signed])
        rows = [{**row, "listed_name": marked_name(row["name"], marks.get(row["nomination"], ""))} for row in signed]
        return {**super().get_context_data(**context), "signed": rows, "total": sum(row["amount"] for row in signed)}

    def form_valid(self, form: Any) -> Any:
        issued = actions.issue_decision(by=self.request.user, decision=self.object, seen=self.seen, **form.cleaned_data)
        text = f"Đã ban hành {issued.document}. Danh sách, Sổ vàng và giấy, bằng (nếu có) đã được ghi."
        messages.success(self.request, text, extra_tags=NEXT_TASK)
        return issued


class PrintCertificates(ActPostView):
    permission = permissions.office | permissions.clerk
    act = "commendations.print_certificates"
    model = Decision
    success_message = "Đang tạo một tệp PDF cho tất cả giấy, bằng."

    def perform(self) -> Any:
        actions.print_certificates(by=self.request.user, decision=self.object)
        return redirect(f"{self.object.get_absolute_url()}#giay-khen")


class MakePaymentList(ActPostView):
    permission = permissions.office | permissions.clerk
    act = "commendations.money_list"
    model = Decision
    success_message = "Đã lập danh sách chi tiền."

    def perform(self) -> Any:
        return actions.make_payment_list(by=self.request.user, decision=self.object)
