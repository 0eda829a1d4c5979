"""Pages of the shortlist: what a period has, who is chosen, what the public sees; a unit's word for the quarter."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns.exemplars.actions.shortlist import (
    add_to_shortlist,
    edit_shortlist_entry,
    publish_shortlist,
    remove_from_shortlist,
    unpublish_shortlist,
    unpublish_shortlist_entry,
)
from campaigns.exemplars.forms.shortlist import (
    AddToShortlistForm,
    PublishShortlistForm,
    ShortlistEntryForm,
    ShortReasonForm,
)
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.queries import shortlist as queries
from campaigns.exemplars.queries.follow_up import follow_ups_of
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, PageView

READERS = permissions.staff | permissions.council


class ShortlistPage(PageView):
    """The list of a period: coverage, who is chosen with consent and what followed, the paper, the public page."""

    permission = READERS
    template_name = "campaigns/chosen.html"
    help = "chon-dien-hinh"

    def get_context_data(self) -> dict[str, Any]:
        period = self.get_visible_or_404(Period, self.kwargs["pk"])
        found = queries.shortlist_candidates(period)
        choices = list(queries.shortlist_of(period))
        return {
            "period": period,
            "coverage": queries.shortlist_coverage(period, found),
            "accepted": len(found),
            "lines": [(row, queries.reason_not_public(row)) for row in choices],
            "published": sum(bool(row.published_on) for row in choices),
            "outcomes": follow_ups_of(self.request.user, [row.exemplar for row in choices]),
            "chosen_list": queries.notice_of_period(period),
        }


class AddToShortlist(ActFormView):
    """Marking several at once: the page, the names once more, then the act."""

    permission = permissions.office
    act = "campaigns.choose"
    model = Period
    form_class = AddToShortlistForm
    template_name = "campaigns/choose.html"
    help = "chon-dien-hinh"

    def get_form_kwargs(self) -> dict[str, Any]:
        self.found = queries.shortlist_candidates(self.object)
        return {"rows": self.found}

    def get_extra_context(self) -> dict[str, Any]:
        if not hasattr(self, "found"):
            return {}
        return {
            "found": self.found,
            "coverage": queries.shortlist_coverage(self.object, self.found),
            "period": self.object,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.check_object() and request.POST.get("do") != "confirm":
            form = self.get_form(request.POST)
            if form.is_valid():
                back = request.POST.get("do") == "back"
                return self.render(
                    self.template_name,
                    form=form,
                    object=self.object,
                    preview=None if back else form.named(),  # type: ignore[attr-defined]
                )
        return super().post(request, *args, **kwargs)

    def perform(self, form: AddToShortlistForm) -> Any:
        made = add_to_shortlist(
            by=self.request.user,
            period=self.object,
            exemplars=[row.exemplar for row in form.named()],
            note=form.cleaned_data["note"],
        )
        messages.success(self.request, f"Đã chọn {len(made)} điển hình vào danh sách. Các đơn vị đã được báo.")
        return redirect("campaigns:chosen", self.object.pk)

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        return self.render(self.template_name, status=status, form=form, object=self.object)


class ShortlistEntryActView(ActFormView):
    """Base of the acts on one who is chosen."""

    permission = permissions.office
    model = ShortlistEntry
    template_name = "campaigns/choice_act.html"
    help = "chon-dien-hinh"

    def get_object(self) -> ShortlistEntry:
        related = ("period", "exemplar__unit", "exemplar__period", "exemplar__person", "exemplar__household")
        return self.get_visible_or_404(ShortlistEntry, self.kwargs["pk"], *related, "exemplar__collective")


class EditShortlistEntry(ShortlistEntryActView):
    act = "campaigns.edit_choice"
    form_class = ShortlistEntryForm
    title = "Sửa lời"
    success_message = "Đã lưu."

    def get_initial(self) -> dict[str, Any]:
        return ShortlistEntryForm.initial_of(self.object)

    def perform(self, form: ShortlistEntryForm) -> Any:
        return edit_shortlist_entry(by=self.request.user, choice=self.object, **form.cleaned_data)


class RemoveFromShortlist(ShortlistEntryActView):
    act = "campaigns.strike"
    form_class = ShortReasonForm
    success_message = "Đã bỏ khỏi danh sách. Đơn vị đã được báo."

    def perform(self, form: ShortReasonForm) -> Any:
        back = self.object.get_absolute_url()
        remove_from_shortlist(by=self.request.user, choice=self.object, **form.cleaned_data)
        return back


class UnpublishShortlistEntry(ShortlistEntryActView):
    act = "campaigns.take_down"
    form_class = ShortReasonForm
    success_message = "Đã gỡ khỏi trang công khai."

    def perform(self, form: ShortReasonForm) -> Any:
        return unpublish_shortlist_entry(by=self.request.user, choice=self.object, **form.cleaned_data)


class PublishShortlist(ActFormView):
    """Who will be shown and who will not, with the reason; then the act."""

    permission = permissions.office
    act = "campaigns.publish"
    model = Period
    form_class = PublishShortlistForm
    template_name = "campaigns/publish.html"
    help = "dang-dien-hinh"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_extra_context(self) -> dict[str, Any]:
        if not hasattr(self, "object"):
            return {}
        waiting = [
            (row, queries.reason_not_public(row)) for row in queries.shortlist_of(self.object) if not row.published_on
        ]
        return {
            "period": self.object,
            "ready": [row for row, reason in waiting if not reason],
            "left": [(row, reason) for row, reason in waiting if reason],
        }

    def perform(self, form: PublishShortlistForm) -> Any:
        shown, left = publish_shortlist(by=self.request.user, period=self.object)
        kept = f" Còn {len(left)} điển hình chưa đăng được." if left else ""
        messages.success(self.request, f"Đã đăng {len(shown)} điển hình.{kept}")
        return redirect("campaigns:chosen", self.object.pk)


class UnpublishShortlist(ActFormView):
    permission = permissions.office
    act = "campaigns.unpublish"
    model = Period
    form_class = ShortReasonForm
    help = "dang-dien-hinh"
    title = "Gỡ cả kỳ khỏi trang công khai"

    def perform(self, form: ShortReasonForm) -> Any:
        count = unpublish_shortlist(by=self.request.user, period=self.object, **form.cleaned_data)
        messages.success(self.request, f"Đã gỡ {count} điển hình khỏi trang công khai.")
        return redirect("campaigns:chosen", self.object.pk)
