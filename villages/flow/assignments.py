"""Workflow of council liaisons and of absences of unit heads."""

from typing import Any

from django.utils import timezone

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step


def absence_not_over(absence: Any) -> str | None:
    """Why an absence cannot be ended, or None: it is already over."""
    return "Đợt vắng này đã hết." if absence.ends_on < timezone.localdate() else None


ABSENCE = Flow(
    model="villages.Absence",
    title="Người đứng đầu vắng",
    states={},
    steps=(
        Step(
            "villages.end_absence",
            "Đã về",
            permissions.office | permissions.head_of("unit_id", "người đứng đầu đơn vị đó"),
            guard=absence_not_over,
            url="villages:end_absence",
            icon="check-lg",
        ),
    ),
)
COUNCIL_LIAISONS = Flow(
    model="communes.Commune",
    title="Phân công phụ trách đơn vị",
    states={},
    steps=(
        Step("villages.assign_charges", "Phân công phụ trách", permissions.office, icon="person-check", hidden=True),
    ),
)
