"""What may be done with the calendar of the house: acts without states; its place in the menu; what is in it."""

from emulation.acts import menu, who
from emulation.acts.flow import Flow, Step, register
from reports.queries import agenda

CALENDAR = Flow(
    model="communes.Commune",
    title="Lịch công tác",
    states={},
    steps=(
        Step(
            "reports.make_calendar_link", "Tạo đường dẫn lịch trên điện thoại", who.signed_in, icon="phone", hidden=True
        ),
        Step("reports.revoke_calendar_link", "Thu hồi đường dẫn lịch", who.signed_in, icon="x-circle", hidden=True),
    ),
)


def declare() -> None:
    register(CALENDAR)
    menu.add(menu.Entry("Lịch công tác", "reports:calendar", "calendar-week", who.signed_in, "Của tôi", 15))
    agenda.declare()
