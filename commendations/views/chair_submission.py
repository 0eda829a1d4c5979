"""Pages of chair submissions (phiếu trình): list, page, drafting, submitting, the chair's decisions and their undoing."""

from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from commendations.actions import chair_submission as actions
from commendations.forms.chair_submission import ChairDecisionsForm, ChairSubmissionForm, chair_choices
from commendations.models import ChairSubmission, CouncilSession
from commendations.queries.cancelled_earlier import cancelled_earlier_of
from commendations.queries.chair_submission import (
    ChairDecisionPreview,
    chair_decision_preview,
    cited_laws,
    first_photos,
    group_by_award,
    pricing_day,
    rows_decided_by,
    rows_to_award,
    submission_rows,
    total_to_award,
)
from commendations.queries.fairness import fairness_summary
from commendations.queries.other_deeds import case_doubts
from commendations.queries.returned_papers import submission_changes
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView, page_of_rows
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of


def chair_submission_context(chair_submission: ChairSubmission) -> dict[str, Any]:
    """Context shared by the page and the chair's form: rows, number and money of those to award, laws, fairness."""
    day = pricing_day(chair_submission, timezone.localdate())
    rows = submission_rows(chair_submission, day)
    return {
        "rows": rows,
        "resubmitted": submission_changes(chair_submission),
        "cancelled_awards": cancelled_earlier_of(row.line.nomination for row in rows),
        "groups": group_by_award(rows),
        "counted": len(rows_to_award(rows)),
        "total": total_to_award(rows),
        "money_day": day,
        "laws": cited_laws(rows),
        "fairness": fairness_summary(rows, day),
    }


class ChairSubmissionList(PagedListView):
    permission = permissions.staff
    template_name = "commendations/presentation_list.html"
    help = "phieu-trinh"
    title = "Phiếu trình Chủ tịch"
    columns = (
        ListColumn("Phiếu trình", str, width=48),
        ListColumn("Tình trạng", lambda row: state_of(row).label),
        ListColumn("Số trường hợp", lambda row: row.people, width=10),
        ListColumn("Đồng ý", lambda row: row.approved, width=10),
        ListColumn("Không đồng ý", lambda row: row.refused, width=14),
        ListColumn("Ngày trình", lambda row: row.presented_on, width=14),
    )

    def get_queryset(self) -> QuerySet[ChairSubmission]:
        rows = ChairSubmission.objects.visible_to(self.request.user).select_related("session", "document")
        approved = Count("items", filter=Q(items__approved=True))
        refused = Count("items", filter=Q(items__approved=False))
        listed = Count("items", filter=Q(items__set_aside=""))
        return rows.exclude(state="dropped").annotate(people=listed, approved=approved, refused=refused).order_by("-pk")


class ChairSubmissionPage(PageView):
    """One submission: the list with votes, law and money; the steps; the frozen paper."""

    permission = permissions.staff
    template_name = "commendations/presentation.html"
    help = "phieu-trinh"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        chair_submission = self.get_visible_or_404(
            ChairSubmission, self.kwargs["pk"], "session__version_of_council", "document", "commune"
        )
        papers = [
            *chair_submission.decisions.exclude(state="dropped").order_by("pk"),
            *chair_submission.proposals.exclude(state="dropped").order_by("pk"),
        ]
        return {
            **super().get_context_data(**context),
            "object": chair_submission,
            "papers": papers,
            "set_aside": chair_submission.items.exclude(set_aside="").select_related(
                "nomination__person", "nomination__household", "nomination__collective"
            ),
            **(shown := chair_submission_context(chair_submission)),
            "page": page_of_rows(self.request, shown["rows"]),
        }


class DraftChairSubmission(ActPostView):
    permission = permissions.office
    act = "commendations.draft_presentation"
    model = CouncilSession
    success_message = "Đã lập phiếu trình. Kiểm tra rồi trình Chủ tịch."

    def perform(self) -> Any:
        return actions.draft_chair_submission(by=self.request.user, session=self.object)


class EditChairSubmission(ActFormView):
    permission = permissions.office
    act = "commendations.edit_presentation"
    model = ChairSubmission
    form_class = ChairSubmissionForm
    template_name = "commendations/presentation_edit.html"
    title = "Sửa ý kiến trình"
    success_message = "Đã lưu."

    def get_initial(self) -> dict[str, Any]:
        return {"form": self.object.form, "opinion": self.object.opinion}

    def form_valid(self, form: Any) -> Any:
        return actions.edit_chair_submission(
            by=self.request.user, chair_submission=self.object, seen=self.seen, **form.cleaned_data
        )


class SubmitToChair(ActPostView):
    permission = permissions.office
    act = "commendations.present"
    model = ChairSubmission
    success_message = "Đã trình Chủ tịch."

    def perform(self) -> Any:
        return actions.submit_to_chair(by=self.request.user, chair_submission=self.object, seen=self.seen)


