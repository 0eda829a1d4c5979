"""Workflow of a chair submission (phiếu trình): draft, submitted, decided, dropped; what may be returned and undone."""

from commendations.models import ChairSubmission, Decision
from emulation.workflow.permissions import chair, office
from emulation.workflow.workflow import Flow, State, Step, register_flow

CHAIR_SUBMISSION_STATES = {
    "draft": State("Đang soạn", "pencil", "neutral"),
    "presented": State("Chờ Chủ tịch xem xét", "send", "wait"),
    "decided": State("Chủ tịch đã quyết định", "check-circle", "good"),
    "dropped": State("Không còn ai, đã bỏ", "slash-circle", "neutral"),
}


def no_submission_items(chair_submission: ChairSubmission) -> str | None:
    """Why an empty submission cannot go to the chair, or None."""
    return None if chair_submission.items.listed().exists() else "Phiếu trình chưa có ai."


def paper_beyond_draft(chair_submission: ChairSubmission) -> str | None:
    """Why the chair's decisions cannot be taken back any more, or None."""
    for papers in (chair_submission.decisions, chair_submission.proposals):
        for paper in papers.exclude(state__in=(Decision.DRAFT, Decision.DROPPED)):
            if paper.is_at_signature:
                return f"{paper} đã có bản trình ký: đưa về dự thảo trước, rồi mới xét lại được."
            return f"{paper} đã ban hành; sai thì đính chính, thay thế hoặc hủy bỏ."
    return None


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
                    todo_rank=24,
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
                    todo_rank=10,
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
                Step(
                    "commendations.undo_decide",
                    "Xét lại",
                    chair,
                    sources=("decided",),
                    target="presented",
                    guard=paper_beyond_draft,
                    url="commendations:undo_decide",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
                Step(
                    "commendations.drop_presentation",
                    "Bỏ phiếu trình không còn ai",
                    office,
                    sources=("draft",),
                    target="dropped",
                    hidden=True,
                ),
            ),
        )
    )
