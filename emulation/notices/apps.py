"""App of notifications and mail: registers its act, jobs and menu entry."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "emulation.notices"
    label = "notices"

    def ready(self) -> None:
        from emulation.notices import flow, tasks  # noqa: F401  (tasks register themselves)
        from emulation.workflow import menu, permissions

        flow.register_restore_flow()
        menu.add_menu_entries(
            menu.MenuEntry("Thông báo", "notices:list", "bell", permissions.signed_in, "Của tôi", 20, "Thông báo")
        )
