"""What can be done with an account."""

from emulation.acts import menu, who
from emulation.acts.flow import Flow, Step, register


def declare() -> None:
    """Registers the flow and the menu of this room."""
    register(
        Flow(
            model="communes.Commune",
            title="Tài khoản của xã",
            states={},
            steps=(Step("accounts.reset", "Cấp lại mật khẩu", who.office | who.administrator, url="", hidden=True),),
        )
    )
    menu.add(menu.Entry("Liên hệ của tôi", "accounts:contact", "telephone", who.signed_in, "Của tôi", 40))
    menu.add(menu.Entry("Tài khoản", "accounts:list", "people", who.office | who.administrator, "Hệ thống", 20))
