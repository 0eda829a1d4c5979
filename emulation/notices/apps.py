from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "emulation.notices"
    label = "notices"

    def ready(self) -> None:
        from emulation.notices import tasks  # noqa: F401  (tasks register themselves)
        from emulation.workflow import menu, permissions

        menu.add_menu_entries(
            menu.MenuEntry("Thông báo", "notices:list", "bell", permissions.signed_in, "Của tôi", 20, "Thông báo")
        )
