"""Pages of the dated changes of a household, and taking one back."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from emulation.core.formatting import format_date
from emulation.workflow import permissions
from emulation.workflow.idempotency import is_used
from emulation.workflow.views import ActFormView, ReasonFormMixin
from villages.actions import household_changes as actions
from villages.forms.household_changes import HouseholdChangeForm, JoinForm, MemberForm
from villages.models import Household, HouseholdChange

HELP = "ho-gia-dinh"


class HouseholdChangeView(ActFormView):
    """Base of the forms of dated changes of a household."""

    permission = permissions.staff | permissions.unit_head
    model = Household
    form_class = MemberForm
    template_name = "villages/dated_change_form.html"
    help = HELP
    success_message = "Đã ghi. Văn bản đã ban hành giữ cách ghi cũ."
    record: ClassVar[Callable[..., HouseholdChange]]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice leads to the household, though the change is not possible any more after the first."""
        if is_used(self.idempotency_key, self.commune):
            return redirect(self.get_object())
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"household": self.object}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "subject": self.object}

    def form_valid(self, form: Any) -> Any:
        facts = form.cleaned_data
        type(self).record(by=self.request.user, household=self.object, idempotency_key=self.idempotency_key, **facts)
        return self.object


class JoinHousehold(HouseholdChangeView):
    act = "villages.join_household"
    form_class = JoinForm
    record = staticmethod(actions.join_household)


class ChangeHead(HouseholdChangeView):
    act = "villages.change_head"
    record = staticmethod(actions.change_head)


class LeaveHousehold(HouseholdChangeView):
    act = "villages.leave_household"
    record = staticmethod(actions.leave_household)


class CloseHousehold(HouseholdChangeView):
    act = "villages.close_household"
    form_class = HouseholdChangeForm
    record = staticmethod(actions.close_household)
    success_message = "Hộ đã kết thúc, không còn được chọn cho việc mới. Khen thưởng, hồ sơ của hộ vẫn còn."


class TakeBackHouseholdChange(ReasonFormMixin, ActFormView):
    """Takes a change back, with a reason."""

    permission = permissions.office
    act = "villages.take_back_household_change"
    model = HouseholdChange
    template_name = "villages/dated_change_form.html"
    help = HELP
    reason_label = "Ghi nhầm thế nào?"
    success_message = "Đã rút; hộ như trước thay đổi đó."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recorded = f"{self.object.get_kind_display()} từ ngày {format_date(self.object.effective_on)}"
        return {**super().get_context_data(**context), "subject": self.object.household, "recorded": recorded}

    def form_valid(self, form: Any) -> Any:
        change = actions.take_back_household_change(
            by=self.request.user, change=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
        return change.household
