"""The status of a unit in a period as a word, icon and tone: the same on every board, in the chart and in its legend."""

from emulation.core.status_pills import StatusPill

RETURNED = StatusPill("Đang sửa", "arrow-return-left", "wait")
WAITING = StatusPill("Chờ Văn phòng xem", "hourglass-split", "wait")
SENT = StatusPill("Đã gửi", "check-circle", "good")
PICKED = StatusPill("Đã đề xuất từ các tháng", "star", "good")
NOTHING = StatusPill("Báo không có", "dash-circle", "neutral")
DRAFT = StatusPill("Đang viết nháp", "pencil", "wait")
LATE_DRAFT = StatusPill("Quá hạn, còn là nháp", "pencil", "bad")
NOT_SENT = StatusPill("Chưa gửi", "circle", "wait")
NOT_SENT_LATE = StatusPill("Quá hạn, chưa gửi", "exclamation-triangle", "bad")
NOT_SENT_CLOSED = StatusPill("Không gửi, kỳ đã chốt", "x-circle", "bad")


def unsent_status(*, has_draft: bool, is_late: bool, is_closed: bool) -> StatusPill:
    """The status of a unit that has sent nothing; bad only after the due day."""
    if is_late and is_closed:
        return NOT_SENT_CLOSED
    if has_draft:
        return LATE_DRAFT if is_late else DRAFT
    return NOT_SENT_LATE if is_late else NOT_SENT
