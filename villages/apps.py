"""App of units, people and evidence; registers its workflows."""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"

    def ready(self) -> None:
        from villages import flow

        flow.register_villages_flows()
