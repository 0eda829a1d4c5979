"""Workflow of a tờ trình to the superior: draft, at signature, issued; dropped or cancelled."""

from collections.abc import Callable

from commendations.flow.outgoing_paper import FaultFinder, SignatureFlow
from commendations.models import Proposal
from emulation.workflow.permissions import chair
from emulation.workflow.workflow import Step, register_flow

PROPOSAL_SIGNATURE_FLOW = SignatureFlow(
    model=Proposal,
    title="Tờ trình",
    name="tờ trình cấp trên",
    page="commendations:proposal",
    icon="send",
    acts={
        "edit": "commendations.edit_proposal",
        "sign": "commendations.proposal_to_signature",
        "return": "commendations.proposal_back",
        "issue": "commendations.issue_proposal",
        "drop": "commendations.drop_proposal",
    },
    issue_label="Lấy số, gửi cấp trên",
    issue_todo="Lấy số, gửi tờ trình khen thưởng lên cấp trên",
)

# Taken when the chair agrees to cancel the issued tờ trình (documents.DocumentCancellation), never by a button of its own.
CANCEL_PROPOSAL = Step(
    "commendations.cancel_proposal",
    "Hủy tờ trình đã gửi",
    chair,
    sources=("issued",),
    target="draft",
    icon="x-circle",
    hidden=True,
)


def register_proposal_flow(find_faults: FaultFinder, is_unchanged: Callable[[Proposal], bool]) -> None:
    register_flow(PROPOSAL_SIGNATURE_FLOW.table(find_faults, is_unchanged, own_steps=(CANCEL_PROPOSAL,)))
