"""Workflow of the commune's letters (approval, numbering), and of their receipt by each unit."""

from campaigns.directives.flow.duty import TO_REPORT, TO_REPORT_OWN
from campaigns.directives.models.letter import Letter, LetterReceipt
from emulation.documents.approval.flow import ApprovalFlow
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step

LETTER_APPROVAL_FLOW = ApprovalFlow(
    model=Letter,
    acts="campaigns.{verb}_letter",
    title="Công văn của xã",
    name="công văn",
    page="campaigns:letter",
    icon="megaphone",
    own_states={"issued": State("Đã ban hành", "check-circle", "good")},
    own_steps=(TO_REPORT_OWN,),
)

RECEIPT = Flow(
    model=LetterReceipt.subject_key,
    title="Nhận công văn",
    page="campaigns:receipt",
    icon="megaphone",
    states={
        "waiting": State("Chưa xác nhận", "hourglass-split", "wait"),
        "received": State("Đã nhận", "check-circle", "good"),
        "withdrawn": State("Đã thu hồi", "slash-circle"),  # its letter was cancelled
    },
    steps=(
        Step(
            "campaigns.acknowledge",
            "Đã nhận",
            permissions.head_of("unit_id", "người đứng đầu đơn vị đó"),
            sources=("waiting",),
            target="received",
            refused="Đơn vị đã xác nhận rồi.",
            url="campaigns:acknowledge",
            todo_action="Đọc, xác nhận",
            todo_rank=41,
            todo="Đọc và xác nhận đã nhận công văn",
            icon="check-lg",
            tone="primary",
        ),
        TO_REPORT,
    ),
)
