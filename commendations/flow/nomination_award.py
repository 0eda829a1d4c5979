"""Steps of a nomination from the council session to the award, or to the result of the superior."""

from commendations.flow.kin import not_for_office
from commendations.flow.nomination_guards import at_signature
from commendations.flow.own_case import own_case_of_office
from commendations.flow.own_case_todo import all_but, own_cases_filter
from commendations.flow.posting_guards import posting_unfinished
from emulation.communes.roles import Role
from emulation.workflow.permissions import holder_of, office
from emulation.workflow.workflow import Step

CHAIR = holder_of(Role.chair)
VICE_CHAIR = holder_of(Role.vice_chair)
CLERK = holder_of(Role.clerk)

# The council session: hidden steps are taken by the session's own actions.
SESSION_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.put_on_session",
        "Đưa vào phiên họp",
        office,
        refuse_for=own_case_of_office,
        sources=("complete",),
        target="on_session",
        guard=posting_unfinished,
        url="commendations:put_on_session",
        form=True,
        todo_rank=30,
        todo="Đưa hồ sơ hợp lệ vào phiên họp Hội đồng",
        todo_for=all_but(office, own_cases_filter),
        icon="people",
        tone="primary",
    ),
    Step(
        "commendations.take_off_session",
        "Rút khỏi phiên họp",
        office,
        refuse_for=own_case_of_office,
        sources=("on_session",),
        target="complete",
        hidden=True,
    ),
    Step(
        "commendations.release",
        "Đưa về chờ phiên khác",
        office | CHAIR,
        sources=("on_session",),
        target="complete",
        hidden=True,
    ),
    Step(
        "commendations.put_off",
        "Để lại, chưa xét",
        office,
        refuse_for=own_case_of_office,
        sources=("on_session",),
        target="complete",
        url="commendations:put_off",
        form=True,
        hidden=True,
    ),
    Step(
        "commendations.resume",
        "Đưa lại vào phiên đang họp",
        office,
        refuse_for=own_case_of_office,
        sources=("complete",),
        target="on_session",
        hidden=True,
    ),
    Step(
        "commendations.pass",
        "Ghi nhận Hội đồng thông qua",
        office,
        sources=("on_session",),
        target="passed",
        hidden=True,
    ),
    Step(
        "commendations.fail",
        "Ghi nhận Hội đồng không thông qua",
        office,
        sources=("on_session",),
        target="failed",
        hidden=True,
    ),
)

# The way back to the unit after the council has voted, until a copy for signature is made.
AFTER_COUNCIL_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.return_after_council",
        "Trả lại đơn vị",
        office | CHAIR,
        refuse_for=not_for_office,
        sources=("passed", "approved"),
        target="returned",
        guard=at_signature,
        url="commendations:return_after_council",
        form=True,
        icon="arrow-counterclockwise",
    ),
)

# The chair's decision on each nominee, taken by the actions of the chair submission.
CHAIR_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.put_before_chair",
        "Đưa vào phiếu trình",
        office,
        sources=("passed",),
        target="presented",
        hidden=True,
    ),
    Step(
        "commendations.approve",
        "Đồng ý khen thưởng",
        CHAIR | VICE_CHAIR,
        sources=("presented",),
        target="approved",
        hidden=True,
    ),
    Step(
        "commendations.refuse",
        "Không đồng ý khen thưởng",
        CHAIR | VICE_CHAIR,
        sources=("presented",),
        target="refused",
        hidden=True,
    ),
    Step(
        "commendations.unpresent",
        "Đưa về sau phiên họp",
        CHAIR,
        sources=("presented",),
        target="passed",
        hidden=True,
    ),
    Step(
        "commendations.undo_decision",
        "Chủ tịch xét lại",
        CHAIR | VICE_CHAIR,
        sources=("approved", "refused"),
        target="presented",
        hidden=True,
    ),
)

# What follows an approval: an award decided by the commune, or a tờ trình to the superior and its result.
RESULT_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.award",
        "Ghi vào Sổ vàng",
        CLERK,
        sources=("approved",),
        target="awarded",
        hidden=True,
    ),
    Step(
        "commendations.cancel_award",
        "Hủy khen thưởng",
        CLERK,
        sources=("awarded",),
        target="award_cancelled",
        hidden=True,
    ),
    Step(
        "commendations.propose_up",
        "Trình cấp trên",
        CLERK,
        sources=("approved",),
        target="proposed_up",
        hidden=True,
    ),
    Step(
        "commendations.take_back_from_superior",
        "Rút khỏi tờ trình bị hủy",
        CHAIR,
        sources=("proposed_up",),
        target="approved",
        hidden=True,
    ),
    Step(
        "commendations.award_above",
        "Ghi kết quả: cấp trên đã khen",
        office,
        refuse_for=own_case_of_office,
        sources=("proposed_up",),
        target="awarded_above",
        url="commendations:award_above",
        form=True,
        todo_action="Ghi kết quả",
        todo_rank=56,
        todo="Ghi kết quả xét khen thưởng của cấp trên",
        todo_for=all_but(office, own_cases_filter),
        icon="award",
        tone="primary",
    ),
    Step(
        "commendations.refuse_above",
        "Ghi kết quả: cấp trên không khen",
        office,
        refuse_for=own_case_of_office,
        sources=("proposed_up",),
        target="refused_above",
        url="commendations:refuse_above",
        form=True,
        icon="x-circle",
    ),
    Step(
        "commendations.reopen_above",
        "Ghi lại kết quả của cấp trên",
        office,
        refuse_for=own_case_of_office,
        sources=("awarded_above", "refused_above"),
        target="proposed_up",
        url="commendations:reopen_above",
        form=True,
        icon="arrow-counterclockwise",
    ),
)
