"""What can be done with the people and units of a commune."""

from typing import Any

from django.utils import timezone

from emulation.acts import who
from emulation.acts.flow import Flow, Step
from villages.models import Person


def may_have_people(unit: object) -> str | None:
    """A dissolved unit takes no new people."""
    return "Đơn vị đã giải thể, không thêm người được." if getattr(unit, "dissolved_on", None) else None


UNIT = Flow(
    model="villages.Unit",
    title="Đơn vị",
    states={},
    page="villages:unit",
    steps=(
        Step(
            "villages.add_person",
            "Thêm người",
            who.office | who.head_of("pk", "người đứng đầu đơn vị đó"),
            guard=may_have_people,
            url="villages:add_person",
            form=True,
            icon="person-plus",
        ),
        Step(
            "villages.add_household",
            "Thêm hộ gia đình",
            who.office | who.head_of("pk", "người đứng đầu đơn vị đó"),
            guard=may_have_people,
            url="villages:add_household",
            form=True,
            icon="house-add",
        ),
        Step(
            "villages.record_absence",
            "Báo vắng",
            who.office | who.head_of("pk", "người đứng đầu đơn vị đó"),
            url="villages:record_absence",
            form=True,
            icon="calendar-x",
        ),
    ),
)


def not_over(absence: Any) -> str | None:
    """Who is back is back."""
    return "Đợt vắng này đã hết." if absence.ends_on < timezone.localdate() else None


ABSENCE = Flow(
    model="villages.Absence",
    title="Người đứng đầu vắng",
    states={},
    steps=(
        Step(
            "villages.end_absence",
            "Đã về",
            who.office | who.head_of("unit_id", "người đứng đầu đơn vị đó"),
            guard=not_over,
            url="villages:end_absence",
            icon="check-lg",
        ),
    ),
)
CHARGES = Flow(
    model="communes.Commune",
    title="Phân công phụ trách đơn vị",
    states={},
    steps=(Step("villages.assign_charges", "Phân công phụ trách", who.office, icon="person-check", hidden=True),),
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
            who.office | who.head_of("unit_id"),
            url="villages:edit_person",
            form=True,
            icon="pencil",
        ),
        Step(
            "villages.read_private",
            "Xem thông tin hạn chế",
            who.office,
            url="villages:read_private",
            icon="lock",
            confirm="Dân tộc, số CCCD, kỷ luật là thông tin hạn chế. Lần xem này được ghi vào nhật ký.",
        ),
        Step("villages.edit_private", "Sửa thông tin hạn chế", who.office, icon="lock", hidden=True),
    ),
)
