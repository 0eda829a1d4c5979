from django.apps import AppConfig

from emulation.core.guards import append_only


class CommendationsConfig(AppConfig):
    name = "commendations"

    def ready(self) -> None:
        from commendations import flow
        from commendations.papers import samples
        from commendations.queries.decision import disagreements
        from emulation.documents.samples import sample

        flow.declare(disagreements)
        append_only("commendations.Award", "commendations.Handover")
        for kind in samples.KINDS:
            sample(kind, samples.frozen(kind))
        import commendations.tasks  # noqa: F401
