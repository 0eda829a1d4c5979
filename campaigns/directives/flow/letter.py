"""Workflow of the commune's letters, and of their receipt by each unit."""

from campaigns.directives.flow.duty import TO_REPORT, TO_REPORT_OWN
from campaigns.directives.models.letter import Letter, LetterReceipt
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step

LETTER = Flow(
    model=Letter.subject_key,
    title="Công văn triển khai",
    page="campaigns:letter",
    icon="megaphone",
    states={
        "draft": State("Đang soạn", "pencil"),
        "submitted": State("Chờ Chủ tịch duyệt", "hourglass-split", "wait"),
        "returned": State("Trả lại để sửa", "arrow-return-left", "bad"),
        "approved": State("Chờ Văn thư ban hành", "hourglass-split", "wait"),
        "issued": State("Đã ban hành", "check-circle", "good"),
    },
    steps=(
        Step(
            "campaigns.save_letter",
            "Sửa nội dung",
            permissions.office,
            sources=Letter.OPEN,
            refused="Công văn đã trình nên không sửa được nữa. Cần sửa thì đề nghị Chủ tịch trả lại.",
            url="campaigns:edit_letter",
            form=True,
            icon="pencil",
        ),
        Step(
            "campaigns.submit_letter",
            "Trình Chủ tịch",
            permissions.office,
            sources=Letter.OPEN,
            target="submitted",
            refused="Công văn này đã trình rồi.",
            url="campaigns:submit_letter",
            todo="Soạn xong và trình Chủ tịch",
            icon="send",
            tone="primary",
        ),
        Step(
            "campaigns.approve_letter",
            "Duyệt",
            permissions.chair,
            sources=("submitted",),
            target="approved",
            url="campaigns:approve_letter",
            todo="Duyệt công văn",
            icon="check-lg",
            tone="primary",
        ),
        Step(
            "campaigns.return_letter",
            "Trả lại để sửa",
            permissions.chair,
            sources=("submitted",),
            target="returned",
            url="campaigns:return_letter",
            form=True,
            icon="arrow-return-left",
        ),
        Step(
            "campaigns.issue_letter",
            "Lấy số, ban hành",
            permissions.clerk,
            sources=("approved",),
            target="issued",
            refused="Chỉ ban hành được công văn đã được Chủ tịch duyệt.",
            url="campaigns:issue_letter",
            form=True,
            todo="Lấy số và ban hành công văn",
            icon="patch-check",
            tone="primary",
        ),
        Step(
            "campaigns.preview_letter",
            "Xem bản in",
            permissions.staff,
            sources=("draft", "returned", "submitted", "approved"),
            url="campaigns:preview_letter",
            icon="printer",
        ),
        TO_REPORT_OWN,
    ),
)

RECEIPT = Flow(
    model=LetterReceipt.subject_key,
    title="Nhận công văn",
    page="campaigns:receipt",
    icon="megaphone",
    states={
        "waiting": State("Chưa xác nhận", "hourglass-split", "wait"),
        "received": State("Đã nhận", "check-circle", "good"),
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
            todo="Đọc và xác nhận đã nhận công văn",
            icon="check-lg",
            tone="primary",
        ),
        TO_REPORT,
    ),
)
