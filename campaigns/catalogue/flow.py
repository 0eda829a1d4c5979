"""Workflow of the return reasons: one act of the office, without states."""

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step

REASONS = Flow(
    model="communes.Commune",
    title="Lý do trả lại mẫu",
    states={},
    steps=(Step("campaigns.set_reasons", "Sửa lý do trả lại mẫu", permissions.office, icon="list-check", hidden=True),),
)
