"""Pages on which the office edits the tasks of a directive."""

from typing import Any

from django.urls import reverse

from campaigns.directives.actions.duty import add_duty, edit_duty, move_duty, remove_duty
from campaigns.directives.forms.duty import DutyForm
from campaigns.directives.models.directive import Directive
from campaigns.directives.models.duty import Duty
from campaigns.directives.queries.directive import directive_letter
from emulation.audit.models import AuditEntry
from emulation.workflow import permissions
from emulation.workflow.idempotency import create_once
from emulation.workflow.views import ActFormView, ActPostView, PageView

HELP = "viec-theo-cong-van"


class DutyList(PageView):
    """The tasks of a directive in order, with their performers."""

    permission = permissions.staff
    template_name = "campaigns/duty_list.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        directive = self.get_visible_or_404(Directive, self.kwargs["pk"])
        return {
            **super().get_context_data(**context),
            "object": directive,
            "rows": list(directive.duties.all()),
            "letter": directive_letter(directive),
        }


class DutyFormView(ActFormView):
    """Base of the two forms of a task."""

    permission = permissions.office
    act = "campaigns.draw_duty"
    form_class = DutyForm
    template_name = "campaigns/duty_form.html"
    help = HELP


class AddDuty(DutyFormView):
    model = Directive
    title = "Thêm việc"
    success_message = "Đã thêm việc."

    def form_valid(self, form: DutyForm) -> Any:
        directive = self.object

        def make() -> Duty:
            return add_duty(by=self.request.user, directive=directive, text=form.text())

        create_once(self.idempotency_key, directive.commune, Duty, make)
        return duties_url(directive.pk)


class EditDuty(DutyFormView):
    model = Duty
    title = "Sửa việc"
    success_message = "Đã lưu."

    def get_object(self) -> Directive:
        self.duty: Duty = self.get_visible_or_404(Duty, self.kwargs["pk"], "directive")
        return self.duty.directive

    def get_removed_url(self, entry: AuditEntry) -> Any:
        return duties_url(entry.subject_id or 0)

    def get_initial(self) -> dict[str, Any]:
        return DutyForm.initial_of(self.duty)

    def form_valid(self, form: DutyForm) -> Any:
        edit_duty(by=self.request.user, duty=self.duty, text=form.text())
        return duties_url(self.object.pk)


class DutyActView(ActPostView):
    """Base of the buttons of a task."""

    permission = permissions.office
    act = "campaigns.draw_duty"
    model = Duty

    def get_failure_url(self) -> Any:
        return duties_url(self.object.directive_id)

    def get_removed_url(self, entry: AuditEntry) -> Any:
        return duties_url(entry.subject_id or 0)


class RemoveDuty(DutyActView):
    success_message = "Đã bỏ việc."

    def perform(self) -> Any:
        url = duties_url(self.object.directive_id)
        remove_duty(by=self.request.user, duty=self.object)
        return url


class MoveDutyUp(DutyActView):
    def perform(self) -> Any:
        move_duty(by=self.request.user, duty=self.object, up=True)
        return duties_url(self.object.directive_id)


class MoveDutyDown(DutyActView):
    def perform(self) -> Any:
        move_duty(by=self.request.user, duty=self.object, up=False)
        return duties_url(self.object.directive_id)


def duties_url(directive_id: int) -> str:
    """URL of the task list of a directive."""
    return reverse("campaigns:duties", args=[directive_id])
