from django.apps import AppConfig

from emulation.core.guards import append_only


class CommendationsConfig(AppConfig):
    name = "commendations"

    def ready(self) -> None:
        from commendations import flow
        from commendations.queries.decision import disagreements

        flow.declare(disagreements)
        append_only("commendations.Award", "commendations.Handover")
        import commendations.tasks  # noqa: F401
