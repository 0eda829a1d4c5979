"""Buttons with which a unit submits an exemplar of a month to the quarter, or takes it back."""

from typing import Any

from campaigns.exemplars.actions.quarter_submission import submit_to_quarter, withdraw_from_quarter
from campaigns.exemplars.models.exemplar import Exemplar
from emulation.workflow import permissions
from emulation.workflow.views import ActPostView


class SubmitToQuarter(ActPostView):
    """Submit this exemplar of a month to its quarter."""

    permission = permissions.unit_head
    act = "campaigns.pick"
    model = Exemplar
    success_message = "Đã đề xuất cho quý. Đơn vị coi như đã trả lời của quý."

    def get_failure_url(self) -> Any:
        return "campaigns:month"

    def perform(self) -> Any:
        submit_to_quarter(by=self.request.user, exemplar=self.object)
        return "campaigns:month"


class WithdrawFromQuarter(SubmitToQuarter):
    act = "campaigns.unpick"
    success_message = "Đã rút đề xuất cho quý."

    def perform(self) -> Any:
        withdraw_from_quarter(by=self.request.user, exemplar=self.object)
        return "campaigns:month"
