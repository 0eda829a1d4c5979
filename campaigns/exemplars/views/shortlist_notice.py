"""Pages of the list of a period as a paper."""

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
from emulation.acts import who
from emulation.acts.web import ActPage, ListPage, Page, PostAct
from emulation.documents.forms import IssueForm
from emulation.documents.views.issue import IssuePage

READERS = who.staff | who.unit_head | who.council_member | who.superior


class ShortlistNoticeList(ListPage):
    """The lists of all periods; who is no staff sees those that were issued."""

    who = READERS
    template_name = "campaigns/chosen_list_list.html"
    help = "danh-sach-dien-hinh"

    def rows(self) -> QuerySet[ShortlistNotice]:
        return (
            ShortlistNotice.objects.visible_to(self.request.user).select_related("period", "document").order_by("-pk")
        )


class ShortlistNoticePage(Page):
    """One list: its words, who stands in it, whose turn it is."""

    who = READERS
    template_name = "campaigns/chosen_list.html"
    help = "danh-sach-dien-hinh"

    def content(self) -> dict[str, Any]:
        chosen_list = self.find(ShortlistNotice, self.kwargs["pk"], "period", "document", "commune")
        choices = list(queries.shortlist_of(chosen_list.period))
        named = [choice for choice in choices if queries.is_named_in_notice(choice, chosen_list)]
        left = [choice for choice in choices if choice not in named]
        staff = who.staff.test(self.standing, None)
        return {
            "object": chosen_list,
            "choices": named,
            "left": left if staff else [],
            "withdrawn": [choice for choice in named if not queries.has_agreed(choice)] if staff else [],
        }


class StartShortlistNotice(PostAct):
    who, act, model = who.office, "campaigns.start_list", Period

    def perform(self) -> Any:
        return start_shortlist_notice(by=self.request.user, period=self.object)


class EditShortlistNotice(ActPage):
    who, act, model = who.office, "campaigns.save_list", ShortlistNotice
    form_class = ShortlistNoticeForm
    help = "danh-sach-dien-hinh"
    title = "Lưu lời văn"
    done = "Đã lưu."

    def initial(self) -> dict[str, Any]:
        return ShortlistNoticeForm.initial_of(self.object)

    def perform(self, form: ShortlistNoticeForm) -> Any:
        return save_shortlist_notice(by=self.request.user, chosen_list=self.object, seen=self.seen, **form.cleaned_data)


class SubmitShortlistNotice(PostAct):
    who, act, model = who.office, "campaigns.submit_list", ShortlistNotice
    done = "Đã trình Chủ tịch."

    def perform(self) -> Any:
        return submit_shortlist_notice(by=self.request.user, chosen_list=self.object, seen=self.seen)


class ApproveShortlistNotice(PostAct):
    who, act, model = who.chair, "campaigns.approve_list", ShortlistNotice
    done = "Đã duyệt. Văn thư sẽ lấy số và ban hành."

    def perform(self) -> Any:
        return approve_shortlist_notice(by=self.request.user, chosen_list=self.object, seen=self.seen)


class ReturnShortlistNotice(ActPage):
    who, act, model = who.chair, "campaigns.return_list", ShortlistNotice
    form_class = ReturnLetterForm
    help = "danh-sach-dien-hinh"
    done = "Đã trả lại Văn phòng."

    def perform(self, form: ReturnLetterForm) -> Any:
        reason = form.cleaned_data["reason"]
        return return_shortlist_notice(by=self.request.user, chosen_list=self.object, reason=reason, seen=self.seen)


class IssueShortlistNotice(IssuePage):
    act, model = "campaigns.issue_list", ShortlistNotice
    help = "danh-sach-dien-hinh"
    done = "Đã ban hành. Các đơn vị đã được báo."

    def perform(self, form: IssueForm) -> Any:
        issued_on = form.cleaned_data["issued_on"]
        return issue_shortlist_notice(
            by=self.request.user, chosen_list=self.object, issued_on=issued_on, seen=self.seen
        )


class PreviewShortlistNotice(PostAct):
    who, act, model = who.staff, "campaigns.preview_list", ShortlistNotice

    def perform(self) -> Any:
        return preview_shortlist_notice(by=self.request.user, chosen_list=self.object)
