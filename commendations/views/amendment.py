"""Pages of amendments: list, start, one amendment with its consequences."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from commendations.actions import amendment as actions
from commendations.actions.award_recovery import record_award_recoveries
from commendations.flow.award import RECOVER_AWARDS
from commendations.forms.amendment import AmendmentForm, StartAmendmentForm
from commendations.forms.award import AwardRecoveriesForm
from commendations.models import Amendment, Decision
from commendations.queries import amendment as queries
from commendations.queries.record_hints import amendment_record_hints
from emulation.documents.approval.queries import approver_hint
from emulation.documents.approval.views import EditPaperView, IssuePaperView
from emulation.workflow import permissions
from emulation.workflow.idempotency import is_used
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, PageView
from emulation.workflow.workflow import state_of


class AmendmentList(PagedListView):
    """The amendments of all decisions, latest first."""

    permission = permissions.staff
    template_name = "commendations/amendment_list.html"
    help = "dinh-chinh-huy-bo"
    title = "Đính chính, thay thế, hủy bỏ"
    columns = (
        ListColumn("Văn bản", lambda row: row.subject or str(row), width=48),
        ListColumn("Về quyết định", lambda row: str(row.decision.document), width=36),
        ListColumn("Loại", lambda row: row.get_kind_display()),
        ListColumn("Tình trạng", lambda row: state_of(row).label),
        ListColumn("Số", lambda row: row.document.reference if row.document else "", width=16),
        ListColumn("Ngày ban hành", lambda row: row.issued_on, width=14),
    )

    def get_queryset(self) -> QuerySet[Amendment]:
        rows = Amendment.objects.visible_to(self.request.user).exclude(state=Amendment.DROPPED)
        return rows.select_related("decision__document", "document").order_by("-pk")


class StartAmendment(ActFormView):
    """What to do about which awards of an issued decision; `?nguoi=12` ticks one."""

    permission = permissions.office | permissions.clerk
    act = "commendations.start_amendment"
    model = Decision
    form_class = StartAmendmentForm
    template_name = "commendations/amendment_start.html"
    title = "Soạn văn bản"
    success_message = "Đã soạn sẵn văn bản. Sửa lời văn rồi trình Chủ tịch; chưa có gì thay đổi."
    help = "dinh-chinh-huy-bo"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "decision": self.object}

    def get_initial(self) -> dict[str, Any]:
        chosen = self.request.GET.get("nguoi", "")
        return {"awards": [int(chosen)] if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else []}

    def form_valid(self, form: StartAmendmentForm) -> Any:
        chosen = form.cleaned_data
        return actions.start_amendment(
            by=self.request.user,
            decision=self.object,
            kind=chosen["kind"],
            awards=chosen["awards"],
            key=self.idempotency_key,
        )


def amendment_context(amendment: Amendment) -> dict[str, Any]:
    """What its page and its issue page show of an amendment: its awards, the words, the law and everything that it changes."""
    cases = dict(queries.cancellation_cases(amendment.commune_id, amendment.expected_on))
    return {
        "object": amendment,
        "case": cases.get(amendment.cancellation_case, ""),
        "awards": queries.awards_of(amendment),
        "changes": queries.changed_words_of(amendment),
        "effects": queries.amendment_effects(amendment, timezone.localdate()),
        "whole": queries.is_whole_decision(amendment),
    }


class AmendmentPage(PageView):
    """One amendment: what it changes, what falls when it is issued, its papers and what is still to be recovered."""

    permission = permissions.staff
    template_name = "commendations/amendment.html"
    help = "dinh-chinh-huy-bo"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        amendment = self.get_visible_or_404(Amendment, self.kwargs["pk"], "decision__document", "document", "commune")
        return {
            **super().get_context_data(**context),
            **amendment_context(amendment),
            "approver_hint": approver_hint(amendment, timezone.localdate()),
            "resubmitted": actions.amendment_approval.changes(amendment),
            "record_hints": amendment_record_hints(self.request.user, amendment),
            "crumbs": actions.amendment_approval.breadcrumbs(amendment),
        }


class EditAmendment(EditPaperView):
    form_class = AmendmentForm
    template_name = "commendations/amendment_edit.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "amendment": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "awards": self.object.award_ids}

    def form_valid(self, form: AmendmentForm) -> Any:
        return actions.amendment_approval.save(self.object, by=self.request.user, seen=self.seen, **form.columns())


class IssueAmendment(IssuePaperView):
    """The clerk sees everything that the issue changes, as the office and the chair did, before the number is taken."""

    template_name = "commendations/amendment_issue.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = amendment_context(self.object) if hasattr(self, "object") else {}
        return {**super().get_context_data(**context), **shown}


class RecoverAwards(ActFormView):
    """What came back of several awards of an amendment: one answer, one day, one note; those with a fault are marked."""

    permission = RECOVER_AWARDS.permission
    act = RECOVER_AWARDS.act
    model = Amendment
    form_class = AwardRecoveriesForm
    template_name = "commendations/amendment_recover.html"
    success_message = "Đã ghi thu hồi cho những người được chọn."
    help = "dinh-chinh-huy-bo"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice is not refused because nothing is left to recover."""
        if is_used(self.idempotency_key, self.commune):
            return redirect("commendations:amendment", kwargs["pk"])
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        waiting = [award for award in queries.awards_of(self.object) if award.is_to_recover]
        return {**super().get_form_kwargs(), "awards": waiting}

    def get_initial(self) -> dict[str, Any]:
        return {"recovered_on": timezone.localdate()}

    def form_valid(self, form: AwardRecoveriesForm) -> Any:
        record_award_recoveries(by=self.request.user, amendment=self.object, key=self.idempotency_key, **form.chosen())
        return redirect(self.object)
