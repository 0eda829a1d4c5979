"""The act on the office's telephone number."""

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step, register_flow


def register_account_flow() -> None:
    """Registers the flow; called in AppConfig.ready(). The acts on accounts are in villages/flow/accounts.py."""
    register_flow(
        Flow(
            model="communes.Commune",
            title="Điện thoại Văn phòng",
            states={},
            steps=(
                Step(
                    "accounts.set_office_phone",
                    "Ghi số điện thoại Văn phòng",
                    permissions.office | permissions.administrator,
                    url="accounts:office_phone",
                    hidden=True,
                ),
            ),
        )
    )
