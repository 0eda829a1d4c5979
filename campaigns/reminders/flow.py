"""What may be done about reminders in a commune."""

from emulation.acts import who
from emulation.acts.flow import Flow, Step

REMINDERS = Flow(
    model="communes.Commune",
    title="Nhắc việc, đôn đốc",
    states={},
    steps=(
        Step("campaigns.urge", "Nhắc các đơn vị", who.office, icon="bell", hidden=True),
        Step("campaigns.set_reminders", "Đặt cách nhắc việc", who.office, icon="bell", hidden=True),
        Step("campaigns.start_urging", "Soạn công văn đôn đốc", who.office, icon="megaphone", hidden=True),
    ),
)
