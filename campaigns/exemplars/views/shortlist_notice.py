"""Pages of the shortlist notice."""

from typing import Any

from django.db.models import QuerySet

from campaigns.directives.forms.letter import ReturnLetterForm
from campaigns.exemplars.actions.shortlist_notice import (
    approve_shortlist_notice,
    issue_shortlist_notice,
    preview_shortlist_notice,
    return_shortlist_notice,
    save_shortlist_notice,
    start_shortlist_notice,
    submit_shortlist_notice,
)
from campaigns.exemplars.forms.shortlist_notice import ShortlistNoticeForm
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.queries import shortlist as queries
from emulation.documents.forms import IssueDocumentForm
from emulation.documents.views.issue import IssueDocumentView
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, PagedListView, PageView

READERS = permissions.staff | permissions.unit_head | permissions.council_member | permissions.superior


class ShortlistNoticeList(PagedListView):
    """The notices of all periods; users who are not staff see issued ones."""

    permission = READERS
    template_name = "campaigns/chosen_list_list.html"
    help = "danh-sach-dien-hinh"

    def get_queryset(self) -> QuerySet[ShortlistNotice]:
        return (
            ShortlistNotice.objects.visible_to(self.request.user).select_related("period", "document").order_by("-pk")
        )


class ShortlistNoticePage(PageView):
    """One notice: its text, entries and next step."""

    permission = READERS
    template_name = "campaigns/chosen_list.html"
    help = "danh-sach-dien-hinh"

    def get_context_data(self) -> dict[str, Any]:
        notice = self.get_visible_or_404(ShortlistNotice, self.kwargs["pk"], "period", "document", "commune")
        entries = list(queries.shortlist_of(notice.period))
        named = [entry for entry in entries if queries.is_named_in_notice(entry, notice)]
        context: dict[str, Any] = {"object": notice, "choices": named, "left": [], "withdrawn": []}
        if permissions.staff.allows(self.capacity, None):
            context["left"] = [entry for entry in entries if entry not in named]
            context["withdrawn"] = [entry for entry in named if not queries.has_agreed(entry)]
        return context


class StartShortlistNotice(ActPostView):
    permission = permissions.office
    act = "campaigns.start_list"
    model = Period

    def perform(self) -> Any:
        return start_shortlist_notice(by=self.request.user, period=self.object)


class EditShortlistNotice(ActFormView):
    permission = permissions.office
    act = "campaigns.save_list"
    model = ShortlistNotice
    form_class = ShortlistNoticeForm
    help = "danh-sach-dien-hinh"
    title = "Lưu lời văn"
    success_message = "Đã lưu."

    def get_initial(self) -> dict[str, Any]:
        return ShortlistNoticeForm.initial_of(self.object)

    def perform(self, form: ShortlistNoticeForm) -> Any:
        return save_shortlist_notice(by=self.request.user, notice=self.object, seen=self.seen, **form.cleaned_data)


class SubmitShortlistNotice(ActPostView):
    permission = permissions.office
    act = "campaigns.submit_list"
    model = ShortlistNotice
    success_message = "Đã trình Chủ tịch."

    def perform(self) -> Any:
        return submit_shortlist_notice(by=self.request.user, notice=self.object, seen=self.seen)


class ApproveShortlistNotice(ActPostView):
    permission = permissions.chair
    act = "campaigns.approve_list"
    model = ShortlistNotice
    success_message = "Đã duyệt. Văn thư sẽ lấy số và ban hành."

    def perform(self) -> Any:
        return approve_shortlist_notice(by=self.request.user, notice=self.object, seen=self.seen)


class ReturnShortlistNotice(ActFormView):
    permission = permissions.chair
    act = "campaigns.return_list"
    model = ShortlistNotice
    form_class = ReturnLetterForm
    help = "danh-sach-dien-hinh"
    success_message = "Đã trả lại Văn phòng."

    def perform(self, form: ReturnLetterForm) -> Any:
        reason = form.cleaned_data["reason"]
        return return_shortlist_notice(by=self.request.user, notice=self.object, reason=reason, seen=self.seen)


class IssueShortlistNotice(IssueDocumentView):
    act = "campaigns.issue_list"
    model = ShortlistNotice
    help = "danh-sach-dien-hinh"
    success_message = "Đã ban hành. Các đơn vị đã được báo."

    def perform(self, form: IssueDocumentForm) -> Any:
        issued_on = form.cleaned_data["issued_on"]
        return issue_shortlist_notice(by=self.request.user, notice=self.object, issued_on=issued_on, seen=self.seen)


class PreviewShortlistNotice(ActPostView):
    permission = permissions.staff
    act = "campaigns.preview_list"
    model = ShortlistNotice

    def perform(self) -> Any:
        return preview_shortlist_notice(by=self.request.user, notice=self.object)
