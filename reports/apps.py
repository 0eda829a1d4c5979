from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from emulation.documents import samples
        from reports import tasks  # noqa: F401  (the import registers the job handlers)
        from reports.flow import calendar_link, menu
        from reports.papers import period_report
        from reports.queries import agenda

        menu.register_reports_flows()
        calendar_link.register_calendar_link_flow()
        agenda.register_report_deadlines()
        samples.register_paper_sample("bao_cao", period_report.period_report_sample)
