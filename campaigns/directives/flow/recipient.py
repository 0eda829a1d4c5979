"""Workflow of the recipient lines that address no unit: acknowledged, or recorded as received."""

from django.db.models import Q

from campaigns.directives.models.recipient import LetterRecipient
from campaigns.directives.rules import recipient as rules
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step


def not_the_superiors_line(line: LetterRecipient) -> str | None:
    return None if line.kind == rules.SUPERIOR else "Dòng này không gửi cơ quan cấp trên."


RECIPIENT = Flow(
    model=LetterRecipient.subject_key,
    title="Nơi nhận công văn",
    page="campaigns:recipient",
    icon="megaphone",
    states={
        "waiting": State("Chưa xác nhận", "hourglass-split", "wait"),
        "received": State("Đã nhận", "check-circle", "good"),
        "by_units": State("Theo từng đơn vị", "list-check", "neutral"),
        "kept": State("Lưu", "archive", "neutral"),
        "withdrawn": State("Đã thu hồi", "slash-circle"),  # its letter was cancelled
    },
    steps=(
        Step(
            "campaigns.acknowledge_above",
            "Đã nhận",
            permissions.superior,
            sources=("waiting",),
            target="received",
            guard=not_the_superiors_line,
            refused="Đã xác nhận rồi.",
            url="campaigns:acknowledge_above",
            todo_action="Đọc, xác nhận",
            todo_rank=41,
            todo="Xác nhận đã nhận công văn của xã",
            waits=Q(kind=rules.SUPERIOR),
            icon="check-lg",
            tone="primary",
        ),
        Step(
            "campaigns.record_received",
            "Ghi đã nhận",
            permissions.office | permissions.clerk,
            sources=("waiting",),
            target="received",
            refused="Nơi này đã nhận rồi, hoặc xác nhận theo từng đơn vị.",
            url="campaigns:record_received",
            form=True,
            icon="check-lg",
        ),
    ),
)
