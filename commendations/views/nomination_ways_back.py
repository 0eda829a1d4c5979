"""Acts on a nomination that is withdrawn or over: withdraw, restore, copy into a new draft."""

from typing import Any

from commendations.actions import nomination as actions
from commendations.models import Nomination
from commendations.views.nomination import WRITERS
from commendations.views.same_case import SameCaseMixin
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, ActPostView, ReasonFormMixin


class WithdrawNomination(ReasonFormMixin, ActFormView):
    permission = WRITERS
    act = "commendations.withdraw"
    model = Nomination
    help = "de-nghi-khen-thuong"
    reason_help = "Hồ sơ không được xét nữa; giấy đã nộp vẫn lưu. Rút nhầm thì lấy lại được ở trang của hồ sơ."
    success_message = "Đã rút đề nghị."

    def form_valid(self, form: ReasonForm) -> Any:
        return actions.withdraw_nomination(
            by=self.request.user, nomination=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class RestoreNomination(SameCaseMixin, ActPostView):
    permission = WRITERS
    act = "commendations.restore"
    model = Nomination
    success_message = "Đã lấy lại đề nghị; soạn tiếp rồi nộp."

    def perform(self) -> Any:
        return actions.restore_nomination(by=self.request.user, nomination=self.object, seen=self.seen)


class CopyNomination(SameCaseMixin, ActPostView):
    permission = WRITERS
    act = "commendations.copy"
    model = Nomination
    success_message = "Đã lập đề nghị mới với nội dung của hồ sơ cũ. Xem lại, sửa rồi nộp."

    def perform(self) -> Any:
        return actions.copy_nomination(
            by=self.request.user, nomination=self.object, key=self.request.POST.get("once", "")[:64]
        )
