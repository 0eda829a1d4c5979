"""Buttons that submit an exemplar to its quarter."""

from typing import Any

from campaigns.exemplars.actions.quarter_submission import submit_to_quarter, withdraw_from_quarter
from campaigns.exemplars.models.exemplar import Exemplar
from emulation.acts import who
from emulation.acts.web import PostAct


class SubmitToQuarter(PostAct):
    """One tap: this exemplar of a month stands for the quarter."""

    who, act, model = who.unit_head, "campaigns.pick", Exemplar
    done = "Đã đề xuất cho quý. Đơn vị coi như đã trả lời của quý."

    def back(self) -> Any:
        return "campaigns:month"

    def perform(self) -> Any:
        submit_to_quarter(by=self.request.user, exemplar=self.object)
        return "campaigns:month"


class WithdrawFromQuarter(SubmitToQuarter):
    act, done = "campaigns.unpick", "Đã rút đề xuất cho quý."

    def perform(self) -> Any:
        withdraw_from_quarter(by=self.request.user, exemplar=self.object)
        return "campaigns:month"
