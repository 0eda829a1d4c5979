"""Workflow of a chair submission."""

from commendations.models import ChairSubmission
from emulation.workflow.permissions import chair, office
from emulation.workflow.workflow import Flow, State, Step, register_flow

CHAIR_SUBMISSION_STATES = {
    "draft": State("Đang soạn", "pencil", "neutral"),
    "presented": State("Chờ Chủ tịch xem xét", "send", "wait"),
    "decided": State("Chủ tịch đã quyết định", "check-circle", "good"),
}


def no_submission_items(chair_submission: ChairSubmission) -> str | None:
    """Why an empty submission cannot go to the chair, or None."""
    return None if chair_submission.items.exists() else "Phiếu trình chưa có ai."


def register_chair_submission_flow() -> None:
    register_flow(
        Flow(
            model="commendations.Presentation",
            title="Phiếu trình",
            states=CHAIR_SUBMISSION_STATES,
            page="commendations:presentation",
            icon="send",
            steps=(
                Step(
                    "commendations.edit_presentation",
                    "Sửa ý kiến trình",
                    office,
                    sources=("draft",),
                    url="commendations:edit_presentation",
                    form=True,
                    icon="pencil",
                ),
                Step(
                    "commendations.present",
                    "Trình Chủ tịch",
                    office,
                    sources=("draft",),
                    target="presented",
                    guard=no_submission_items,
                    url="commendations:present",
                    todo="Trình Chủ tịch kết quả phiên họp",
                    icon="send",
                    tone="primary",
                    confirm="Trình Chủ tịch? Phiếu trình được chốt theo nội dung hiện tại.",
                ),
                Step(
                    "commendations.decide",
                    "Xem xét, quyết định",
                    chair,
                    sources=("presented",),
                    target="decided",
                    url="commendations:decide",
                    form=True,
                    todo="Quyết định khen thưởng theo phiếu trình",
                    icon="check2-circle",
                    tone="primary",
                ),
                Step(
                    "commendations.return_presentation",
                    "Trả lại phiếu trình",
                    chair,
                    sources=("presented",),
                    target="draft",
                    url="commendations:return_presentation",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
            ),
        )
    )
