"""The act on accounts, and the menu entries of this app."""

from emulation.workflow import menu, permissions
from emulation.workflow.workflow import Flow, Step, register_flow


def register_account_flow() -> None:
    """Registers the flow and the menu entries; called in AppConfig.ready()."""
    register_flow(
        Flow(
            model="communes.Commune",
            title="Tài khoản của xã",
            states={},
            steps=(
                Step(
                    "accounts.reset",
                    "Cấp lại mật khẩu",
                    permissions.office | permissions.administrator,
                    url="",
                    hidden=True,
                ),
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
    menu.add_menu_entries(
        menu.MenuEntry(
            "Tài khoản",
            "accounts:list",
            "person-lock",
            permissions.office | permissions.administrator,
            "people",
            30,
            "Tài khoản, vai trò; cấp lại mật khẩu.",
        )
    )
