"""Workflow of the request of a unit for many cases: written, sent with its papers, taken back while the cases can be."""

from commendations.flow.nomination import PROPOSER
from commendations.models import GroupRequest, Nomination
from emulation.workflow.permissions import office
from emulation.workflow.workflow import Flow, State, Step, register_flow

GROUP_REQUEST_STATES = {
    "writing": State("Đang soạn", "pencil", "neutral"),
    "sent": State("Đã nộp", "send", "good"),
    "taken_back": State("Đã lấy lại", "arrow-counterclockwise", "neutral"),
}


def cases_to_take_back(request: GroupRequest) -> list[Nomination]:
    """The cases of the list that still wait for the office's check with the papers of this request, in its order."""
    rows = Nomination.objects.filter(
        group_lines__group_request=request, request_document=request.request_document_id, state="submitted"
    )
    return list(rows.order_by("group_lines__place"))


def nothing_to_take_back(request: GroupRequest) -> str | None:
    """Why no case of the list can be taken back, or None."""
    return None if cases_to_take_back(request) else "Không còn hồ sơ nào của danh sách đang chờ thẩm định."


def register_group_request_flow() -> None:
    register_flow(
        Flow(
            model=GroupRequest.subject_key,
            title="Danh sách đề nghị của đơn vị",
            states=GROUP_REQUEST_STATES,
            page="commendations:group_request",
            icon="list-check",
            steps=(
                Step(
                    "commendations.edit_group_request",
                    "Ghi biên bản họp bình xét",
                    PROPOSER | office,
                    sources=("writing",),
                    hidden=True,
                ),
                Step(
                    "commendations.send_group_request",
                    "Nộp cả danh sách",
                    PROPOSER | office,
                    sources=("writing",),
                    target="sent",
                    hidden=True,
                ),
                Step(
                    "commendations.take_back_group_request",
                    "Lấy lại cả danh sách",
                    PROPOSER | office,
                    sources=("sent",),
                    target="taken_back",
                    guard=nothing_to_take_back,
                    shows_refusal=False,
                    url="commendations:take_back_group_request",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
            ),
        )
    )
