"""Workflow of the praise letter (thư khen): written by the office, signed by the chair."""

from typing import Any

from campaigns.exemplars.models.praise_letter import PraiseLetter
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step


def no_praise_letter_yet(exemplar: Any) -> str | None:
    """Reason when the exemplar has a letter already, or is an answer "none"."""
    if exemplar.nothing:
        return "Đơn vị báo kỳ này không có điển hình, không có ai để gửi thư khen."
    return "Đã có thư khen." if PraiseLetter.objects.filter(exemplar=exemplar).exists() else None


START_PRAISE_LETTER = Step(
    "campaigns.start_praise",
    "Soạn thư khen",
    permissions.office,
    sources=("accepted", "nominated"),
    guard=no_praise_letter_yet,
    url="campaigns:start_praise",
    icon="envelope-paper",
)

PRAISE_LETTER = Flow(
    model=PraiseLetter.subject_key,
    title="Thư khen",
    page="campaigns:praise",
    icon="envelope-paper",
    states={
        "draft": State("Đang soạn", "pencil"),
        "submitted": State("Chờ Chủ tịch ký", "hourglass-split", "wait"),
        "returned": State("Trả lại để sửa", "arrow-return-left", "bad"),
        "signed": State("Đã ký, gửi", "check-circle", "good"),
    },
    steps=(
        Step(
            "campaigns.save_praise",
            "Sửa lời thư",
            permissions.office,
            sources=PraiseLetter.OPEN,
            refused="Thư đã trình nên không sửa được nữa. Cần sửa thì đề nghị Chủ tịch trả lại.",
            url="campaigns:edit_praise",
            form=True,
            icon="pencil",
        ),
        Step(
            "campaigns.submit_praise",
            "Trình Chủ tịch",
            permissions.office,
            sources=PraiseLetter.OPEN,
            target="submitted",
            refused="Thư này đã trình rồi.",
            url="campaigns:submit_praise",
            todo="Soạn xong và trình thư khen",
            icon="send",
            tone="primary",
        ),
        Step(
            "campaigns.sign_praise",
            "Ký, gửi thư khen",
            permissions.chair,
            sources=("submitted",),
            target="signed",
            url="campaigns:sign_praise",
            todo="Ký thư khen",
            icon="check-lg",
            tone="primary",
            confirm="Ký và gửi thư khen? Lời thư được chốt, đơn vị được báo.",
        ),
        Step(
            "campaigns.return_praise",
            "Trả lại để sửa",
            permissions.chair,
            sources=("submitted",),
            target="returned",
            url="campaigns:return_praise",
            form=True,
            icon="arrow-return-left",
        ),
        Step(
            "campaigns.preview_praise",
            "Xem bản in",
            permissions.staff,
            sources=("draft", "returned", "submitted"),
            url="campaigns:preview_praise",
            icon="printer",
        ),
    ),
)
