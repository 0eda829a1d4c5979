"""Workflow of the calendar link; registration of the calendar's menu entry."""

from emulation.workflow import menu, permissions
from emulation.workflow.workflow import Flow, Step, register_flow

CALENDAR_LINK = Flow(
    model="communes.Commune",
    title="Lịch công tác",
    states={},
    steps=(
        Step(
            "reports.make_calendar_link",
            "Tạo đường dẫn lịch trên điện thoại",
            permissions.signed_in,
            icon="phone",
            hidden=True,
        ),
        Step(
            "reports.revoke_calendar_link",
            "Thu hồi đường dẫn lịch",
            permissions.signed_in,
            icon="x-circle",
            hidden=True,
        ),
    ),
)


def register_calendar_link_flow() -> None:
    register_flow(CALENDAR_LINK)
    menu.add_menu_entries(
        menu.MenuEntry(
            "Lịch",
            "reports:calendar",
            "calendar-week",
            permissions.signed_in,
            "calendar",
            10,
            "Mọi hạn, phiên họp, mốc trong năm; đưa vào lịch điện thoại, in theo tháng.",
        )
    )
