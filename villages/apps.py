"""App of units, people and evidence; registers its workflows."""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"

    def ready(self) -> None:
        from villages import flow
        from villages.queries import posts  # noqa: F401  (registers itself)

        flow.register_villages_flows()
