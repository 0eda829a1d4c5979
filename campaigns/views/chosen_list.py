"""Pages of the list of a period as a paper."""

from typing import Any

from django.db.models import QuerySet

from campaigns import actions
from campaigns.forms.choice import ListForm
from campaigns.forms.letter import ReasonForm
from campaigns.models import ChosenList, Period
from campaigns.queries import choice as queries
from emulation.acts import who
from emulation.acts.web import ActPage, ListPage, Page, PostAct
from emulation.documents.forms import IssueForm
from emulation.documents.views.issue import IssuePage

READERS = who.staff | who.unit_head | who.council_member | who.superior


class ChosenLists(ListPage):
    """The lists of all periods; who is no staff sees those that were issued."""

    who = READERS
    template_name = "campaigns/chosen_list_list.html"
    help = "danh-sach-dien-hinh"

    def rows(self) -> QuerySet[ChosenList]:
        return ChosenList.objects.visible_to(self.request.user).select_related("period", "document").order_by("-pk")


class ChosenListPage(Page):
    """One list: its words, who stands in it, whose turn it is."""

    who = READERS
    template_name = "campaigns/chosen_list.html"
    help = "danh-sach-dien-hinh"

    def content(self) -> dict[str, Any]:
        chosen_list = self.find(ChosenList, self.kwargs["pk"], "period", "document", "commune")
        choices = list(queries.chosen(chosen_list.period))
        named = [choice for choice in choices if queries.is_named(choice, chosen_list)]
        left = [choice for choice in choices if choice not in named]
        staff = who.staff.test(self.standing, None)
        return {
            "object": chosen_list,
            "choices": named,
            "left": left if staff else [],
            "withdrawn": [choice for choice in named if not queries.agreed(choice)] if staff else [],
        }


class StartList(PostAct):
    who, act, model = who.office, "campaigns.start_list", Period

    def perform(self) -> Any:
        return actions.start_list(by=self.request.user, period=self.object)


class EditList(ActPage):
    who, act, model = who.office, "campaigns.save_list", ChosenList
    form_class = ListForm
    help = "danh-sach-dien-hinh"
    title = "Lưu lời văn"
    done = "Đã lưu."

    def initial(self) -> dict[str, Any]:
        return ListForm.initial_of(self.object)

    def perform(self, form: ListForm) -> Any:
        return actions.save_list(by=self.request.user, chosen_list=self.object, seen=self.seen, **form.cleaned_data)


class SubmitList(PostAct):
    who, act, model = who.office, "campaigns.submit_list", ChosenList
    done = "Đã trình Chủ tịch."

    def perform(self) -> Any:
        return actions.submit_list(by=self.request.user, chosen_list=self.object, seen=self.seen)


class ApproveList(PostAct):
    who, act, model = who.chair, "campaigns.approve_list", ChosenList
    done = "Đã duyệt. Văn thư sẽ lấy số và ban hành."

    def perform(self) -> Any:
        return actions.approve_list(by=self.request.user, chosen_list=self.object, seen=self.seen)


class ReturnList(ActPage):
    who, act, model = who.chair, "campaigns.return_list", ChosenList
    form_class = ReasonForm
    help = "danh-sach-dien-hinh"
    done = "Đã trả lại Văn phòng."

    def perform(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.return_list(by=self.request.user, chosen_list=self.object, reason=reason, seen=self.seen)


class IssueList(IssuePage):
    act, model = "campaigns.issue_list", ChosenList
    help = "danh-sach-dien-hinh"
    done = "Đã ban hành. Các đơn vị đã được báo."

    def perform(self, form: IssueForm) -> Any:
        issued_on = form.cleaned_data["issued_on"]
        return actions.issue_list(by=self.request.user, chosen_list=self.object, issued_on=issued_on, seen=self.seen)


class PreviewList(PostAct):
    who, act, model = who.staff, "campaigns.preview_list", ChosenList

    def perform(self) -> Any:
        return actions.preview_list(by=self.request.user, chosen_list=self.object)
