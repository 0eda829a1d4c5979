"""Workflow of a decision, and the one act on an award: its handover."""

from collections.abc import Callable
from typing import Any

from commendations.models import Decision
from emulation.workflow.permissions import clerk, head_of, office
from emulation.workflow.workflow import Flow, State, Step, register_flow

DECISION_STATES = {
    "draft": State("Dự thảo", "pencil", "neutral"),
    "at_signature": State("Đang trình ký", "pen", "wait"),
    "issued": State("Đã ban hành", "patch-check", "gold"),
}

FaultFinder = Callable[[Any], list[str]]
"""Everything that keeps a paper from signature or issue, as Vietnamese sentences; empty when nothing does."""


def no_money_awarded(decision: Decision) -> str | None:
    """Why there is no payment list, or None."""
    return None if decision.awards.filter(amount__gt=0).exists() else "Quyết định này không kèm tiền thưởng."


def no_certificates(decision: Decision) -> str | None:
    """Why there are no certificates to print, or None."""
    if decision.awards.filter(certificate__isnull=False).exists():
        return None
    return "Danh hiệu này không có giấy, bằng kèm theo; tặng bằng quyết định và danh sách."


def register_decision_flow(find_faults: FaultFinder) -> None:
    """`find_faults` is passed in by apps.py: it is a query, and flow may not import queries."""

    def first_fault(decision: Decision) -> str | None:
        return next(iter(find_faults(decision)), None)

    register_flow(
        Flow(
            model="commendations.Decision",
            title="Quyết định",
            states=DECISION_STATES,
            page="commendations:decision",
            icon="file-earmark-check",
            steps=(
                Step(
                    "commendations.edit_decision",
                    "Sửa dự thảo",
                    office,
                    sources=("draft",),
                    url="commendations:edit_decision",
                    form=True,
                    icon="pencil",
                ),
                Step(
                    "commendations.to_signature",
                    "Lập bản trình ký",
                    office,
                    sources=("draft",),
                    target="at_signature",
                    guard=first_fault,
                    url="commendations:to_signature",
                    todo="Hoàn thiện dự thảo quyết định, lập bản trình ký",
                    icon="pen",
                    tone="primary",
                ),
                Step(
                    "commendations.back_to_draft",
                    "Đưa về dự thảo",
                    office | clerk,
                    sources=("at_signature",),
                    target="draft",
                    url="commendations:back_to_draft",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
                Step(
                    "commendations.issue",
                    "Ban hành, lấy số",
                    clerk,
                    sources=("at_signature",),
                    target="issued",
                    guard=first_fault,
                    refused="Quyết định này đã ban hành hoặc chưa có bản trình ký.",
                    url="commendations:issue",
                    form=True,
                    todo="Lấy số, ban hành quyết định đã ký",
                    icon="patch-check",
                    tone="primary",
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
                    "commendations.print_certificates",
                    "In giấy khen, bằng cả quyết định",
                    office | clerk,
                    sources=("issued",),
                    guard=no_certificates,
                    url="commendations:print_certificates",
                    icon="printer",
                ),
            ),
        )
    )


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
                    url="commendations:hand_over",
                    form=True,
                    icon="gift",
                ),
            ),
        )
    )
