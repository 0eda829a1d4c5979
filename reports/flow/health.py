"""Workflow of the system status page: retry of a failed job."""

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step

MAINTENANCE = Flow(
    model="communes.Commune",
    title="Vận hành",
    states={},
    steps=(
        Step(
            "reports.retry_job",
            "Làm lại việc nền bị lỗi",
            permissions.administrator,
            icon="arrow-clockwise",
            hidden=True,
        ),
    ),
)
