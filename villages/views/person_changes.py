"""Pages of the dated changes of a person, and taking one back."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.core.formatting import format_date
from emulation.workflow import permissions
from emulation.workflow.idempotency import is_used
from emulation.workflow.views import ActFormView, ReasonFormMixin
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_changes import change_post
from villages.actions.person_stay import move_person, record_leaving
from villages.forms.person_changes import LeavingForm, MoveForm, PostForm
from villages.models import Person, PersonChange
from villages.queries.household_changes import headed_household
from villages.queries.look_alikes import present_posts
from villages.queries.person_work import open_rows_about

HELP = "nguoi-theo-ngay"


class PersonChangeView(ActFormView):
    """Base of the forms of dated changes of a person."""

    permission = permissions.staff | permissions.unit_head
    model = Person
    template_name = "villages/dated_change_form.html"
    help = HELP
    record: ClassVar[Callable[..., PersonChange]]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice leads to the person, though the change is not possible any more after the first."""
        if is_used(self.idempotency_key, self.commune):
            return redirect(self.get_object())
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"person": self.object}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "subject": self.object}

    def form_valid(self, form: Any) -> Any:
        facts = form.cleaned_data
        type(self).record(by=self.request.user, person=self.object, idempotency_key=self.idempotency_key, **facts)
        return self.object


class ChangePost(PersonChangeView):
    """The post and group of a person from a day."""

    act = "villages.change_post"
    form_class = PostForm
    record = staticmethod(change_post)
    success_message = "Đã ghi. Quyết định, báo cáo đã ban hành giữ nhóm đối tượng khi đó."


class LeavingUnitView(PersonChangeView):
    """Base of the forms after which a person is not in the unit: shows what is open, and what ends."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.request.user
        return {
            **super().get_context_data(**context),
            "open_rows": open_rows_about(user, self.object),
            "posts": present_posts(self.object, timezone.localdate()),
            "headed": headed_household(self.object),
        }


class MovePerson(LeavingUnitView):
    """The unit of a person from a day."""

    permission = permissions.office
    act = "villages.move_person"
    form_class = MoveForm
    record = staticmethod(move_person)
    success_message = "Đã chuyển đơn vị. Hồ sơ, văn bản đã có giữ đơn vị cũ."


class RecordLeaving(LeavingUnitView):
    """Retired, left or died, from a day."""

    act = "villages.record_leaving"
    form_class = LeavingForm
    record = staticmethod(record_leaving)
    success_message = "Đã ghi. Người này không còn được chọn cho việc mới."


class TakeBackPersonChange(ReasonFormMixin, ActFormView):
    """Takes a change back, with a reason."""

    permission = permissions.office
    act = "villages.take_back_person_change"
    model = PersonChange
    template_name = "villages/dated_change_form.html"
    help = HELP
    reason_label = "Ghi nhầm thế nào?"
    success_message = "Đã rút; hồ sơ của người này như trước thay đổi đó."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recorded = f"{self.object.get_kind_display()} từ ngày {format_date(self.object.effective_on)}"
        return {**super().get_context_data(**context), "subject": self.object.person, "recorded": recorded}

    def form_valid(self, form: Any) -> Any:
        change = take_back_person_change(
            by=self.request.user, change=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
        return change.person
