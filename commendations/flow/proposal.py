"""Workflow of a tờ trình to the superior."""

from commendations.flow.decision import DECISION_STATES, FaultFinder
from commendations.models import Proposal
from emulation.workflow.permissions import clerk, office
from emulation.workflow.workflow import Flow, Step, register_flow


def register_proposal_flow(find_faults: FaultFinder) -> None:
    """`find_faults` is passed in by apps.py: it is a query, and flow may not import queries."""

    def first_fault(proposal: Proposal) -> str | None:
        return next(iter(find_faults(proposal)), None)

    register_flow(
        Flow(
            model="commendations.Proposal",
            title="Tờ trình cấp trên",
            states=DECISION_STATES,
            page="commendations:proposal",
            icon="send",
            steps=(
                Step(
                    "commendations.edit_proposal",
                    "Sửa dự thảo tờ trình",
                    office,
                    sources=("draft",),
                    url="commendations:edit_proposal",
                    form=True,
                    icon="pencil",
                ),
                Step(
                    "commendations.proposal_to_signature",
                    "Lập bản trình ký tờ trình",
                    office,
                    sources=("draft",),
                    target="at_signature",
                    guard=first_fault,
                    url="commendations:proposal_to_signature",
                    todo="Hoàn thiện tờ trình cấp trên, lập bản trình ký",
                    icon="pen",
                    tone="primary",
                ),
                Step(
                    "commendations.proposal_back",
                    "Đưa tờ trình về dự thảo",
                    office | clerk,
                    sources=("at_signature",),
                    target="draft",
                    url="commendations:proposal_back",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
                Step(
                    "commendations.issue_proposal",
                    "Lấy số tờ trình, gửi cấp trên",
                    clerk,
                    sources=("at_signature",),
                    target="issued",
                    guard=first_fault,
                    refused="Tờ trình này đã ban hành hoặc chưa có bản trình ký.",
                    url="commendations:issue_proposal",
                    form=True,
                    todo="Lấy số, gửi tờ trình khen thưởng lên cấp trên",
                    icon="patch-check",
                    tone="primary",
                ),
            ),
        )
    )
