"""The views that all papers with an approval share, and their URLs."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core.formatting import upper_first
from emulation.documents.approval.actions import MESSAGES, Approval
from emulation.documents.approval.queries import approver_hint, column_text
from emulation.documents.forms import IssueDocumentForm
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.idempotency import create_once
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of

PATHS = {
    "start": "lap",
    "save": "sua",
    "submit": "trinh",
    "approve": "duyet",
    "return": "tra-lai",
    "recall": "dua-ve",
    "issue": "ban-hanh",
    "preview": "ban-in",
    "drop": "bo",
}


class PaperListView(PagedListView):
    """The papers of one kind that the user may see, newest first, with the button that starts a draft."""

    template_name = "documents/paper_list.html"
    columns = (
        ListColumn("Văn bản", str, width=64),
        ListColumn("Số", lambda row: row.document.reference if row.document else "", width=18),
        ListColumn("Ngày", lambda row: row.issued_on, width=14),
        ListColumn("Tình trạng", lambda row: state_of(row).label, width=24),
    )
    approval: ClassVar[Approval[Any]]

    def get_queryset(self) -> QuerySet[Any]:
        rows = self.approval.flow.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined]
        return (
            rows.select_related("document", *self.approval.related)
            .defer("document__html", "document__blocks")
            .order_by("-pk")
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        flow = self.approval.flow
        if flow.start_label:
            context |= {"commune": self.commune, "start": flow.act("start"), "start_url": flow.url("start")}
        return super().get_context_data(flow=flow, empty_text=self.approval.empty_text, **context)


class StartPaperView(ActFormView):
    """The first form of a draft that starts in the commune; its whole form follows."""

    permission = permissions.office
    approval: ClassVar[Approval[Any]]

    def get_object(self) -> Commune:
        return self.commune

    def form_valid(self, form: Any) -> Any:
        def make() -> Any:
            return self.approval.start(by=self.request.user, commune=self.object, **form.cleaned_data)

        flow = self.approval.flow
        return redirect(flow.url("save"), create_once(self.idempotency_key, self.object, flow.model, make).pk)


class PaperPageView(PageView):
    """The page of a paper: its text, the reason of a return, the next steps, the issued document."""

    template_name = "documents/paper.html"
    approval: ClassVar[Approval[Any]]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        model = self.approval.flow.model
        paper = self.get_visible_or_404(model, self.kwargs["pk"], "document", "commune", *self.approval.related)
        columns = [model._meta.get_field(name) for name in (*model.EDITABLE, "issued_on")]
        return super().get_context_data(
            object=paper,
            approver_hint=approver_hint(paper, timezone.localdate()),
            crumbs=self.approval.breadcrumbs(paper),
            facts=[(upper_first(str(column.verbose_name)), column_text(paper, column.name)) for column in columns],
            resubmitted=self.approval.changes(paper),
            **context,
        )


class EditPaperView(ActFormView):
    """The form of a paper's own text (`form_class`)."""

    approval: ClassVar[Approval[Any]]

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in self.object.EDITABLE}

    def form_valid(self, form: Any) -> Any:
        return self.approval.save(self.object, by=self.request.user, seen=self.seen, **form.cleaned_data)


class SubmitPaperView(ActPostView):
    approval: ClassVar[Approval[Any]]

    def perform(self) -> Any:
        return self.approval.submit(self.object, by=self.request.user, seen=self.seen)


class ApprovePaperView(ActPostView):
    """The chair approves, or signs what takes no number."""

    approval: ClassVar[Approval[Any]]

    def perform(self) -> Any:
        take = self.approval.sign if self.approval.flow.signed_by_chair else self.approval.approve
        return take(self.object, by=self.request.user, seen=self.seen)


class PaperReasonView(ReasonFormMixin, ActFormView):
    """Base of the steps that need a reason; `step` is the method of the approval."""

    approval: ClassVar[Approval[Any]]
    step: ClassVar[str]

    def form_valid(self, form: ReasonForm) -> Any:
        take = getattr(self.approval, self.step)
        return take(self.object, by=self.request.user, reason=form.cleaned_data["reason"], seen=self.seen)


