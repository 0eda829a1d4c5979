"""Workflow of the shortlist notice."""

from typing import Any

from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step


def no_notice_yet(period: Any) -> str | None:
    """Reason when the period has a notice already, or an empty shortlist."""
    if ShortlistNotice.objects.filter(period=period).exists():
        return "Kỳ này đã có danh sách."
    return None if ShortlistEntry.objects.filter(period=period).exists() else "Chưa chọn điển hình nào vào danh sách."


SHORTLIST_NOTICE = Flow(
    model=ShortlistNotice.subject_key,
    title="Danh sách điển hình",
    page="campaigns:chosen_list",
    icon="list-stars",
    states={
        "draft": State("Đang soạn", "pencil"),
        "submitted": State("Chờ Chủ tịch duyệt", "hourglass-split", "wait"),
        "returned": State("Trả lại để sửa", "arrow-return-left", "bad"),
        "approved": State("Chờ Văn thư ban hành", "hourglass-split", "wait"),
        "issued": State("Đã ban hành", "check-circle", "good"),
    },
    steps=(
        Step(
            "campaigns.save_list",
            "Sửa lời văn",
            permissions.office,
            sources=ShortlistNotice.OPEN,
            refused="Danh sách đã trình nên không sửa được nữa. Cần sửa thì đề nghị Chủ tịch trả lại.",
            url="campaigns:edit_list",
            form=True,
            icon="pencil",
        ),
        Step(
            "campaigns.submit_list",
            "Trình Chủ tịch",
            permissions.office,
            sources=ShortlistNotice.OPEN,
            target="submitted",
            refused="Danh sách này đã trình rồi.",
            url="campaigns:submit_list",
            todo="Soạn xong và trình danh sách điển hình",
            icon="send",
            tone="primary",
        ),
        Step(
            "campaigns.approve_list",
            "Duyệt",
            permissions.chair,
            sources=("submitted",),
            target="approved",
            url="campaigns:approve_list",
            todo="Duyệt danh sách điển hình",
            icon="check-lg",
            tone="primary",
        ),
        Step(
            "campaigns.return_list",
            "Trả lại để sửa",
            permissions.chair,
            sources=("submitted",),
            target="returned",
            url="campaigns:return_list",
            form=True,
            icon="arrow-return-left",
        ),
        Step(
            "campaigns.issue_list",
            "Lấy số, ban hành",
            permissions.clerk,
            sources=("approved",),
            target="issued",
            refused="Chỉ ban hành được danh sách đã được Chủ tịch duyệt.",
            url="campaigns:issue_list",
            form=True,
            todo="Lấy số và ban hành danh sách điển hình",
            icon="patch-check",
            tone="primary",
        ),
        Step(
            "campaigns.preview_list",
            "Xem bản in",
            permissions.staff,
            sources=("draft", "returned", "submitted", "approved"),
            url="campaigns:preview_list",
            icon="printer",
        ),
    ),
)
