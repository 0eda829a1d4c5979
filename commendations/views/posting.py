"""Pages of posted lists (niêm yết): posting one, its page with the objections, its result, the answers."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.utils import timezone

from commendations.actions import objection as objections
from commendations.actions import posting as actions
from commendations.forms.posting import AnswerForm, ObjectionForm, StartPostingForm
from commendations.models import Objection, Posting
from commendations.queries import catalogue
from commendations.queries.posting import (
    cases_to_post,
    objections_of,
    posted_cases,
    posting_end,
    posting_papers,
    postings_of_title,
)
from commendations.views.group_request import GROUP_READERS
from commendations.views.many_nominations import ManyCasesView
from commendations.views.nomination import WRITERS
from emulation.core.errors import RuleBroken
from emulation.workflow.forms import ReasonForm
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of

LINES_PER_PAGE = 25
HELP = "niem-yet"


class StartPosting(ManyCasesView):
    """Post the list of a unit for a title and year, which come from the address."""

    permission = WRITERS
    act = "commendations.start_posting"
    template_name = "commendations/posting_start.html"
    help = HELP
    title = "Niêm yết danh sách"
    success_message = "Đã niêm yết. In thông báo kèm danh sách để dán."

    def get_form(self, *data: Any) -> StartPostingForm:
        return StartPostingForm(*data, initial={"starts_on": self.today, "place": self.last_place()})

    def last_place(self) -> str:
        rows = Posting.objects.visible_to(self.request.user).filter(unit=self.unit).order_by("-pk")
        return rows.values_list("place", flat=True).first() or ""

    def form_valid(self, form: StartPostingForm) -> Any:
        if self.unit is None:
            raise RuleBroken("Hãy chọn đơn vị, danh hiệu và năm trước.")
        return actions.start_posting(
            by=self.request.user,
            unit=self.unit,
            code=self.asked["award"],
            year=self.asked["year"],
            where=form.where(),
            idempotency_key=self.idempotency_key,
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = self.asked
        return {
            **super().get_context_data(**context),
            "cases": cases_to_post(self.unit, asked["award"], asked["year"]) if self.unit else [],
            "limit": posting_end(self.unit.commune_id, self.today) if self.unit else None,
            "postings": postings_of_title(self.request.user, self.unit, asked["award"], asked["year"])
            if self.unit
            else [],
        }


class PostingList(PagedListView):
    """The posted lists of units that the user may see, the newest first."""

    permission = GROUP_READERS
    template_name = "commendations/posting_list.html"
    title = "Danh sách niêm yết"
    help = HELP

    def get_queryset(self) -> QuerySet[Posting]:
        rows = Posting.objects.visible_to(self.request.user).select_related("unit")
        cases = Count("lines", distinct=True)
        return rows.annotate(cases=cases, objected=Count("objections", distinct=True)).order_by("-pk")

    columns = (
        ListColumn("Đơn vị", lambda row: row.unit.name, width=32),
        ListColumn("Nơi niêm yết", lambda row: row.place, width=32),
        ListColumn("Từ ngày", lambda row: row.starts_on, width=14),
        ListColumn("Đến hết ngày", lambda row: row.ends_on, width=14),
        ListColumn("Số trường hợp", lambda row: row.cases, width=14),
        ListColumn("Số phản ánh", lambda row: row.objected, width=14),
        ListColumn("Tình trạng", lambda row: state_of(row).label, width=24),
    )


class PostingPage(PageView):
    """A posted list: its days, papers, objections, cases."""

    permission = GROUP_READERS
    template_name = "commendations/posting.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        posting = self.get_visible_or_404(Posting, self.kwargs["pk"], "unit", "commune")
        relations = (f"nomination__{name}" for name in ("unit", "person", "household", "collective"))
        award = catalogue.award_names_on(posting.commune_id, posting.starts_on).get(posting.award_code)
        user = self.request.user
        return {
            **super().get_context_data(**context),
            "object": posting,
            "award": award.in_full(posting.year) if award else posting.award_code,
            "over": posting.ends_on < timezone.localdate(),
            "papers": posting_papers(posting, user),
            "objections": objections_of(posting, user),
            "page": Paginator(posting.lines.select_related(*relations).order_by("place"), LINES_PER_PAGE).get_page(
                self.request.GET.get("trang")
            ),
        }


class ClosePosting(ActPostView):
    permission = WRITERS
    act = "commendations.close_posting"
    model = Posting
    success_message = "Đã chốt biên bản kết quả niêm yết."

    def perform(self) -> Any:
        return actions.close_posting(by=self.request.user, posting=self.object, seen=self.seen)


class ReopenPosting(ReasonFormMixin, ActFormView):
    permission = WRITERS
    act = "commendations.reopen_posting"
    model = Posting
    help = HELP
    reason_help = "Biên bản kết quả cũ vẫn lưu; khi kết thúc lại sẽ có biên bản mới."
    success_message = "Đã mở lại niêm yết."

    def form_valid(self, form: ReasonForm) -> Any:
        return actions.reopen_posting(
            by=self.request.user, posting=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class CancelPosting(ReasonFormMixin, ActFormView):
    permission = WRITERS
    act = "commendations.cancel_posting"
    model = Posting
    help = HELP
    reason_help = "Sai ngày, sai danh sách thì hủy rồi niêm yết lại. Phản ánh đã ghi vẫn phải trả lời."
    success_message = "Đã hủy. Có thể niêm yết lại danh sách."

    def form_valid(self, form: ReasonForm) -> Any:
        return actions.cancel_posting(
            by=self.request.user, posting=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


# ── objections ───────────────────────────────────────────────────────────────────────────────────
class AddObjection(ActFormView):
    permission = WRITERS
    act = "commendations.add_objection"
    model = Posting
    help = HELP
    success_message = "Đã ghi phản ánh. Hồ sơ đó chờ đến khi trả lời xong; các hồ sơ khác đi tiếp."

    def get_form(self, *data: Any) -> ObjectionForm:
        return ObjectionForm(*data, cases=posted_cases(self.object))

    def form_valid(self, form: ObjectionForm) -> Any:
        return objections.add_objection(
            by=self.request.user,
            posting=self.object,
            nomination=form.case(),
            facts=form.facts(),
            key=self.idempotency_key,
        )


class ObjectionActView(ActFormView):
    """Base of the acts on an objection, which is read with its posting and its case."""

    permission = WRITERS
    model = Objection
    help = HELP

    def get_object(self) -> Objection:
        relations = ("posting__unit", "nomination__unit", "nomination__person", "nomination__household")
        return self.get_visible_or_404(Objection, self.kwargs["pk"], *relations, "nomination__collective")


class AnswerObjection(ObjectionActView):
    act = "commendations.answer_objection"
    form_class = AnswerForm
    template_name = "commendations/objection_answer.html"
    success_message = "Đã ghi trả lời."

    def get_initial(self) -> dict[str, Any]:
        today: date = timezone.localdate()
        return {"answered_on": today, "answer": self.object.answer}

    def form_valid(self, form: AnswerForm) -> Any:
        return objections.answer_objection(
            by=self.request.user, objection=self.object, seen=self.seen, **form.cleaned_data
        )


class ReopenObjection(ReasonFormMixin, ObjectionActView):
    act = "commendations.reopen_objection"
    success_message = "Phản ánh trở về chưa trả lời."

    def form_valid(self, form: ReasonForm) -> Any:
        return objections.reopen_objection(
            by=self.request.user, objection=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class RemoveObjection(ReasonFormMixin, ObjectionActView):
    act = "commendations.remove_objection"
    success_message = "Đã xóa phản ánh ghi nhầm."

    def form_valid(self, form: ReasonForm) -> Any:
        return objections.remove_objection(
            by=self.request.user, objection=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
