from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "emulation.notices"
    label = "notices"

    def ready(self) -> None:
        from emulation.acts import menu, who
        from emulation.notices import tasks  # noqa: F401  (tasks register themselves)

        menu.add(menu.Entry("Thông báo", "notices:list", "bell", who.signed_in, "Của tôi", 20, "Thông báo"))
