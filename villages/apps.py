"""App of units, people and evidence; registers its workflows."""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"

    def ready(self) -> None:
        from emulation.core.word_indexes import word_index
        from villages import flow, tasks  # noqa: F401  (tasks register themselves)
        from villages.models import Evaluation
        from villages.queries import account_roles, agenda, posts, search, unit_work  # noqa: F401  (register themselves)
        from villages.queries.look_alikes import PeopleCount, people_counts

        flow.register_villages_flows()
        search.register_villages_search()
        unit_work.register_own_unit_work()
        agenda.register_evaluation_deadlines()
        people_counts.add("evaluations", PeopleCount("Số năm đã đánh giá", Evaluation))
        word_index("villages.Person", "name_fold")
        word_index("villages.Household", "name_fold")
