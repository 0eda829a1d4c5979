"""Notifying the owner of an account of what happens to it; notifications and mail are in apps above."""

from collections.abc import Callable

from emulation.accounts.models import User
from emulation.core.registry import Registry

owner_notices: Registry[Callable[[User, str], None]] = Registry(
    "Notices to the owner of an account", "name: a function (user, text) that sends the text to the user"
)


def notify_account_owner(user: User, text: str) -> None:
    """Sends the text to the owner in every registered way, in the caller's transaction."""
    for send in owner_notices.values():
        send(user, text)
