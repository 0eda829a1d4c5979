from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from emulation.documents import samples
        from reports import calendar_flow, flow, papers, tasks  # noqa: F401  (tasks register themselves)

        flow.declare()
        calendar_flow.declare()
        samples.sample("bao_cao", papers.sample_report)
