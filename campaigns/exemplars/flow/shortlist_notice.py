"""Workflow of the shortlist notice (thông báo): drafted from a period, approved by the chair, issued by the clerk."""

from typing import Any

from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from emulation.documents.approval.flow import ApprovalFlow
from emulation.workflow.workflow import State


def no_notice_yet(period: Any) -> str | None:
    """Reason when the period has a notice already that is not cancelled, or an empty shortlist."""
    if ShortlistNotice.objects.filter(period=period).not_cancelled().exists():
        return "Kỳ này đã có danh sách."
    return None if ShortlistEntry.objects.filter(period=period).exists() else "Chưa chọn điển hình nào vào danh sách."


SHORTLIST_NOTICE_APPROVAL_FLOW = ApprovalFlow(
    model=ShortlistNotice,
    acts="campaigns.{verb}_list",
    title="Danh sách điển hình",
    name="danh sách điển hình",
    page="campaigns:chosen_list",
    icon="list-stars",
    edit_label="Sửa lời văn",
    own_states={"issued": State("Đã ban hành", "check-circle", "good")},
)
