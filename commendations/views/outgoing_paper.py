"""Bases of the pages that a decision and a tờ trình to the superior share."""

from dataclasses import fields
from typing import Any, ClassVar

from commendations.actions.outgoing_paper import OutgoingPaperActions
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, ActPostView, ReasonFormMixin


class EditOutgoingPaperView(ActFormView):
    """The office's wording; the form's `wording_class` is the dataclass of its fields."""

    permission = permissions.office
    template_name = "commendations/presentation_edit.html"
    success_message = "Đã lưu dự thảo."
    steps: ClassVar[OutgoingPaperActions[Any]]

    def get_initial(self) -> dict[str, Any]:
        wording_class: Any = self.form_class.wording_class  # type: ignore[attr-defined]
        return {field.name: getattr(self.object, field.name) for field in fields(wording_class)}

    def form_valid(self, form: Any) -> Any:
        wording = form.wording_class(**form.cleaned_data)
        return self.steps.edit(self.object, by=self.request.user, wording=wording, seen=self.seen)


class SendToSignatureView(ActPostView):
    permission = permissions.office
    success_message = "Đã lập bản trình ký: số và ngày để trống cho bút ký."
    steps: ClassVar[OutgoingPaperActions[Any]]

    def perform(self) -> Any:
        return self.steps.send_to_signature(self.object, by=self.request.user, seen=self.seen)


class ReturnToDraftView(ReasonFormMixin, ActFormView):
    permission = permissions.office | permissions.clerk | permissions.chair
    title = "Đưa về dự thảo"
    success_message = "Đã đưa về dự thảo. Bản trình ký cũ không còn dùng được."
    steps: ClassVar[OutgoingPaperActions[Any]]

    def form_valid(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return self.steps.return_to_draft(self.object, by=self.request.user, reason=reason, seen=self.seen)
