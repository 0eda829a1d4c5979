"""Workflow of a decision, and the acts on an award: handover and recovery."""

from commendations.flow.outgoing_paper import FaultFinder, SignatureFlow
from commendations.models import Award, Decision
from emulation.workflow.permissions import clerk, head_of, office
from emulation.workflow.workflow import Flow, Step, register_flow


def no_money_awarded(decision: Decision) -> str | None:
    """Why there is no payment list, or None."""
    return None if decision.awards.counting().filter(amount__gt=0).exists() else "Quyết định này không kèm tiền thưởng."


def no_certificates(decision: Decision) -> str | None:
    """Why there are no certificates to print, or None."""
    if decision.awards.counting().filter(certificate__isnull=False).exists():
        return None
    return "Danh hiệu này không có giấy, bằng kèm theo; tặng bằng quyết định và danh sách."


def no_award_in_force(decision: Decision) -> str | None:
    """Why there is nothing to correct or cancel, or None."""
    if decision.awards.counting().exists():
        return None
    return "Mọi khen thưởng của quyết định này đã bị hủy bỏ hoặc được thay thế."


def not_in_force(award: Award) -> str | None:
    """Why nothing of the award is handed over, or None."""
    if award.counts:
        return None
    return "Khen thưởng này đã bị hủy bỏ hoặc được thay thế nên không trao nữa."


def in_force(award: Award) -> str | None:
    """Why nothing is to be recovered, or None."""
    return "Khen thưởng này còn hiệu lực." if award.counts else None


DECISION_SIGNATURE_FLOW = SignatureFlow(
    model=Decision,
    title="Quyết định",
    name="quyết định",
    page="commendations:decision",
    icon="file-earmark-check",
    acts={
        "edit": "commendations.edit_decision",
        "sign": "commendations.to_signature",
        "return": "commendations.back_to_draft",
        "issue": "commendations.issue",
        "drop": "commendations.drop_decision",
    },
    issue_label="Ban hành, lấy số",
    issue_todo="Lấy số, ban hành quyết định đã ký",
)
DECISION_STEPS = (
    Step(
        "commendations.money_list",
        "Lập danh sách chi tiền",
        office | clerk,
        sources=("issued",),
        guard=no_money_awarded,
        url="commendations:money_list",
        icon="cash-stack",
    ),
    Step(
        "commendations.print_certificates",
        "In giấy khen, bằng cả quyết định",
        office | clerk,
        sources=("issued",),
        guard=no_certificates,
        url="commendations:print_certificates",
        icon="printer",
    ),
    Step(
        "commendations.start_amendment",
        "Đính chính, thay thế, hủy bỏ",
        office | clerk,
        sources=("issued",),
        guard=no_award_in_force,
        refused="Quyết định chưa ban hành thì sửa dự thảo, không cần đính chính hay hủy bỏ.",
        url="commendations:start_amendment",
        form=True,
        icon="eraser",
    ),
)


def register_decision_flow(find_faults: FaultFinder) -> None:
    register_flow(DECISION_SIGNATURE_FLOW.table(find_faults, DECISION_STEPS))


def register_award_flow() -> None:
    register_flow(
        Flow(
            model="commendations.Award",
            title="Sổ vàng",
            states={},
            page="commendations:award",
            icon="journal-bookmark",
            steps=(
                Step(
                    "commendations.hand_over",
                    "Ghi nhận trao thưởng",
                    office | clerk | head_of("unit_id"),
                    guard=not_in_force,
                    url="commendations:hand_over",
                    form=True,
                    icon="gift",
                ),
                Step(
                    "commendations.recover_award",
                    "Ghi đã thu hồi",
                    office | clerk,
                    guard=in_force,
                    url="commendations:recover_award",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
            ),
        )
    )