class ChairDecisionsView(ActFormView):
    """Base: arithmetic, law, money and fairness, then approve or refuse each nominee of the chair, or of the vice chair.

    A complete form is first shown as a preview with names and consequences (`do=rest`: with everybody who is not decided
    yet approved); `do=confirm` records it.
    """

    model = ChairSubmission
    form_class = ChairDecisionsForm
    template_name = "commendations/presentation_decide.html"
    success_message: Any = "Đã ghi quyết định. Văn phòng hoàn thiện các dự thảo văn bản."
    help = "chu-tich-quyet-dinh"
    by_deputy: ClassVar[bool] = False
    """Whether it is the page of the vice chair, about the chair's own case."""

    def render_preview(self, form: Any, preview: ChairDecisionPreview) -> HttpResponse:
        """The names and consequences, with what was chosen as hidden fields."""
        return self.render(
            "commendations/presentation_preview.html",
            form=form,
            object=self.object,
            preview=preview,
            seen=self.request.POST.get("seen", ""),
            unkept=True,
        )

    def get_object(self) -> ChairSubmission:
        return self.get_visible_or_404(
            ChairSubmission, self.kwargs["pk"], "session__version_of_council", "commune", "document"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), **getattr(self, "submission_context", {})}

    def get_form_kwargs(self) -> dict[str, Any]:
        self.submission_context = chair_submission_context(self.object)
        every_row = self.submission_context["rows"]
        rows = rows_decided_by(every_row, by_deputy=self.by_deputy)
        self.submission_context["rows"] = rows
        self.submission_context["total"] = total_to_award(rows)
        self.submission_context["left_to_deputy"] = [] if self.by_deputy else rows_decided_by(every_row, by_deputy=True)
        self.submission_context["photos"] = first_photos(rows)
        self.submission_context |= case_doubts([row.line.nomination for row in rows], self.request.user)
        shown = self.request.POST.get(ChairDecisionsForm.PAGE, "1")
        page = int(shown) if shown.isdecimal() and len(shown) < 5 else 1
        return {"rows": rows, "page": page, "approve_rest": self.request.POST.get("do") == "rest"}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "go" in request.POST and self.check_object():
            return self.render_form(self.form_of_other_page(request.POST))
        return super().post(request, *args, **kwargs)

    def form_of_other_page(self, posted: Any) -> ChairDecisionsForm:
        """The form with all that was chosen so far, unchecked, at the page that the pressed button names."""
        known = self.get_form_kwargs()
        page = int(posted["go"]) if posted["go"].isdecimal() and len(posted["go"]) < 5 else 1
        return ChairDecisionsForm(rows=known["rows"], page=page, choices=chair_choices(posted, known["rows"]))

    def form_valid(self, form: Any) -> Any:
        if self.request.POST.get("do") != "confirm":
            self.success_message = ""  # nothing is recorded yet
            if self.request.POST.get("do") == "edit":
                return self.render_form(form)
            return self.render_preview(form, chair_decision_preview(self.submission_context["rows"], form.decisions()))
        return self.record(form.decisions())

    def record(self, decisions: dict[int, actions.ChairDecision]) -> ChairSubmission:
        """Calls the action."""
        raise NotImplementedError


class RecordChairDecisions(ChairDecisionsView):
    """The chair's page: every nominee but the chair."""

    permission = permissions.chair
    act = "commendations.decide"
    title = "Ghi quyết định của Chủ tịch"

    def record(self, decisions: dict[int, actions.ChairDecision]) -> ChairSubmission:
        return actions.record_chair_decisions(
            by=self.request.user, chair_submission=self.object, decisions=decisions, seen=self.seen
        )


class UndoChairDecisions(ReasonFormMixin, ActFormView):
    permission = permissions.chair
    act = "commendations.undo_decide"
    model = ChairSubmission
    title = "Xét lại"
    help = "chu-tich-quyet-dinh"
    reason_label = "Vì sao xét lại?"
    reason_help = "Mọi quyết định trên phiếu trình này được rút lại, các dự thảo bị bỏ, rồi xét lại từ đầu."
    success_message = "Đã rút lại. Phiếu trình chờ xét lại; các đơn vị đã được báo."

    def form_valid(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.undo_chair_decisions(
            by=self.request.user, chair_submission=self.object, reason=reason, seen=self.seen
        )


class ReturnChairSubmission(ReasonFormMixin, ActFormView):
    permission = permissions.chair
    act = "commendations.return_presentation"
    model = ChairSubmission
    title = "Trả lại phiếu trình"
    success_message = "Đã trả lại Văn phòng."

    def form_valid(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.return_chair_submission(
            by=self.request.user, chair_submission=self.object, reason=reason, seen=self.seen
        )
