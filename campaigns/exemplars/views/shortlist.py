"""Pages of the shortlist of a period: candidates, entries, publication."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

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
)
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.queries import shortlist as queries
from campaigns.exemplars.queries.follow_up import follow_ups_of
from emulation.audit.models import AuditEntry
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, PageView, ReasonFormMixin

READERS = permissions.staff | permissions.council


class ShortlistPage(PageView):
    """The shortlist of a period: coverage, entries with consent and follow-ups, the notice, publication."""

    permission = READERS
    template_name = "campaigns/chosen.html"
    help = "chon-dien-hinh"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        period = self.get_visible_or_404(Period, self.kwargs["pk"])
        candidates = queries.shortlist_candidates(period)
        entries = list(queries.shortlist_of(period))
        return {
            **super().get_context_data(**context),
            "period": period,
            "coverage": queries.shortlist_coverage(period, candidates),
            "accepted": len(candidates),
            "lines": [(entry, queries.reason_not_public(entry)) for entry in entries],
            "published": sum(bool(entry.published_on) for entry in entries),
            "outcomes": follow_ups_of(self.request.user, [entry.exemplar for entry in entries]),
            "chosen_list": queries.notice_of_period(period),
        }


class AddToShortlist(ActFormView):
    """Add several exemplars at once: select, confirm the names, then add."""

    permission = permissions.office
    act = "campaigns.choose"
    model = Period
    form_class = AddToShortlistForm
    template_name = "campaigns/choose.html"
    help = "chon-dien-hinh"

    def get_form_kwargs(self) -> dict[str, Any]:
        self.candidates = queries.shortlist_candidates(self.object)
        return {"rows": self.candidates}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if not hasattr(self, "candidates"):
            return super().get_context_data(**context)
        return {
            **super().get_context_data(**context),
            "found": self.candidates,
            "coverage": queries.shortlist_coverage(self.object, self.candidates),
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
                    preview=None if back else form.selected(),  # type: ignore[attr-defined]
                )
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AddToShortlistForm) -> Any:
        added = add_to_shortlist(
            by=self.request.user,
            period=self.object,
            exemplars=[row.exemplar for row in form.selected()],
            note=form.cleaned_data["note"],
        )
        messages.success(self.request, f"Đã chọn {len(added)} điển hình vào danh sách. Các đơn vị đã được báo.")
        return redirect("campaigns:chosen", self.object.pk)

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        return self.render(self.template_name, status=status, form=form, object=self.object)


class ShortlistEntryActView(ActFormView):
    """Base of the forms about one entry."""

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

    def form_valid(self, form: ShortlistEntryForm) -> Any:
        return edit_shortlist_entry(by=self.request.user, entry=self.object, **form.cleaned_data)


class RemoveFromShortlist(ReasonFormMixin, ShortlistEntryActView):
    act = "campaigns.strike"
    success_message = "Đã bỏ khỏi danh sách. Đơn vị đã được báo."

    def form_valid(self, form: ReasonForm) -> Any:
        url = self.object.get_absolute_url()
        remove_from_shortlist(by=self.request.user, entry=self.object, **form.cleaned_data)
        return url

    def get_removed_url(self, entry: AuditEntry) -> Any:
        return (
            reverse("campaigns:chosen", args=[entry.facts["period_id"]])
            if "period_id" in entry.facts
            else "campaigns:month"
        )


class UnpublishShortlistEntry(ReasonFormMixin, ShortlistEntryActView):
    act = "campaigns.take_down"
    success_message = "Đã gỡ khỏi trang công khai."

    def form_valid(self, form: ReasonForm) -> Any:
        return unpublish_shortlist_entry(by=self.request.user, entry=self.object, **form.cleaned_data)


class PublishShortlist(ActFormView):
    """Publish entries, after a preview of those that will be published and of the others with the reason."""

    permission = permissions.office
    act = "campaigns.publish"
    model = Period
    form_class = PublishShortlistForm
    template_name = "campaigns/publish.html"
    help = "dang-dien-hinh"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if not hasattr(self, "object"):
            return super().get_context_data(**context)
        waiting = [
            (row, queries.reason_not_public(row)) for row in queries.shortlist_of(self.object) if not row.published_on
        ]
        return {
            **super().get_context_data(**context),
            "period": self.object,
            "ready": [row for row, reason in waiting if not reason],
            "left": [(row, reason) for row, reason in waiting if reason],
        }

    def form_valid(self, form: PublishShortlistForm) -> Any:
        published, left_out = publish_shortlist(by=self.request.user, period=self.object)
        rest = f" Còn {len(left_out)} điển hình chưa đăng được." if left_out else ""
        messages.success(self.request, f"Đã đăng {len(published)} điển hình.{rest}")
        return redirect("campaigns:chosen", self.object.pk)


class UnpublishShortlist(ReasonFormMixin, ActFormView):
    permission = permissions.office
    act = "campaigns.unpublish"
    model = Period
    help = "dang-dien-hinh"
    title = "Gỡ cả kỳ khỏi trang công khai"

    def form_valid(self, form: ReasonForm) -> Any:
        count = unpublish_shortlist(by=self.request.user, period=self.object, **form.cleaned_data)
        messages.success(self.request, f"Đã gỡ {count} điển hình khỏi trang công khai.")
        return redirect("campaigns:chosen", self.object.pk)
