from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from reports import flow, tasks  # noqa: F401  (tasks register themselves)

        flow.declare()
