"""The views that all papers with an approval share, and their URLs."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.urls import URLPattern, path
from django.utils import timezone

from emulation.core.formatting import format_date, upper_first
from emulation.documents.approval.actions import MESSAGES, Approval
from emulation.documents.forms import IssueDocumentForm
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin

PATHS = {
    "save": "sua",
    "submit": "trinh",
    "approve": "duyet",
    "return": "tra-lai",
    "recall": "dua-ve",
    "issue": "ban-hanh",
    "preview": "ban-in",
}


class PaperPageView(PageView):
    """The page of a paper: its text, the reason of a return, the next steps, the issued document."""

    template_name = "documents/paper.html"
    approval: ClassVar[Approval[Any]]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        model = self.approval.flow.model
        paper = self.get_visible_or_404(model, self.kwargs["pk"], "document", "commune")
        columns = [model._meta.get_field(name) for name in (*model.EDITABLE, "issued_on")]
        return super().get_context_data(
            object=paper,
            crumbs=self.approval.breadcrumbs(paper),
            facts=[
                (upper_first(str(column.verbose_name)), _as_text(getattr(paper, column.name))) for column in columns
            ],
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


class ReturnPaperView(ReasonFormMixin, ActFormView):
    approval: ClassVar[Approval[Any]]
    reason_label = "Cần sửa gì?"
    reason_help = "Văn phòng thấy lời này ngay khi mở ra sửa."

    def form_valid(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return self.approval.send_back(self.object, by=self.request.user, reason=reason, seen=self.seen)


class RecallPaperView(ReasonFormMixin, ActFormView):
    approval: ClassVar[Approval[Any]]
    reason_label = "Cần sửa gì?"
    reason_help = "Sửa xong phải trình Chủ tịch duyệt lại; bản trình ký cũ không còn dùng được."

    def form_valid(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return self.approval.recall(self.object, by=self.request.user, reason=reason, seen=self.seen)


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
    "issue": IssuePaperView,
    "preview": PreviewPaperView,
}


def approval_urls(
    approval: Approval[Any],
    prefix: str,
    *,
    help_page: str,
    form: type[forms.Form] | None = None,
    edit: type[EditPaperView] = EditPaperView,
    readers: permissions.Permission | None = None,
) -> list[URLPattern]:
    """The URLs of one kind of paper below `prefix` ("cong-van/"), with a view of its own for each verb and its step's permission.

    `form` is the form of its text, or `edit` a view of its own for that. With `readers` (who may open it) the paper's
    page is `PaperPageView`; without, the kind of paper has its own.
    """
    urls = []
    if readers is not None:
        page = type(
            f"PaperPageView{approval.flow.model.__name__}",
            (PaperPageView,),
            {"approval": approval, "permission": readers, "help": help_page},
        )
        urls.append(path(f"{prefix}<int:pk>/", page.as_view(), name=approval.flow.page.partition(":")[2]))
    for verb in approval.flow.verbs:
        base: Any = edit if verb == "save" else VIEWS[verb]
        name = f"{base.__name__}{approval.flow.model.__name__}"
        attributes: dict[str, Any] = {
            "approval": approval,
            "permission": approval.flow.step(verb).permission,
            "act": approval.flow.act(verb),
            "model": approval.flow.model,
            "help": help_page,
            "success_message": approval.messages.get(verb, MESSAGES[verb]),
            "__doc__": base.__doc__,
        }
        if verb == "save" and form is not None:
            attributes["form_class"] = form
        view = type(name, (base,), attributes)
        route = f"{prefix}<int:pk>/{PATHS[verb]}/"
        urls.append(path(route, view.as_view(), name=approval.flow.url(verb).partition(":")[2]))
    return urls


def _as_text(value: Any) -> str:
    """A column as the page of a paper shows it."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return format_date(value)
    return str(value) if value else "chưa ghi"
