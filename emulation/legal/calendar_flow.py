"""What may be done with the working days of a commune: one act, without states."""

from emulation.acts import menu, who
from emulation.acts.flow import Flow, Step, register

CALENDAR = Flow(
    model="communes.Commune",
    title="Lịch làm việc",
    states={},
    steps=(Step("legal.put_day", "Ghi một ngày vào lịch làm việc", who.office, icon="calendar-plus", hidden=True),),
)


def declare() -> None:
    register(CALENDAR)
    menu.add(menu.Entry("Lịch làm việc", "legal:calendar", "calendar3", who.signed_in, "Văn bản", 82))
