"""App of notifications and mail: registers its act and its jobs."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "emulation.notices"
    label = "notices"

    def ready(self) -> None:
        from emulation.accounts.owner_notices import owner_notices
        from emulation.notices import actions, flow, tasks  # noqa: F401  (tasks register themselves)

        flow.register_restore_flow()
        owner_notices.add("notification_and_mail", actions.send_own_account_notice)