class ReturnPaperView(PaperReasonView):
    step = "send_back"
    reason_label = "Cần sửa gì?"
    reason_help = "Văn phòng thấy lời này ngay khi mở ra sửa."


class RecallPaperView(PaperReasonView):
    step = "recall"
    reason_label = "Cần sửa gì?"
    reason_help = "Sửa xong phải trình Chủ tịch duyệt lại; bản trình ký cũ không còn dùng được."


class DropPaperView(PaperReasonView):
    step = "drop"
    reason_label = "Vì sao bỏ?"
    reason_help = "Dự thảo vẫn xem lại được, không trình được nữa. Cần thì lập bản mới."


class IssuePaperView(ActFormView):
    """The clerk's form for the date on an approved paper; `state_since` is the time of its approval."""

    form_class = IssueDocumentForm
    approval: ClassVar[Approval[Any]]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "approved_on": timezone.localtime(self.object.state_since).date()}

    def form_valid(self, form: IssueDocumentForm) -> Any:
        issued_on = form.cleaned_data["issued_on"]
        return self.approval.issue(self.object, by=self.request.user, issued_on=issued_on, seen=self.seen)


class PreviewPaperView(ActPostView):
    approval: ClassVar[Approval[Any]]

    def perform(self) -> Any:
        return self.approval.preview(self.object, by=self.request.user)


VIEWS: dict[str, type[ActFormView | ActPostView]] = {
    "submit": SubmitPaperView,
    "approve": ApprovePaperView,
    "return": ReturnPaperView,
    "recall": RecallPaperView,
    "preview": PreviewPaperView,
    "drop": DropPaperView,
}


def approval_urls(
    approval: Approval[Any],
    prefix: str,
    *,
    help_page: str,
    form: type[forms.Form] | None = None,
    edit: type[EditPaperView] = EditPaperView,
    issue: type[IssuePaperView] = IssuePaperView,
    readers: permissions.Permission | None = None,
    page: type[PaperPageView] = PaperPageView,
    list_name: str = "",
    start_form: type[forms.Form] | None = None,
    start: type[StartPaperView] = StartPaperView,
) -> list[URLPattern]:
    """The URLs of one kind of paper below `prefix` ("cong-van/"), with a view of its own for each verb and its step's permission.

    `form` is the form of its text, or `edit` a view of its own for that; `issue` may be a view of its own. With `readers`
    (who may open it) the paper's page is `PaperPageView`, or `page`, a subclass; without, the kind of paper has its own.
    With `list_name` (its URL name) their list is `PaperListView`. `start_form`, or `start`, is the first form of a draft.
    """
    flow = approval.flow

    def view_of(base: Any, **attributes: Any) -> Any:
        common = {"approval": approval, "help": help_page, "__doc__": base.__doc__}
        return type(f"{base.__name__}{flow.model.__name__}", (base,), {**common, **attributes}).as_view()

    urls = []
    if readers is not None and list_name:
        urls.append(path(prefix, view_of(PaperListView, permission=readers, title=flow.title), name=list_name))
    if readers is not None:
        view = view_of(page, permission=readers, model=flow.model)
        urls.append(path(f"{prefix}<int:pk>/", view, name=flow.page.partition(":")[2]))
    if flow.start_label:
        first: dict[str, Any] = {
            "act": flow.act("start"),
            "model": Commune,
            "success_message": approval.messages.get("start", MESSAGES["start"]),
        }
        if start_form is not None:
            first["form_class"] = start_form
        urls.append(
            path(f"{prefix}{PATHS['start']}/", view_of(start, **first), name=flow.url("start").partition(":")[2])
        )
    own_views = {"save": edit, "issue": issue}
    for verb in flow.verbs:
        base: Any = own_views.get(verb) or VIEWS[verb]
        attributes: dict[str, Any] = {
            "permission": flow.step(verb).permission,
            "act": flow.act(verb),
            "model": flow.model,
            "success_message": approval.messages.get(verb, MESSAGES[verb]),
        }
        if verb == "save" and form is not None:
            attributes["form_class"] = form
        route = f"{prefix}<int:pk>/{PATHS[verb]}/"
        urls.append(path(route, view_of(base, **attributes), name=flow.url(verb).partition(":")[2]))
    return urls
