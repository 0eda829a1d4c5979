"""Workflow of absences of unit heads and of holders of other roles."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from emulation.workflow import permissions
from emulation.workflow.permissions import NO_ROWS, Permission
from emulation.workflow.workflow import Flow, Step
from villages.rules.absences import DEPUTY_ROLES

role_holder = permissions.holder_of(*DEPUTY_ROLES, label="cán bộ xã, thành viên Hội đồng")
absent_user = Permission(
    "người vắng",
    lambda capacity, obj: role_holder.allows(capacity, obj) and (obj is None or obj.head_id == capacity.user_id),
    lambda capacity: Q(head_id=capacity.user_id, commune_id=capacity.commune_id) if capacity.user_id else NO_ROWS,
)


def absence_not_over(absence: Any) -> str | None:
    """Why an absence cannot be ended, or None: it is already over."""
    return "Đợt vắng này đã hết." if absence.ends_on < timezone.localdate() else None


ABSENCE = Flow(
    model="villages.Absence",
    title="Vắng",
    states={},
    steps=(
        Step(
            "villages.end_absence",
            "Đã về",
            permissions.office | permissions.head_of("unit_id", "người đứng đầu đơn vị đó") | absent_user,
            guard=absence_not_over,
            url="villages:end_absence",
            icon="check-lg",
        ),
    ),
)
ROLE_ABSENCES = Flow(
    model="communes.Commune",
    title="Vắng của người giữ vai trò ở xã",
    states={},
    steps=(Step("villages.record_role_absence", "Báo vắng, ủy quyền", role_holder, icon="calendar-x", hidden=True),),
)
