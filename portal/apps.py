"""App of the public pages; registers its jobs."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import tasks  # noqa: F401  (the import registers the job handlers)
