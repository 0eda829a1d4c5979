"""Workflow of a nomination, and the acts on the commune that create a nomination or a session."""

from collections.abc import Callable

from commendations.flow.joint_proposal import DEED_STEPS, JOINT_STEPS
from commendations.flow.kin import KIN_STEPS, not_for_office
from commendations.flow.nomination_award import AFTER_COUNCIL_STEPS, CHAIR_STEPS, RESULT_STEPS, SESSION_STEPS
from commendations.flow.nomination_guards import checklist_incomplete, not_submittable
from commendations.flow.nomination_turn import office_in_place_of_unit
from commendations.flow.own_case import own_case_of_unit
from commendations.flow.own_case_todo import about_user, all_but, only_own, own_cases_filter
from commendations.models import Nomination
from emulation.workflow.permissions import head_of, office, unit_head
from emulation.workflow.workflow import Flow, State, Step, edit_before_submit, register_flow

PROPOSER = head_of("unit_id", "người đứng đầu đơn vị đề nghị")

NOMINATION_STATES = {
    "draft": State("Đang soạn", "pencil", "neutral"),
    "submitted": State("Đã nộp, chờ thẩm định", "hourglass-split", "wait"),
    "returned": State("Trả lại để bổ sung", "arrow-counterclockwise", "bad"),
    "complete": State("Hồ sơ hợp lệ", "check2-square", "good"),
    "on_session": State("Chờ Hội đồng xét", "people", "wait"),
    "passed": State("Hội đồng thông qua", "hand-thumbs-up", "good"),
    "failed": State("Hội đồng không thông qua", "x-circle", "bad"),
    "presented": State("Chờ Chủ tịch quyết định", "send", "wait"),
    "approved": State("Chủ tịch đồng ý", "check-circle", "good"),
    "refused": State("Chủ tịch không đồng ý", "x-circle", "bad"),
    "awarded": State("Đã khen thưởng", "award", "gold"),
    "award_cancelled": State("Đã hủy khen thưởng", "x-circle", "bad"),
    "proposed_up": State("Đã trình cấp trên", "arrow-up-circle", "wait"),
    "awarded_above": State("Cấp trên đã khen thưởng", "award", "gold"),
    "refused_above": State("Cấp trên không khen thưởng", "x-circle", "bad"),
    "withdrawn": State("Đã rút", "slash-circle", "neutral"),
}

# Who acts next, by state; a final state has no entry.
WHOSE_TURN = {
    "draft": "đơn vị đề nghị",
    "submitted": "Văn phòng thẩm định",
    "returned": "đơn vị đề nghị bổ sung",
    "complete": "Văn phòng đưa vào phiên họp",
    "on_session": "Hội đồng Thi đua - Khen thưởng",
    "passed": "Văn phòng trình Chủ tịch",
    "presented": "Chủ tịch UBND xã",
    "approved": "Văn thư ban hành quyết định, tờ trình",
    "proposed_up": "cấp trên xét, Văn phòng ghi kết quả",
}


# Steps of the unit that proposes, up to submission; the office may take them for the unit.
UNIT_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.edit",
        "Soạn, sửa đề nghị",
        PROPOSER | office,
        sources=("draft", "returned"),
        url="commendations:edit",
        form=True,
        todo_rank=46,
        todo="Soạn hồ sơ của chính bạn; người khác nộp",
        todo_action="Soạn tiếp",
        todo_for=only_own(PROPOSER, about_user),
        icon="pencil",
    ),
    Step(
        "commendations.preview",
        "Xem trước giấy tờ",
        PROPOSER | office,
        sources=("draft", "returned"),
        hidden=True,
    ),
    Step(
        "commendations.submit",
        "Nộp đề nghị",
        PROPOSER | office,
        sources=("draft", "returned"),
        target="submitted",
        guard=not_submittable,
        refuse_for=own_case_of_unit,
        refused="Đề nghị này đã được nộp rồi.",
        url="commendations:submit",
        todo_rank=46,
        todo="Hoàn thiện và nộp đề nghị khen thưởng",
        todo_for=all_but(PROPOSER | office_in_place_of_unit, about_user),
        icon="send",
        tone="primary",
        confirm="Nộp đề nghị? Báo cáo thành tích và giấy đề nghị được chốt theo nội dung hiện tại.",
    ),
    Step(
        "commendations.withdraw",
        "Rút đề nghị",
        PROPOSER | office,
        sources=("draft", "returned", "submitted"),
        target="withdrawn",
        url="commendations:withdraw",
        form=True,
        icon="slash-circle",
        tone="danger",
    ),
    Step(
        "commendations.restore",
        "Lấy lại đề nghị đã rút",
        PROPOSER | office,
        sources=("withdrawn",),
        target="draft",
        url="commendations:restore",
        icon="arrow-counterclockwise",
    ),
    Step(
        "commendations.copy",
        "Lập đề nghị mới từ hồ sơ này",
        PROPOSER | office,
        sources=("withdrawn", "failed", "refused", "award_cancelled", "refused_above"),
        url="commendations:copy",
        icon="files",
    ),
)

# Appraisal by the office.
APPRAISAL_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.check",
        "Kiểm tra thành phần hồ sơ",
        office,
        refuse_for=not_for_office,
        sources=("submitted",),
        url="commendations:check",
        form=True,
        todo_action="Thẩm định",
        todo_rank=26,
        todo="Thẩm định hồ sơ đề nghị",
        todo_for=all_but(office, own_cases_filter),
        icon="list-check",
        tone="primary",
    ),
    Step(
        "commendations.complete",
        "Xác nhận hồ sơ hợp lệ",
        office,
        refuse_for=not_for_office,
        sources=("submitted",),
        target="complete",
        guard=checklist_incomplete,
        url="commendations:complete",
        icon="check2-square",
        tone="primary",
    ),
    Step(
        "commendations.override",
        "Ghi lý do vẫn xét",
        office,
        refuse_for=not_for_office,
        sources=("submitted", "complete"),
        url="commendations:override",
        form=True,
        hidden=True,
        icon="pencil",
    ),
    Step(
        "commendations.return",
        "Trả lại kèm lý do",
        office,
        refuse_for=not_for_office,
        sources=("submitted", "complete"),
        target="returned",
        url="commendations:return",
        form=True,
        icon="arrow-counterclockwise",
    ),
)


def register_nomination_flows(is_unchanged: Callable[[Nomination], bool]) -> None:
    """`is_unchanged`, whether a returned file is as it was, is a query, which flow may not import: apps.py passes it in."""
    register_flow(
        Flow(
            model="communes.Commune",
            title="Khen thưởng của xã",
            states={},
            steps=(
                Step("commendations.start", "Lập đề nghị khen thưởng", office | unit_head, hidden=True),
                Step("commendations.plan_session", "Lập phiên họp Hội đồng", office, hidden=True),
            ),
        )
    )
    register_flow(
        Flow(
            model="commendations.Nomination",
            title="Đề nghị khen thưởng",
            states=NOMINATION_STATES,
            page="commendations:nomination",
            icon="award",
            steps=(
                *edit_before_submit(UNIT_STEPS, "commendations.edit", "commendations.submit", is_unchanged),
                *JOINT_STEPS,
                *DEED_STEPS,
                *KIN_STEPS,
                *APPRAISAL_STEPS,
                *SESSION_STEPS,
                *AFTER_COUNCIL_STEPS,
                *CHAIR_STEPS,
                *RESULT_STEPS,
            ),
        )
    )
