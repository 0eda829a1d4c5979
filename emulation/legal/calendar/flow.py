"""Workflow of the working calendar: one act, without states."""

from emulation.workflow import menu, permissions
from emulation.workflow.workflow import Flow, Step, register_flow

WORK_CALENDAR = Flow(
    model="communes.Commune",
    title="Lịch làm việc",
    states={},
    steps=(
        Step("legal.put_day", "Ghi một ngày vào lịch làm việc", permissions.office, icon="calendar-plus", hidden=True),
    ),
)


def register_work_calendar_flow() -> None:
    register_flow(WORK_CALENDAR)
    menu.add_menu_entries(
        menu.MenuEntry(
            "Ngày nghỉ, ngày làm bù",
            "legal:calendar",
            "calendar3",
            permissions.signed_in,
            "calendar",
            20,
            "Ngày làm việc để tính hạn.",
        )
    )
