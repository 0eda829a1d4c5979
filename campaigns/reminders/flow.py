"""Acts of the office on reminders: send them manually, change the plan, start a reminder letter."""

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step

REMINDERS = Flow(
    model="communes.Commune",
    title="Nhắc việc, đôn đốc",
    states={},
    steps=(
        Step("campaigns.urge", "Nhắc các đơn vị", permissions.office, icon="bell", hidden=True),
        Step("campaigns.set_reminders", "Đặt cách nhắc việc", permissions.office, icon="bell", hidden=True),
        Step("campaigns.start_urging", "Soạn công văn đôn đốc", permissions.office, icon="megaphone", hidden=True),
    ),
)
