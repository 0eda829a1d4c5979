"""Workflow of a correction, replacement or cancellation of awards: approved by the chair, numbered by the clerk."""

from commendations.flow.award import RECOVER_AWARDS
from commendations.flow.own_case import own_amendment
from commendations.models import Amendment
from emulation.documents.approval.flow import ApprovalFlow
from emulation.workflow.permissions import clerk, office
from emulation.workflow.workflow import State

AMENDMENT_APPROVAL_FLOW = ApprovalFlow(
    model=Amendment,
    acts="commendations.{verb}_amendment",
    title="Đính chính, thay thế, hủy bỏ khen thưởng",
    name="văn bản đính chính, thay thế, hủy bỏ",
    page="commendations:amendment",
    icon="eraser",
    edit_label="Sửa nội dung",
    cancelled_from=(),
    dropped_state="dropped",
    proposers=office | clerk,
    not_for=own_amendment,
    own_steps=(RECOVER_AWARDS,),
    confirm={"approve": "Duyệt văn bản này? Khi Văn thư ban hành, những hệ quả nêu trên trang có hiệu lực ngay."},
    own_states={
        "issued": State("Đã ban hành", "patch-check", "gold"),
        "dropped": State("Đã bỏ dự thảo", "slash-circle", "neutral"),
    },
)
