"""Workflow of council liaisons."""

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step

COUNCIL_LIAISONS = Flow(
    model="communes.Commune",
    title="Phân công phụ trách đơn vị",
    states={},
    steps=(
        Step("villages.assign_charges", "Phân công phụ trách", permissions.office, icon="person-check", hidden=True),
    ),
)
