"""App of notifications and mail: registers its act, its jobs and the number of unread notifications on every page."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "emulation.notices"
    label = "notices"

    def ready(self) -> None:
        from emulation.notices import flow, queries, tasks  # noqa: F401  (queries, tasks register themselves)

        flow.register_restore_flow()
