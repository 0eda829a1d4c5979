"""Workflow of changes of units: planned, carried out on their day or taken back before it; acts that record one."""

from typing import Any

from django.utils import timezone

from emulation.core.formatting import format_date
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step
from villages.models import Unit, UnitChange
from villages.rules.existing_units import entering_fault
from villages.rules.unit_changes import day_fault


def day_has_come(change: Any) -> str | None:
    """Why a change cannot be carried out yet, or None: its day has come."""
    if change.effective_on > timezone.localdate():
        return f"Việc này có hiệu lực từ ngày {format_date(change.effective_on)}; đến ngày đó tự thực hiện."
    return None


def may_be_undone(change: Any) -> str | None:
    """Why a change carried out can no longer be undone whatever happened since, or None."""
    if change.replaced is None:
        return "Thay đổi này thực hiện từ bản phần mềm trước nên không hủy được; ghi một thay đổi mới theo văn bản."
    return day_fault(change.effective_on, timezone.localdate()) or None


def commune_begins(commune: Any) -> str | None:
    """Why the units that the commune has can no longer be entered as they are, or None: it was opened lately."""
    return entering_fault(timezone.localtime(commune.created_at).date(), timezone.localdate()) or None


def unit_in_force(unit: Any) -> str | None:
    """Why a unit can no longer be changed, or None: it exists today."""
    closed = unit.dissolved_on
    return f"Đơn vị đã kết thúc từ ngày {format_date(closed)}." if closed and closed <= timezone.localdate() else None


def unit_in_force_not_office(unit: Any) -> str | None:
    """As `unit_in_force`; the office itself is only renamed."""
    return "Văn phòng xã chỉ đổi tên được." if unit.kind == Unit.OFFICE else unit_in_force(unit)


UNIT_CHANGE = Flow(
    model=UnitChange.subject_key,
    title="Thay đổi đơn vị",
    states={
        UnitChange.PLANNED: State("Chờ đến ngày", "hourglass-split", "wait"),
        UnitChange.DONE: State("Đã thực hiện", "check-circle", "good"),
        UnitChange.TAKEN_BACK: State("Đã rút", "slash-circle", "neutral"),
        UnitChange.UNDONE: State("Đã hủy, trở lại như cũ", "arrow-counterclockwise", "neutral"),
    },
    page="villages:unit_change",
    icon="signpost-split",
    steps=(
        Step(
            "villages.carry_out_change",
            "Thực hiện ngay",
            permissions.office,
            sources=(UnitChange.PLANNED,),
            target=UnitChange.DONE,
            guard=day_has_come,
            refused="Việc này đã thực hiện hoặc đã rút.",
            url="villages:carry_out_change",
            icon="check-lg",
            confirm="Thay đổi được thực hiện cho mọi người, hộ, việc còn dở cùng một lúc.",
        ),
        Step(
            "villages.correct_change",
            "Sửa chỗ ghi sai",
            permissions.office,
            sources=(UnitChange.PLANNED, UnitChange.DONE),
            refused="Việc này đã rút.",
            url="villages:correct_change",
            form=True,
            icon="pencil",
        ),
        Step(
            "villages.take_back_change",
            "Rút lại",
            permissions.office,
            sources=(UnitChange.PLANNED,),
            target=UnitChange.TAKEN_BACK,
            refused="Đã thực hiện thì không rút được nữa; thực hiện nhầm thì bấm “Hủy, trở lại như cũ”.",
            url="villages:take_back_change",
            form=True,
            icon="slash-circle",
            tone="danger",
        ),
        Step(
            "villages.undo_change",
            "Hủy, trở lại như cũ",
            permissions.office,
            sources=(UnitChange.DONE,),
            target=UnitChange.UNDONE,
            guard=may_be_undone,
            refused="Chỉ hủy được thay đổi đã thực hiện.",
            url="villages:undo_change",
            form=True,
            rare=True,
            icon="arrow-counterclockwise",
            tone="danger",
        ),
    ),
)
UNIT_ACTS = Flow(
    model=Unit.subject_key,
    title="Thay đổi của đơn vị",
    states={},
    page="villages:unit",
    steps=(
        Step(
            "villages.rename_unit",
            "Đổi tên",
            permissions.office,
            guard=unit_in_force,
            url="villages:rename_unit",
            form=True,
            rare=True,
            icon="pencil-square",
        ),
        Step(
            "villages.split_unit",
            "Chia tách",
            permissions.office,
            guard=unit_in_force_not_office,
            url="villages:split_unit",
            form=True,
            rare=True,
            icon="signpost-split",
        ),
        Step(
            "villages.close_unit",
            "Giải thể",
            permissions.office,
            guard=unit_in_force_not_office,
            url="villages:close_unit",
            form=True,
            rare=True,
            icon="x-circle",
            tone="danger",
        ),
        Step(
            "villages.set_unit_head",
            "Cử người đứng đầu",
            permissions.office,
            guard=unit_in_force_not_office,
            url="villages:set_unit_head",
            form=True,
            rare=True,
            icon="person-check",
        ),
    ),
)
COMMUNE_ACTS = Flow(
    model="communes.Commune",
    title="Đơn vị và tên gọi theo ngày",
    states={},
    steps=(
        Step(
            "villages.record_existing_units",
            "Ghi các đơn vị đang có",
            permissions.office,
            guard=commune_begins,
            icon="list-ul",
            form=True,
            hidden=True,
        ),
        Step("villages.open_unit", "Thành lập đơn vị", permissions.office, icon="plus-lg", form=True, hidden=True),
        Step("villages.merge_units", "Sáp nhập đơn vị", permissions.office, icon="signpost", form=True, hidden=True),
        Step(
            "villages.add_commune_collective",
            "Thêm doanh nghiệp, hợp tác xã của xã",
            permissions.office,
            icon="plus-lg",
            form=True,
            hidden=True,
        ),
        Step("villages.set_identity", "Ghi tên gọi mới", permissions.office, icon="pencil", form=True, hidden=True),
        Step(
            "villages.follow_commune_name",
            "Đổi theo tên mới của xã",
            permissions.office,
            icon="pencil",
            form=True,
            hidden=True,
        ),
        Step(
            "villages.take_back_identity",
            "Rút tên gọi chưa đến ngày",
            permissions.office,
            icon="slash-circle",
            form=True,
            hidden=True,
        ),
    ),
)
