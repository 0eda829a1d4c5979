"""The status of a unit in a period as a word, icon and tone: the same on every board, in the chart and in its legend."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnswerStatus:
    """A pill: word, icon, tone."""

    word: str
    icon: str
    tone: str


RETURNED = AnswerStatus("Đang sửa", "arrow-return-left", "wait")
WAITING = AnswerStatus("Chờ Văn phòng xem", "hourglass-split", "wait")
SENT = AnswerStatus("Đã gửi", "check-circle", "good")
PICKED = AnswerStatus("Đã đề xuất từ các tháng", "star", "good")
NOTHING = AnswerStatus("Báo không có", "dash-circle", "neutral")
DRAFT = AnswerStatus("Đang viết nháp", "pencil", "wait")
LATE_DRAFT = AnswerStatus("Quá hạn, còn là nháp", "pencil", "bad")
NOT_SENT = AnswerStatus("Chưa gửi", "circle", "wait")
NOT_SENT_LATE = AnswerStatus("Quá hạn, chưa gửi", "exclamation-triangle", "bad")
NOT_SENT_CLOSED = AnswerStatus("Không gửi, kỳ đã chốt", "x-circle", "bad")


def unsent_status(*, has_draft: bool, is_late: bool, is_closed: bool) -> AnswerStatus:
    """The status of a unit that has sent nothing; bad only after the due day."""
    if is_late and is_closed:
        return NOT_SENT_CLOSED
    if has_draft:
        return LATE_DRAFT if is_late else DRAFT
    return NOT_SENT_LATE if is_late else NOT_SENT
