"""Workflow of a chair submission (phiếu trình): draft, submitted, decided, dropped; what may be returned and undone."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q

from commendations.flow.kin import list_not_for_office
from commendations.flow.own_case import (
    deputy_decided,
    nothing_for_deputy,
    own_submission_of_chair,
)
from commendations.flow.own_case_todo import all_but, submissions_with_own
from commendations.models import ChairSubmission, ChairSubmissionItem, Decision
from emulation.workflow.permissions import chair, office, vice_chair
from emulation.workflow.workflow import Flow, State, Step, edit_before_submit, register_flow

_UNDECIDED = ChairSubmissionItem.objects.listed().filter(chair_submission=OuterRef("pk"), approved=None)
CHAIR_DECIDES = Q(Exists(_UNDECIDED.filter(by_deputy=False)))
DEPUTY_DECIDES = Q(Exists(_UNDECIDED.filter(by_deputy=True)))

CHAIR_SUBMISSION_STATES = {
    "draft": State("Đang soạn", "pencil", "neutral"),
    "presented": State("Chờ Chủ tịch xem xét", "send", "wait"),
    "decided": State("Chủ tịch đã quyết định", "check-circle", "good"),
    "dropped": State("Không còn ai, đã bỏ", "slash-circle", "neutral"),
}


def no_submission_items(chair_submission: ChairSubmission) -> str | None:
    """Why an empty submission cannot go to the chair, or None."""
    return None if chair_submission.items.listed().exists() else "Phiếu trình chưa có ai."


def paper_beyond_draft(chair_submission: ChairSubmission, by_deputy: bool = False) -> str | None:
    """Why the chair's decisions cannot be taken back any more, or None; `by_deputy`: those of the vice chair."""
    for papers in (chair_submission.decisions, chair_submission.proposals):
        for paper in papers.filter(by_deputy=by_deputy).exclude(state__in=(Decision.DRAFT, Decision.DROPPED)):
            if paper.is_at_signature:
                return f"{paper} đã có bản trình ký: đưa về dự thảo trước, rồi mới xét lại được."
            return f"{paper} đã ban hành; sai thì đính chính, thay thế hoặc hủy bỏ."
    return None


def deputy_paper_beyond_draft(chair_submission: ChairSubmission) -> str | None:
    """Why the vice chair's decision on the chair's case cannot be taken back, or None."""
    if deputy_decided(chair_submission) is None:
        return "Phó Chủ tịch chưa quyết định hồ sơ nào của Chủ tịch."
    return paper_beyond_draft(chair_submission, by_deputy=True)


EDIT_ACT = "commendations.edit_presentation"
SUBMIT_ACT = "commendations.present"

# Of the office and the chair.
SUBMISSION_STEPS: tuple[Step, ...] = (
    Step(
        EDIT_ACT,
        "Sửa ý kiến trình",
        office,
        sources=("draft",),
        url="commendations:edit_presentation",
        form=True,
        icon="pencil",
    ),
    Step(
        SUBMIT_ACT,
        "Trình Chủ tịch",
        office,
        sources=("draft",),
        target="presented",
        guard=no_submission_items,
        refuse_for=list_not_for_office,
        url="commendations:present",
        todo_rank=24,
        todo="Trình Chủ tịch kết quả phiên họp",
        todo_for=all_but(office, submissions_with_own),
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
        guard=own_submission_of_chair,
        waits=CHAIR_DECIDES,
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
        guard=deputy_decided,
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
)

# Of the vice chair, about the chair's own case.
DEPUTY_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.decide_for_chair",
        "Quyết định hồ sơ của Chủ tịch",
        vice_chair,
        sources=("presented", "decided"),
        guard=nothing_for_deputy,
        url="commendations:decide_for_chair",
        form=True,
        todo_rank=10,
        todo="Quyết định khen thưởng Chủ tịch, ký KT.",
        waits=DEPUTY_DECIDES,
        icon="check2-circle",
        tone="primary",
        shows_refusal=False,
    ),
    Step(
        "commendations.all_decided",
        "Không còn hồ sơ chờ quyết định",
        vice_chair,
        sources=("presented",),
        target="decided",
        hidden=True,
    ),
    Step(
        "commendations.undo_decide_for_chair",
        "Xét lại hồ sơ của Chủ tịch",
        vice_chair,
        sources=("presented", "decided"),
        guard=deputy_paper_beyond_draft,
        url="commendations:undo_decide_for_chair",
        form=True,
        icon="arrow-counterclockwise",
        shows_refusal=False,
    ),
    Step(
        "commendations.reopen_for_deputy",
        "Chờ Phó Chủ tịch quyết định lại",
        vice_chair,
        sources=("decided",),
        target="presented",
        hidden=True,
    ),
)


def register_chair_submission_flow(is_unchanged: Callable[[ChairSubmission], bool]) -> None:
    """`is_unchanged`: whether one that the chair returned is as it was, a query."""
    register_flow(
        Flow(
            model="commendations.Presentation",
            title="Phiếu trình",
            states=CHAIR_SUBMISSION_STATES,
            page="commendations:presentation",
            icon="send",
            steps=(
                *edit_before_submit(SUBMISSION_STEPS, EDIT_ACT, SUBMIT_ACT, is_unchanged),
                *DEPUTY_STEPS,
            ),
        )
    )
