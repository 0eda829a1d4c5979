"""Workflow of units, people and households: the office adds and edits them; reading restricted facts; records of one person."""

from typing import Any

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Guard, State, Step
from villages.flow.unit_guards import unit_has_households, unit_not_dissolved
from villages.models import Household, HouseholdChange, Person, PersonChange, PersonMatch


def still_in_unit(person: Any) -> str | None:
    """Why a person cannot leave or move, or None: they are in their unit, and this is the record that is kept."""
    if not person.is_active:
        return "Người này không còn ở đơn vị."
    return "Hồ sơ này là của một người với hồ sơ khác: ghi ở hồ sơ giữ lại." if person.is_merged else None


def household_not_closed(household: Any) -> str | None:
    """Why a household cannot change any more, or None: it is not closed."""
    return None if household.is_active else "Hộ này đã kết thúc."


def has_members(household: Any) -> str | None:
    """Why nobody can head or leave a household, or None: it has members and is not closed."""
    if not household.is_active or household.members.exists():
        return household_not_closed(household)
    return "Hộ chưa có thành viên nào trong danh sách người: ghi “Thêm thành viên” trước."


def _household_step(name: str, label: str, icon: str, guard: Guard) -> Step:
    """A dated change of a household."""
    return Step(
        f"villages.{name}",
        label,
        permissions.office | permissions.head_of("unit_id"),
        guard=guard,
        url=f"villages:{name}",
        form=True,
        rare=True,
        icon=icon,
    )


def _take_back(name: str) -> Step:
    """Takes a dated change back that was recorded by mistake."""
    return Step(
        f"villages.{name}",
        "Ghi nhầm, rút lại",
        permissions.office,
        sources=(PersonChange.IN_FORCE,),
        target=PersonChange.TAKEN_BACK,
        refused="Thay đổi này đã rút.",
        url=f"villages:{name}",
        form=True,
        icon="arrow-counterclockwise",
        tone="danger",
    )


CHANGE_STATES = {
    PersonChange.IN_FORCE: State("Đang dùng", "check-circle", "good"),
    PersonChange.TAKEN_BACK: State("Đã rút", "slash-circle", "neutral"),
}
UNIT = Flow(
    model="villages.Unit",
    title="Đơn vị",
    states={},
    page="villages:unit",
    steps=(
        Step(
            "villages.add_person",
            "Thêm người",
            permissions.office | permissions.head_of("pk", "người đứng đầu đơn vị đó"),
            guard=unit_not_dissolved,
            url="villages:add_person",
            form=True,
            icon="person-plus",
            tone="primary",
        ),
        Step(
            "villages.add_household",
            "Thêm hộ gia đình",
            permissions.office | permissions.head_of("pk", "người đứng đầu đơn vị đó"),
            guard=unit_has_households,
            shows_refusal=False,
            url="villages:add_household",
            form=True,
            icon="house-add",
        ),
        Step(
            "villages.add_collective",
            "Thêm tổ, chi hội, lớp",
            permissions.office | permissions.head_of("pk", "người đứng đầu đơn vị đó"),
            guard=unit_not_dissolved,
            url="villages:add_collective",
            form=True,
            rare=True,
            icon="people",
        ),
        Step(
            "villages.set_groups",
            "Ghi nhóm đối tượng",
            permissions.office | permissions.head_of("pk", "người đứng đầu đơn vị đó"),
            url="villages:set_groups",
            form=True,
            rare=True,
            icon="people",
        ),
        Step(
            "villages.record_absence",
            "Báo vắng",
            permissions.office | permissions.head_of("pk", "người đứng đầu đơn vị đó"),
            guard=unit_not_dissolved,
            url="villages:record_absence",
            form=True,
            rare=True,
            icon="calendar-x",
        ),
    ),
)
HOUSEHOLD = Flow(
    model=Household.subject_key,
    title="Hộ gia đình",
    states={},
    page="villages:household_evidence",
    steps=(
        Step(
            "villages.edit_household",
            "Sửa thông tin hộ",
            permissions.office | permissions.head_of("unit_id"),
            url="villages:edit_household",
            form=True,
            icon="pencil",
        ),
        _household_step("join_household", "Thêm thành viên", "person-plus", household_not_closed),
        _household_step("change_head", "Đổi chủ hộ", "person-check", has_members),
        _household_step("leave_household", "Thành viên ra khỏi hộ", "person-dash", has_members),
        _household_step("close_household", "Kết thúc hộ", "house-x", household_not_closed),
    ),
)
PERSON = Flow(
    model=Person.subject_key,
    title="Người",
    states={},
    page="villages:person",
    steps=(
        Step(
            "villages.edit_person",
            "Sửa thông tin",
            permissions.office | permissions.head_of("unit_id"),
            url="villages:edit_person",
            form=True,
            icon="pencil",
            tone="primary",
        ),
        Step(
            "villages.change_post",
            "Đổi chức vụ, nhóm từ ngày",
            permissions.office | permissions.head_of("unit_id"),
            url="villages:change_post",
            form=True,
            icon="briefcase",
        ),
        Step(
            "villages.move_person",
            "Chuyển đơn vị từ ngày",
            permissions.office,
            guard=still_in_unit,
            url="villages:move_person",
            form=True,
            rare=True,
            icon="box-arrow-right",
        ),
        Step(
            "villages.record_leaving",
            "Ghi nghỉ hưu, rời đơn vị, đã mất",
            permissions.office | permissions.head_of("unit_id"),
            guard=still_in_unit,
            url="villages:record_leaving",
            form=True,
            rare=True,
            icon="person-dash",
        ),
        Step(
            "villages.read_private",
            "Xem thông tin hạn chế",
            permissions.office,
            url="villages:read_private",
            icon="lock",
            confirm="Dân tộc, số CCCD, kỷ luật là thông tin hạn chế. Lần xem này được ghi vào nhật ký.",
        ),
        Step("villages.edit_private", "Sửa thông tin hạn chế", permissions.office, icon="lock", hidden=True),
        Step(
            "villages.merge_people",
            "Ghi là một người với hồ sơ khác",
            permissions.office,
            url="villages:merge_people",
            form=True,
            rare=True,
            icon="people",
        ),
        Step("villages.keep_people_apart", "Hai người khác nhau", permissions.office, icon="people", hidden=True),
    ),
)
PERSON_MATCH = Flow(
    model=PersonMatch.subject_key,
    title="Kết luận về hai hồ sơ giống nhau",
    states={
        PersonMatch.IN_FORCE: State("Đang dùng", "check-circle", "good"),
        PersonMatch.ENDED: State("Đã rút", "slash-circle", "neutral"),
    },
    page="villages:person_match",
    icon="people",
    steps=(
        Step(
            "villages.end_match",
            "Rút kết luận",
            permissions.office,
            sources=(PersonMatch.IN_FORCE,),
            target=PersonMatch.ENDED,
            refused="Kết luận này đã rút.",
            url="villages:end_match",
            form=True,
            icon="slash-circle",
            tone="danger",
        ),
    ),
)
PERSON_CHANGE = Flow(
    model=PersonChange.subject_key,
    title="Thay đổi của một người theo ngày",
    states=CHANGE_STATES,
    icon="calendar-check",
    steps=(_take_back("take_back_person_change"),),
)
HOUSEHOLD_CHANGE = Flow(
    model=HouseholdChange.subject_key,
    title="Thay đổi của một hộ theo ngày",
    states=CHANGE_STATES,
    icon="calendar-check",
    steps=(_take_back("take_back_household_change"),),
)
