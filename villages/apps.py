"""App of units, people and evidence; registers its workflows."""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"

    def ready(self) -> None:
        from villages import flow
        from villages.queries import posts, search  # noqa: F401  (posts registers itself)

        flow.register_villages_flows()
        search.register_villages_search()
