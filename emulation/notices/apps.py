"""App of notifications and mail: registers its act and its jobs."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "emulation.notices"
    label = "notices"

    def ready(self) -> None:
        from emulation.notices import flow, tasks  # noqa: F401  (tasks register themselves)

        flow.register_restore_flow()
