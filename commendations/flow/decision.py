"""Workflow of a decision."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q

from commendations.flow.outgoing_paper import FaultFinder, SignatureFlow
from commendations.models import Award, Decision
from commendations.models.decision import PRINT
from commendations.models.recovery_filters import TO_HAND_OVER
from emulation.workflow.permissions import clerk, office
from emulation.workflow.workflow import Step, register_flow

NO_AWARD_IN_FORCE = "Mọi khen thưởng của quyết định này đã bị hủy bỏ hoặc được thay thế."


def no_award_in_force(decision: Decision) -> str | None:
    """Why there is nothing to correct or cancel, or None."""
    return None if decision.awards.counting().exists() else NO_AWARD_IN_FORCE


def no_money_awarded(decision: Decision) -> str | None:
    """Why there is no payment list, or None."""
    never = "Quyết định này không kèm tiền thưởng."
    return _none_in_force(decision, Q(amount__gt=0), never, "khoản tiền thưởng")


def no_certificates(decision: Decision) -> str | None:
    """Why there are no certificates to print, or None."""
    never = "Danh hiệu này không có giấy, bằng kèm theo; tặng bằng quyết định và danh sách."
    return _none_in_force(decision, Q(certificate__isnull=False), never, "giấy, bằng")


def _none_in_force(decision: Decision, such: Q, never: str, what: str) -> str | None:
    """None when such awards are in force; `never` when there were none; otherwise that all of them have ended."""
    if decision.awards.counting().filter(such).exists():
        return None
    if not decision.awards.filter(such).exists():
        return never
    return no_award_in_force(decision) or f"Mọi {what} của quyết định này đã bị hủy bỏ hoặc được thay thế."


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


def nothing_to_hand_over(decision: Decision) -> str | None:
    """Why no handover of several people is recorded, or None."""
    if decision.awards.filter(TO_HAND_OVER).exists():
        return None
    return no_award_in_force(decision) or "Mọi khen thưởng còn hiệu lực của quyết định này đã ghi trao."


DECISION_STEPS = (
    Step(
        PRINT,
        "In giấy khen, bằng cả quyết định",
        office | clerk,
        sources=("issued",),
        guard=no_certificates,
        url="commendations:print_certificates",
        icon="printer",
    ),
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
        "commendations.hand_over_awards",
        "Ghi đã trao nhiều người",
        office | clerk,
        sources=("issued",),
        guard=nothing_to_hand_over,
        url="commendations:hand_over_awards",
        form=True,
        todo="In, chi tiền, trao thưởng và ghi vào Sổ vàng",
        todo_action="Ghi đã trao",
        todo_rank=58,
        waits=Q(Exists(Award.objects.filter(TO_HAND_OVER, decision=OuterRef("pk")))),
        icon="gift",
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


def register_decision_flow(find_faults: FaultFinder, is_unchanged: Callable[[Decision], bool]) -> None:
    register_flow(DECISION_SIGNATURE_FLOW.table(find_faults, is_unchanged, DECISION_STEPS))
