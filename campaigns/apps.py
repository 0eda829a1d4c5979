"""App of the movement; campaigns/setup.py has its registrations."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns import setup, tasks  # noqa: F401  (tasks register themselves)

        setup.register_all()
