"""Pages of chair submissions."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from commendations.actions import chair_submission as actions
from commendations.forms.chair_submission import ChairDecisionsForm, ChairSubmissionForm, PaperReasonForm
from commendations.models import ChairSubmission, CouncilSession
from commendations.queries.chair_submission import (
    cited_laws,
    fairness_summary,
    group_by_award,
    pricing_day,
    submission_rows,
)
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, PagedListView, PageView


def chair_submission_context(chair_submission: ChairSubmission) -> dict[str, Any]:
    """What the page and the chair's form both show: rows, the sum of those not refused, laws, fairness."""
    day = pricing_day(chair_submission, timezone.localdate())
    rows = submission_rows(chair_submission, day)
    standing = [row for row in rows if row.item.approved is not False]
    return {
        "rows": rows,
        "groups": group_by_award(rows),
        "counted": len(standing),
        "total": sum(row.amount for row in standing),
        "money_day": day,
        "laws": cited_laws(rows),
        "fairness": fairness_summary(rows),
    }


class ChairSubmissionList(PagedListView):
    permission = permissions.staff
    template_name = "commendations/presentation_list.html"
    help = "phieu-trinh"

    def get_queryset(self) -> QuerySet[ChairSubmission]:
        rows = ChairSubmission.objects.visible_to(self.request.user).select_related("session", "document")
        yes, no = Count("items", filter=Q(items__approved=True)), Count("items", filter=Q(items__approved=False))
        return rows.annotate(people=Count("items"), approved=yes, refused=no).order_by("-pk")


class ChairSubmissionPage(PageView):
    """One paper: the list with votes, law and money; the steps; the paper as frozen."""

    permission = permissions.staff
    template_name = "commendations/presentation.html"
    help = "phieu-trinh"

    def get_context_data(self) -> dict[str, Any]:
        found = self.get_visible_or_404(
            ChairSubmission, self.kwargs["pk"], "session__version_of_council", "document", "commune"
        )
        papers = [*found.decisions.order_by("pk"), *found.proposals.order_by("pk")]
        return {"object": found, "papers": papers, **chair_submission_context(found)}


class DraftChairSubmission(ActPostView):
    permission = permissions.office
    act, model = "commendations.draft_presentation", CouncilSession
    success_message = "Đã lập phiếu trình. Kiểm tra rồi trình Chủ tịch."

    def perform(self) -> Any:
        return actions.draft_chair_submission(by=self.request.user, session=self.object)


class EditChairSubmission(ActFormView):
    permission = permissions.office
    act, model, form_class = "commendations.edit_presentation", ChairSubmission, ChairSubmissionForm
    template_name = "commendations/presentation_edit.html"
    title, success_message = "Sửa ý kiến trình", "Đã lưu."

    def get_initial(self) -> dict[str, Any]:
        return {"form": self.object.form, "opinion": self.object.opinion}

    def perform(self, form: Any) -> Any:
        return actions.edit_chair_submission(
            by=self.request.user, chair_submission=self.object, seen=self.seen, **form.cleaned_data
        )


class SubmitToChair(ActPostView):
    permission = permissions.office
    act, model, success_message = "commendations.present", ChairSubmission, "Đã trình Chủ tịch."

    def perform(self) -> Any:
        return actions.submit_to_chair(by=self.request.user, chair_submission=self.object, seen=self.seen)


class RecordChairDecisions(ActFormView):
    """The chair's page: arithmetic, law, money and fairness first, then yes or no for each."""

    permission = permissions.chair
    act, model, form_class = "commendations.decide", ChairSubmission, ChairDecisionsForm
    template_name = "commendations/presentation_decide.html"
    title, success_message = (
        "Ghi quyết định của Chủ tịch",
        "Đã ghi quyết định. Văn phòng hoàn thiện các dự thảo: quyết định, tờ trình cấp trên.",
    )
    help = "chu-tich-quyet-dinh"

    def get_object(self) -> ChairSubmission:
        return self.get_visible_or_404(
            ChairSubmission, self.kwargs["pk"], "session__version_of_council", "commune", "document"
        )

    def get_extra_context(self) -> dict[str, Any]:
        return self.shown if hasattr(self, "shown") else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        self.shown = chair_submission_context(self.object)
        return {"rows": self.shown["rows"]}

    def perform(self, form: Any) -> Any:
        return actions.record_chair_decisions(
            by=self.request.user, chair_submission=self.object, words=form.words(), seen=self.seen
        )


class ReturnChairSubmission(ActFormView):
    permission = permissions.chair
    act, model, form_class = "commendations.return_presentation", ChairSubmission, PaperReasonForm
    title, success_message = "Trả lại phiếu trình", "Đã trả lại Văn phòng."

    def perform(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.return_chair_submission(
            by=self.request.user, chair_submission=self.object, reason=reason, seen=self.seen
        )
