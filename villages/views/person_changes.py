"""Pages of the dated changes of a person, and taking one back."""

from typing import Any

from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ReasonFormMixin
from villages.actions.person_changes import change_post, take_back_person_change
from villages.forms.person_changes import PostForm
from villages.models import Person, PersonChange

HELP = "nguoi-theo-ngay"


class ChangePost(ActFormView):
    """The post and group of a person from a day."""

    permission = permissions.staff | permissions.unit_head
    act = "villages.change_post"
    model = Person
    form_class = PostForm
    help = HELP
    success_message = "Đã ghi. Quyết định, báo cáo đã ban hành giữ nhóm đối tượng khi đó."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"person": self.object}

    def form_valid(self, form: PostForm) -> Any:
        change_post(by=self.request.user, person=self.object, idempotency_key=self.idempotency_key, **form.cleaned_data)
        return self.object


class TakeBackPersonChange(ReasonFormMixin, ActFormView):
    """Takes a change back, with a reason."""

    permission = permissions.office
    act = "villages.take_back_person_change"
    model = PersonChange
    help = HELP
    reason_label = "Ghi nhầm thế nào?"
    success_message = "Đã rút; hồ sơ của người này như trước thay đổi đó."

    def form_valid(self, form: Any) -> Any:
        change = take_back_person_change(
            by=self.request.user, change=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
        return change.person
