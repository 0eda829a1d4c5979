"""Workflow of absences of unit heads and of holders of other roles."""

from typing import Any

from django.db.models import Q

from emulation.workflow import permissions
from emulation.workflow.permissions import NO_ROWS, Permission
from emulation.workflow.workflow import Flow, Step
from villages.rules.absences import AWAY, BACK, COMING, DEPUTY_ROLES

role_holder = permissions.holder_of(*DEPUTY_ROLES, label="cán bộ xã, thành viên Hội đồng")
absent_user = Permission(
    "người vắng",
    lambda capacity, obj: role_holder.allows(capacity, obj) and (obj is None or obj.head_id == capacity.user_id),
    lambda capacity: Q(head_id=capacity.user_id, commune_id=capacity.commune_id) if capacity.user_id else NO_ROWS,
)


may_change = permissions.office | permissions.head_of("unit_id", "người đứng đầu đơn vị đó") | absent_user


def absence_lasts(absence: Any) -> str | None:
    """Why an absence cannot be ended: it is over, or has not begun; None if it can."""
    if absence.status == COMING:
        return "Đợt vắng này chưa bắt đầu: bấm “Hủy báo vắng”."
    return "Đợt vắng này đã hết." if absence.status == BACK else None


def absence_to_come(absence: Any) -> str | None:
    """Why an absence cannot be cancelled: it has begun; None if it can."""
    if absence.status == AWAY:
        return "Đợt vắng này đã bắt đầu: về sớm thì bấm “Đã về”."
    return "Đợt vắng này đã hết." if absence.status == BACK else None


ABSENCE = Flow(
    model="villages.Absence",
    title="Vắng",
    states={},
    steps=(
        Step(
            "villages.end_absence",
            "Đã về",
            may_change,
            guard=absence_lasts,
            url="villages:end_absence",
            icon="check-lg",
            shows_refusal=False,
        ),
        Step(
            "villages.cancel_absence",
            "Hủy báo vắng",
            may_change,
            guard=absence_to_come,
            url="villages:cancel_absence",
            icon="x-lg",
            confirm="Hủy đợt vắng chưa bắt đầu này? Người làm thay được báo là không phải làm thay nữa.",
            shows_refusal=False,
        ),
    ),
)
ROLE_ABSENCES = Flow(
    model="communes.Commune",
    title="Vắng của người giữ vai trò ở xã",
    states={},
    steps=(Step("villages.record_role_absence", "Báo vắng, ủy quyền", role_holder, icon="calendar-x", hidden=True),),
)
