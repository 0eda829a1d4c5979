from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns import flow, tasks  # noqa: F401  (tasks register themselves)

        flow.declare()
