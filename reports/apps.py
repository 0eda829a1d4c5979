"""App of reports: registers workflows, menu, deadlines and jobs."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from emulation.accounts.slips import ended_by_reset
        from reports import tasks  # noqa: F401  (the import registers the job handlers)
        from reports.actions import period_report
        from reports.actions.calendar_link import end_calendar_links
        from reports.flow import calendar_link, menu
        from reports.queries import agenda, search

        menu.register_reports_flows()
        calendar_link.register_calendar_link_flow()
        agenda.register_report_deadlines()
        search.register_help_search()
        period_report.period_report_approval.register()
        ended_by_reset.add("calendar_link", end_calendar_links)
