"""Workflow of the praise letter (thư khen): written by the office, signed by the chair."""

from typing import Any

from campaigns.exemplars.models.praise_letter import PraiseLetter
from emulation.documents.approval.flow import ApprovalFlow
from emulation.workflow import permissions
from emulation.workflow.workflow import State, Step


def no_praise_letter_yet(exemplar: Any) -> str | None:
    """Reason when the exemplar has a letter already that is not cancelled, or is an answer "none"."""
    if exemplar.nothing:
        return "Đơn vị báo kỳ này không có điển hình, không có ai để gửi thư khen."
    letters = PraiseLetter.objects.filter(exemplar=exemplar).not_cancelled()
    return "Đã có thư khen." if letters.exists() else None


START_PRAISE_LETTER = Step(
    "campaigns.start_praise",
    "Soạn thư khen",
    permissions.office,
    sources=("accepted", "nominated"),
    guard=no_praise_letter_yet,
    url="campaigns:start_praise",
    icon="envelope-paper",
)

PRAISE_LETTER_APPROVAL_FLOW = ApprovalFlow(
    model=PraiseLetter,
    acts="campaigns.{verb}_praise",
    renamed={"approve": "sign"},
    title="Thư khen",
    name="thư khen",
    page="campaigns:praise",
    icon="envelope-paper",
    edit_label="Sửa lời thư",
    signed_by_chair=True,
    end="signed",
    cancelled_from=("signed",),
    end_label="Ký, gửi thư khen",
    confirm={"approve": "Ký và gửi thư khen? Lời thư được chốt, đơn vị được báo."},
    own_states={"signed": State("Đã ký, gửi", "check-circle", "good")},
)
