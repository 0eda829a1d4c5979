"""App of units, people and evidence; registers its workflows."""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"

    def ready(self) -> None:
        from emulation.core.word_indexes import word_index
        from villages import flow
        from villages.queries import posts, search  # noqa: F401  (posts registers itself)

        flow.register_villages_flows()
        search.register_villages_search()
        word_index("villages.Person", "name_fold")
        word_index("villages.Household", "name_fold")
