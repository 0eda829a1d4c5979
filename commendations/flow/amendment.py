"""Workflow of a correction, replacement or cancellation of awards: approved by the chair, numbered by the clerk."""

from commendations.models import Amendment
from emulation.documents.approval.flow import ApprovalFlow
from emulation.workflow.permissions import clerk, office
from emulation.workflow.workflow import State, Step

AMENDMENT_APPROVAL_FLOW = ApprovalFlow(
    model=Amendment,
    acts="commendations.{verb}_amendment",
    title="Đính chính, thay thế, hủy bỏ khen thưởng",
    name="văn bản đính chính, thay thế, hủy bỏ",
    page="commendations:amendment",
    icon="eraser",
    edit_label="Sửa nội dung",
    cancelled_from=(),
    proposers=office | clerk,
    confirm={"approve": "Duyệt văn bản này? Khi Văn thư ban hành, những hệ quả nêu trên trang có hiệu lực ngay."},
    own_states={
        "issued": State("Đã ban hành", "patch-check", "gold"),
        "dropped": State("Đã bỏ bản soạn", "slash-circle", "neutral"),
    },
    own_steps=(
        Step(
            "commendations.drop_amendment",
            "Bỏ bản soạn này",
            office | clerk,
            sources=Amendment.OPEN,
            target="dropped",
            url="commendations:drop_amendment",
            confirm="Bỏ bản soạn này? Khen thưởng giữ nguyên như trước.",
            icon="slash-circle",
        ),
    ),
)
